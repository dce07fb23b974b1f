/** Flood control by GCRA (the leaky bucket as a meter, ITU-T I.371): its whole state is one time. */
import { ChatError } from '#protocol/errors.ts';

/** So many in a window, at once or spread. */
export interface Rate {
  readonly count: number;
  readonly windowMs: number;
}

/** Sums of fractions of a millisecond are off by less than this, for up to thousands in a window. */
const ROUNDING_MS = 0.01;

/** By how many milliseconds one puts off the time when the quota is whole again. */
export function costOfOne({ count, windowMs }: Rate): number {
  return windowMs / count;
}

/**
 * Takes one from a quota.
 * @param fullAtMs when the quota is whole again, as the last call returned it; 0 at first
 * @returns the new time to keep
 * @throws ChatError `rate_limited` with the seconds to wait
 */
export function takeOne(rate: Rate, fullAtMs: number, nowMs: number): number {
  const nextMs = Math.max(fullAtMs, nowMs) + costOfOne(rate);
  const waitMs = nextMs - nowMs - rate.windowMs;
  if (waitMs > ROUNDING_MS) {
    throw new ChatError('rate_limited', { retryAfter: Math.ceil(waitMs / 1000) });
  }
  return nextMs;
}
