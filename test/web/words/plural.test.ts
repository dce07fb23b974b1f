/** Counted words: each language's own forms for each number. */
import { describe, expect, it } from 'vitest';

import { pluralOf } from '../../../web/words/plural.ts';

describe('a counted word', () => {
  it('has one form for one and another for the rest in English and German', () => {
    const forms = { one: '# day', other: '# days' };
    const english = pluralOf('en');
    expect([0, 1, 2, 1_000].map((count) => english(count, forms))).toEqual([
      '0 days',
      '1 day',
      '2 days',
      '1,000 days',
    ]);
    expect(pluralOf('de')(1_000, { one: '# Tag', other: '# Tage' })).toBe('1.000 Tage');
  });

  it('has six forms in Arabic', () => {
    const forms = {
      zero: 'لا أيام',
      one: 'يوم واحد',
      two: 'يومان',
      few: '# أيام',
      many: '# يومًا',
      other: '# يوم',
    };
    const arabic = pluralOf('ar');
    expect([0, 1, 2, 3, 11, 100].map((count) => arabic(count, forms))).toEqual([
      'لا أيام',
      'يوم واحد',
      'يومان',
      '3 أيام',
      '11 يومًا',
      '100 يوم',
    ]);
  });

  it('may have one form for all numbers', () => {
    expect(pluralOf('ka')(1, { other: '# წაუკითხავი' })).toBe('1 წაუკითხავი');
    expect(pluralOf('ar')(3, { other: '#' })).toBe('3');
  });
});
