/** From one picture to the next. */
import { describe, expect, it } from 'vitest';

import { stepWithin, swipeOf } from '../../../../../web/ui/message/viewer/steps.ts';

describe('a step between pictures', () => {
  it('ends at both ends', () => {
    expect([stepWithin(0, -1, 3), stepWithin(0, 1, 3), stepWithin(2, 1, 3)]).toEqual([0, 1, 2]);
  });

  it.each([
    [{ x: 200, y: 100 }, { x: 100, y: 110 }, 1],
    [{ x: 100, y: 100 }, { x: 200, y: 110 }, -1],
    [{ x: 100, y: 100 }, { x: 120, y: 100 }, 0],
    [{ x: 100, y: 100 }, { x: 200, y: 300 }, 0],
    [null, { x: 200, y: 300 }, 0],
    [{ x: 100, y: 100 }, null, 0],
  ] as const)('by a finger from %j to %j is %d', (from, to, step) => {
    expect(swipeOf(from, to)).toBe(step);
  });
});
