/** The token bucket that throttles a stage, and the account's own. */
import type { Clock, ThrottleModel } from './model.ts';

/** What an account and region allows when nothing was raised: HTTP requests, frames and pushes together. */
export const ACCOUNT_THROTTLE: ThrottleModel = { ratePerSecond: 10_000, burst: 5_000 };

/** What an account and region takes of new WebSocket connections when nothing was raised. */
export const NEW_CONNECTIONS_PER_SECOND = 500;

/** Lets requests through at a rate, with a burst saved up. */
export interface TokenBucket {
  /** Takes one token; false where none is left. */
  take(): boolean;
}

/** A full bucket, refilled continuously. */
export function createTokenBucket(throttle: ThrottleModel, clock: Clock): TokenBucket {
  let tokens = throttle.burst;
  let filledAt = clock.now();
  return {
    take() {
      const now = clock.now();
      const refill = (Math.max(0, now - filledAt) / 1000) * throttle.ratePerSecond;
      tokens = Math.min(throttle.burst, tokens + refill);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
