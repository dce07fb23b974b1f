/** Keeps what is in sight in its place while rows come and go above it. All rows are of one height. */
import type { Room } from '#protocol/room.ts';

/** The stylesheet knows the same height. */
export const ROW_PX = 76;

/** The rows in sight: the first, and how many. */
export interface Sight {
  readonly first: number;
  readonly count: number;
}

/**
 * By how many rows what was in sight moved: the median, since one of them may itself have gone to the top.
 * 0 where nothing of it is left.
 */
export function rowsMoved(before: readonly Room[], after: readonly Room[], sight: Sight): number {
  const { first, count } = sight;
  const seen = new Map(
    before.slice(first, first + count).map(({ roomId }, offset) => [roomId, first + offset]),
  );
  const shifts: number[] = [];
  for (const [index, { roomId }] of after.entries()) {
    const was = seen.get(roomId);
    if (was !== undefined) shifts.push(index - was);
    if (shifts.length === seen.size) break;
  }
  return shifts.toSorted((a, b) => a - b)[Math.floor(shifts.length / 2)] ?? 0;
}
