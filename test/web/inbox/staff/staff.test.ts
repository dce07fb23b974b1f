import { describe, expect, it } from 'vitest';

import { type NameStorage, Staff } from '../../../../web/inbox/staff/staff.ts';

function storage(first: Record<string, string> = {}): NameStorage {
  const kept = new Map(Object.entries(first));
  const area = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return () => area;
}

const GIA = { user: 'gia', name: 'Gia' };

describe('the colleagues one met', () => {
  it('are known by their latest name, and told once', () => {
    const staff = new Staff(storage(), 'x');
    let told = 0;
    staff.subscribe(() => (told += 1));
    staff.meet([GIA]);
    staff.meet([GIA, { user: 'ana', name: '' }]);
    expect(told).toBe(1);
    staff.meet([{ user: 'gia', name: 'Giorgi' }]);
    expect([...staff.getState()]).toEqual([['gia', 'Giorgi']]);
  });

  it('are known again on the next page, under the same name only', () => {
    const kept = storage();
    new Staff(kept, 'a').meet([GIA]);
    expect(new Staff(kept, 'a').getState().get('gia')).toBe('Gia');
    expect(new Staff(kept, 'b').getState().size).toBe(0);
  });

  it.each(['no json', '{"a":1}', '[1,["gia"],["gia",2]]'])(
    'are nobody where the storage holds %s',
    (text) => {
      expect(new Staff(storage({ x: text }), 'x').getState().size).toBe(0);
    },
  );

  it('are known on this page where nothing can be stored', () => {
    const staff = new Staff(() => {
      throw new Error('denied');
    }, 'x');
    staff.meet([GIA]);
    expect(staff.getState().get('gia')).toBe('Gia');
  });

  it('are forgotten beyond a number', () => {
    const staff = new Staff(storage(), 'x');
    staff.meet(Array.from({ length: 250 }, (_, index) => ({ user: `u${index}`, name: 'x' })));
    expect(staff.getState().size).toBe(200);
    expect(staff.getState().has('u249')).toBe(true);
  });
});
