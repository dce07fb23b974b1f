/** Which rows of a long log are in the page. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Span } from '../../../../../web/ui/conversation/log/log-sight.ts';
import {
  heightOf,
  spanAround,
  spanFor,
} from '../../../../../web/ui/conversation/log/log-window.ts';

const high = (px: number) => () => px;

describe('the rows in the page', () => {
  it('are around the one that is wanted', () => {
    expect(spanAround(100, 5_000)).toEqual({ start: 80, end: 120 });
    expect(spanAround(3, 5_000)).toEqual({ start: 0, end: 40 });
    expect(spanAround(9, 10)).toEqual({ start: 0, end: 10 });
  });

  it('stay as they are while enough of them are around what is in sight', () => {
    const present: Span = { start: 80, end: 125 };
    const sight = { top: 5_000, bottom: 5_600, count: 1_000, height: high(50) };
    expect(spanFor(present, sight)).toBe(present);
    expect(spanFor(present, { ...sight, top: 4_350, bottom: 4_950 })).not.toBe(present);
  });

  it('cover what is in sight and are few, whatever their heights and wherever one is', () => {
    const heights = fc.array(fc.integer({ min: 20, max: 400 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(heights, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
        const height = (index: number) => list[index] ?? 0;
        const total = heightOf({ start: 0, end: list.length }, height);
        const top = Math.max(0, total - 600) * part;
        const sight = { top, bottom: Math.min(total, top + 600), count: list.length, height };
        const span = spanFor({ start: 0, end: 0 }, sight);
        expect(heightOf({ start: 0, end: span.start }, height)).toBeLessThanOrEqual(top);
        expect(heightOf({ start: 0, end: span.end }, height)).toBeGreaterThanOrEqual(sight.bottom);
        expect(heightOf(span, height)).toBeLessThanOrEqual(600 + 2 * 1_000 + 2 * 400);
        // what was chosen is good enough a moment later
        expect(spanFor(span, sight)).toBe(span);
      }),
    );
  });
});
