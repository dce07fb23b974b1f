/** Saving beside colleagues: only what I changed is mine. */
import { describe, expect, it } from 'vitest';

import {
  changedNames,
  isSame,
  planSave,
} from '../../../../../web/inbox/settings/form/save-plan.ts';
import { someSettings } from '../../../../support/shop.ts';

const BASE = someSettings({ name: 'Ceramics', greeting: 'Hello', awayMessage: 'Closed' });

describe('a save', () => {
  it('changes what the form changed, and nothing else', () => {
    const mine = { name: 'Tbilisi Ceramics', picture: null, greeting: 'Hello' };
    expect(planSave({ base: BASE, fresh: BASE, mine })).toEqual({
      next: { ...BASE, name: 'Tbilisi Ceramics' },
      conflicts: [],
    });
  });

  it('keeps what a colleague changed meanwhile elsewhere', () => {
    const fresh = { ...BASE, greeting: 'Good day', awayMessage: 'Back soon' };
    const mine = { name: 'Mine', picture: null, greeting: 'Hello' };
    expect(planSave({ base: BASE, fresh, mine })).toEqual({
      next: { ...fresh, name: 'Mine' },
      conflicts: [],
    });
  });

  it('names what both changed, each to something else', () => {
    const fresh = { ...BASE, name: 'Theirs', greeting: null };
    const mine = { name: 'Mine', greeting: null };
    expect(planSave({ base: BASE, fresh, mine })).toEqual({
      next: { ...fresh, name: 'Mine' },
      conflicts: ['name'],
    });
  });

  it('is no conflict where both changed it to the same', () => {
    const fresh = { ...BASE, name: 'Same' };
    expect(planSave({ base: BASE, fresh, mine: { name: 'Same' } }).conflicts).toEqual([]);
  });
});

describe('a form', () => {
  it('changes nothing while it says what is stored', () => {
    expect(changedNames(BASE, { name: 'Ceramics', greeting: 'Hello' })).toEqual([]);
    expect(changedNames(BASE, { name: 'Ceramics', greeting: null })).toEqual(['greeting']);
  });
});

it.each([
  [{ from: '09:00', to: '10:00' }, { to: '10:00', from: '09:00' }, true],
  [[{ a: 1 }, { b: 2 }], [{ b: 2 }, { a: 1 }], false],
  [null, '', false],
  [{ hours: [] }, { hours: [] }, true],
])('%j and %j are the same: %s', (a, b, expected) => {
  expect(isSame(a, b)).toBe(expected);
});
