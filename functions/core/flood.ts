/** Flood control by GCRA (the leaky bucket as a meter, ITU-T I.371): its whole state is one time. */
import { ChatError } from '#protocol/errors.ts';
import type { Limits } from '#protocol/limits.ts';

/** So many in a window, at once or spread. */
export interface Rate {
  readonly count: number;
  readonly windowMs: number;
}

/** Sums of fractions of a millisecond are off by less than this, for up to thousands in a window. */
const ROUNDING_MS = 0.01;

/** What a member may write in one room: messages, edits, deletions and reactions, together. */
export function messageRate({ messagesPer10Seconds }: Limits): Rate {
  return { count: messagesPer10Seconds, windowMs: 10_000 };
}

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

/** A quota that several may draw on at once: when it is whole again, in milliseconds; 0 at first. */
export interface Quota {
  readonly read: () => Promise<number>;
  /** @returns false where it is no longer `from` */
  readonly move: (move: { from: number; to: number }) => Promise<boolean>;
}

/** One wins each round: ten files of a message, begun at once by two of the staff, all get through. */
const QUOTA_ROUNDS = 20;

/**
 * Takes one from a shared quota.
 * @throws ChatError `rate_limited`, or `unavailable` where others were faster each time
 */
export async function takeFrom(quota: Quota, rate: Rate, now: () => number): Promise<void> {
  for (let round = 0; round < QUOTA_ROUNDS; round += 1) {
    const from = await quota.read();
    const to = takeOne(rate, from, now());
    if (await quota.move({ from, to })) return;
  }
  throw new ChatError('unavailable');
}
