/** Arrows through a grid of emoji. */
import { describe, expect, it } from 'vitest';

import { COLUMNS, stepInGrid } from '../../../../web/ui/emoji/grid.ts';

const place = { active: 10, count: 40, isRtl: false };

describe('an arrow in the grid', () => {
  it('leads along the line and from line to line', () => {
    expect(stepInGrid('ArrowRight', place)).toBe(11);
    expect(stepInGrid('ArrowLeft', place)).toBe(9);
    expect(stepInGrid('ArrowDown', place)).toBe(10 + COLUMNS);
    expect(stepInGrid('ArrowUp', place)).toBe(10 - COLUMNS);
  });

  it('leads the other way where one reads from the right', () => {
    expect(stepInGrid('ArrowRight', { ...place, isRtl: true })).toBe(9);
  });

  it('stays at the edges, and is nothing where there is nothing or the key is another', () => {
    expect(stepInGrid('ArrowUp', { ...place, active: 3 })).toBe(3);
    expect(stepInGrid('ArrowDown', { ...place, active: 39 })).toBe(39);
    expect(stepInGrid('ArrowDown', { ...place, count: 0 })).toBeNull();
    expect(stepInGrid('Enter', place)).toBeNull();
  });
});
