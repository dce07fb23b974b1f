/** Backoff: full jitter with a floor and a cap, so that many clients never come back at the same moment. */

/** The shape of a series of tries; all in milliseconds. */
export interface BackoffPlan {
  /** No try comes sooner. */
  readonly floorMs: number;
  /** The longest wait before the first try, above the floor; doubles with every further one. */
  readonly baseMs: number;
  /** No wait is longer. */
  readonly capMs: number;
}

/** Reconnecting while nobody waits for it. */
export const CALM_RECONNECT: BackoffPlan = { floorMs: 250, baseMs: 15_000, capMs: 30_000 };
/** Reconnecting while something unsent is visible. */
export const URGENT_RECONNECT: BackoffPlan = { floorMs: 100, baseMs: 2_000, capMs: 30_000 };
/** Repeating a request that was not answered. */
export const REQUEST_RETRY: BackoffPlan = { floorMs: 200, baseMs: 1_000, capMs: 30_000 };

/**
 * How long to wait before try number `attempt` (0, 1, 2 …).
 * @param random 0 ≤ x < 1
 * @returns milliseconds between the plan's floor and its cap
 */
export function backoffMs(plan: BackoffPlan, attempt: number, random: number): number {
  const highest = Math.min(plan.capMs, plan.baseMs * 2 ** attempt);
  return Math.round(plan.floorMs + random * (highest - plan.floorMs));
}
