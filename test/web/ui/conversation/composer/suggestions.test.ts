/** The way through a list of suggestions. */
import { describe, expect, it } from 'vitest';

import { stepFrom } from '../../../../../web/ui/conversation/composer/suggestions.ts';

describe('a step through suggestions', () => {
  it.each([
    [0, 1, 3, 1],
    [2, 1, 3, 0],
    [0, -1, 3, 2],
    [0, 1, 1, 0],
    [0, 1, 0, 0],
  ] as const)('from %d by %d of %d leads to %d', (active, step, count, next) => {
    expect(stepFrom(active, step, count)).toBe(next);
  });
});
