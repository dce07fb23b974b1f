import { describe, expect, it } from 'vitest';

import {
  extendTo,
  NOTHING_CHOSEN,
  toggle,
  toggleAll,
} from '../../../../web/inbox/bulk/selection.ts';

const ORDER = ['a', 'b', 'c', 'd', 'e'];
const chosen = ({ ids }: { ids: ReadonlySet<string> }) => [...ids].toSorted().join('');

describe('choosing conversations', () => {
  it('one by one, and back', () => {
    const one = toggle(NOTHING_CHOSEN, 'b');
    expect(chosen(one)).toBe('b');
    expect(chosen(toggle(one, 'b'))).toBe('');
  });

  it('a range with Shift, from the last one in either direction', () => {
    const at = toggle(NOTHING_CHOSEN, 'c');
    expect(chosen(extendTo(at, 'e', ORDER))).toBe('cde');
    expect(chosen(extendTo(at, 'a', ORDER))).toBe('abc');
    expect(chosen(extendTo(extendTo(at, 'e', ORDER), 'b', ORDER))).toBe('bcde');
  });

  it('a range without a beginning is that row alone', () => {
    expect(chosen(extendTo(NOTHING_CHOSEN, 'd', ORDER))).toBe('d');
    expect(chosen(extendTo(toggle(NOTHING_CHOSEN, 'gone'), 'd', ORDER))).toBe('dgone');
  });

  it('all, and none where all are', () => {
    const all = toggleAll(NOTHING_CHOSEN, ORDER);
    expect(chosen(all)).toBe('abcde');
    expect(chosen(toggleAll(all, ORDER))).toBe('');
    expect(chosen(toggleAll(toggle(NOTHING_CHOSEN, 'a'), ORDER))).toBe('abcde');
  });
});
