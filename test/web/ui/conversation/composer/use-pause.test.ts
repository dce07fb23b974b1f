/** How long one still has to wait before writing. */
import { describe, expect, it } from 'vitest';

import { secondsUntil } from '../../../../../web/ui/conversation/composer/use-pause.ts';

const now = Date.parse('2026-11-22T10:00:00.000Z');

describe('the seconds of a pause', () => {
  it.each([
    ['2026-11-22T10:00:07.000Z', 7],
    ['2026-11-22T10:00:06.001Z', 7],
    ['2026-11-22T10:00:00.000Z', 0],
    ['2026-11-22T09:00:00.000Z', 0],
    ['2026-11-22T13:00:00.000Z', 60],
    ['nonsense', 0],
  ])('until %s are %d', (until, seconds) => {
    expect(secondsUntil(until, now)).toBe(seconds);
  });
});
