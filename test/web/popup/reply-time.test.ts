/** How long a shop takes to answer, in one unit that nobody has to reckon with. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatReplyTime } from '../../../web/popup/reply-time.ts';

describe('a reply time', () => {
  it.each([
    [0, 'en', '5 minutes'],
    [61, 'en', '5 minutes'],
    [301, 'en', '10 minutes'],
    [3_300, 'en', '55 minutes'],
    [3_301, 'en', '1 hour'],
    [3_601, 'en', '2 hours'],
    [82_800, 'en', '23 hours'],
    [82_801, 'en', '1 day'],
    [90_000, 'de', '2 Tage'],
    [300, 'ka', '5 წუთი'],
    [600, 'ar', '10 دقائق'],
  ])('of %i s is in %s: %s', (seconds, locale, text) => {
    expect(formatReplyTime(seconds, locale)).toBe(text);
  });

  it('never promises more than was measured', () => {
    const sizes = { minute: 60, hour: 3_600, day: 86_400 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
        const [, count = '', unit = ''] =
          /^([\d,]+) (minute|hour|day)/u.exec(formatReplyTime(seconds, 'en')) ?? [];
        const size = Object.entries(sizes).find(([name]) => name === unit)?.[1] ?? 0;
        expect(Number(count.replaceAll(',', '')) * size).toBeGreaterThanOrEqual(seconds);
      }),
    );
  });
});
