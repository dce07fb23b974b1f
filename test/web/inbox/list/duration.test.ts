import { describe, expect, it } from 'vitest';

import { formatDuration } from '../../../../web/inbox/list/duration.ts';

describe('how long somebody waits', () => {
  it.each([
    [0, '1 min'],
    [59 * 60_000, '59 mins'],
    [3_600_000, '1 hr'],
    [26 * 3_600_000, '1 day'],
    [3 * 86_400_000, '3 days'],
    [-5_000, '1 min'],
  ])('%i ms is %s', (ms, expected) => {
    expect(formatDuration(ms, 'en-GB')).toBe(expected);
  });
});
