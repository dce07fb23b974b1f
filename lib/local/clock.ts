/** Time: the system's clock, a deadline over a promise, and how API Gateway writes a time. */
import type { Clock } from './model.ts';

/** The machine's own time. Its timers don't keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** What `within` answers when the work was not done in time. */
export const TIMED_OUT = Symbol('timed out');

/** Waits for the work at most so long; the work itself goes on. A rejection passes through. */
export function within<T>(
  clock: Clock,
  timeoutMs: number,
  work: Promise<T>,
): Promise<T | typeof TIMED_OUT> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(timeoutMs, () => resolve(TIMED_OUT));
    work.finally(cancel).then(resolve, reject);
  });
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A time as API Gateway writes it into events: `22/Nov/2026:16:05:47 +0000`. */
export function requestTime(epochMs: number): string {
  const iso = new Date(epochMs).toISOString();
  const month = MONTHS[Number(iso.slice(5, 7)) - 1] ?? '';
  return `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
