/** Which rows of a long log are in the page: those in sight and some around them. Pure; heights in pixels. */

import { FIRST_ROWS, type Span } from './log-sight.ts';

/** What is known of a row that may not be in the page. */
export type HeightOf = (index: number) => number;

/** How much is put into the page above and below what is in sight. */
const AROUND_PX = 1_000;
/** As little as this may be left of it before the rows are chosen anew, and as much as this may stay. */
const LEAST_PX = 400;
const MOST_PX = 1_800;
/** The rows around one of them. */
export function spanAround(index: number, count: number): Span {
  const start = Math.max(0, index - FIRST_ROWS / 2);
  return { start, end: Math.min(count, start + FIRST_ROWS) };
}

/** How high the rows of a span are together. */
export function heightOf({ start, end }: Span, height: HeightOf): number {
  let sum = 0;
  for (let index = start; index < end; index++) sum += height(index);
  return sum;
}

interface Sight {
  /** The first and last pixel in sight, from the top of the first row. */
  readonly top: number;
  readonly bottom: number;
  readonly count: number;
  readonly height: HeightOf;
}

/** The rows that must be in the page for what is in sight; the same object while the present ones will do. */
export function spanFor(present: Span, sight: Sight): Span {
  const least = rowsWithin(sight, LEAST_PX);
  const most = rowsWithin(sight, MOST_PX);
  const isEnough = present.start <= least.start && present.end >= least.end;
  const isTooMuch = present.start < most.start || present.end > most.end;
  return isEnough && !isTooMuch ? present : rowsWithin(sight, AROUND_PX);
}

function rowsWithin({ top, bottom, count, height }: Sight, around: number): Span {
  let [start, end, at] = [0, 0, 0];
  for (let index = 0; index < count; index++) {
    if (at > bottom + around) break;
    at += height(index);
    if (at < top - around) start = index + 1;
    end = index + 1;
  }
  return { start: Math.min(start, Math.max(0, end - 1)), end };
}
