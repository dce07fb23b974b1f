/** From one picture to the next: by buttons, arrows and fingers. */

/** A finger that moved less did not mean to. */
const LEAST_PX = 48;

/** The next place in a row that ends at both ends. */
export function stepWithin(index: number, step: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index + step));
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a finger's way leads: 1 to the next, -1 back, 0 nowhere, such as up or down. */
export function swipeOf(from: Point | null, to: Point | null): -1 | 0 | 1 {
  if (from === null || to === null) return 0;
  const [x, y] = [to.x - from.x, to.y - from.y];
  if (Math.abs(x) < LEAST_PX || Math.abs(x) < Math.abs(y)) return 0;
  return x < 0 ? 1 : -1;
}
