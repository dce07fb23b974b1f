/** A clock that stands still until a test turns it. */
import type { Clock } from '../../lib/local/model.ts';

/** The port `Clock` of the local runtime, in the hand of a test. */
export interface ManualClock extends Clock {
  /** Turns time forward; what falls due on the way is called in its order. */
  advance(ms: number): void;
  /** How many timers wait. */
  waiting(): number;
}

/** A clock that shows `now`, epoch milliseconds. */
export function manualClock(now = Date.UTC(2026, 10, 22, 16, 5, 47)): ManualClock {
  const timers = new Map<symbol, { at: number; callback: () => void }>();
  let time = now;
  const nextDue = (until: number) =>
    [...timers].filter(([, { at }]) => at <= until).toSorted(([, a], [, b]) => a.at - b.at)[0];
  return {
    now: () => time,
    after(delayMs, callback) {
      const key = Symbol('timer');
      timers.set(key, { at: time + delayMs, callback });
      return () => void timers.delete(key);
    },
    advance(ms) {
      const until = time + ms;
      for (let due = nextDue(until); due !== undefined; due = nextDue(until)) {
        timers.delete(due[0]);
        time = Math.max(time, due[1].at);
        due[1].callback();
      }
      time = until;
    },
    waiting: () => timers.size,
  };
}
