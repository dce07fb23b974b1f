/** A clock that runs as the machine's does, and that a test lets leap: hours pass from one timer to the next, and real sockets keep their real moments. */
import type { Clock } from '../../lib/local/model.ts';

interface Timer {
  readonly dueMs: number;
  readonly run: () => void;
  handle?: NodeJS.Timeout;
}

/** The port `Clock` of the local runtime, and `now` and `after` of a client. */
export interface LeapingClock extends Clock {
  /**
   * Lets time pass. Timers run one after the other, each at its time; after each `settle` waits for what it set off,
   * so that no deadline passes while its work is under way.
   */
  pass(ms: number, settle: () => Promise<void>): Promise<void>;
}

/** A clock that shows the machine's time as long as nobody lets it leap. */
export function leapingClock(): LeapingClock {
  const timers = new Set<Timer>();
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;

  function arm(timer: Timer): void {
    clearTimeout(timer.handle);
    timer.handle = setTimeout(() => run(timer), Math.max(0, timer.dueMs - now())).unref();
  }

  function run(timer: Timer): void {
    clearTimeout(timer.handle);
    if (timers.delete(timer)) timer.run();
  }

  function leapTo(untilMs: number): void {
    aheadMs += Math.max(0, untilMs - now());
    timers.forEach(arm);
  }

  return {
    now,
    after(delayMs, callback) {
      const dueMs = now() + Math.max(0, delayMs);
      const timer: Timer = { dueMs, run: callback };
      timers.add(timer);
      arm(timer);
      return () => {
        clearTimeout(timer.handle);
        timers.delete(timer);
      };
    },
    async pass(ms, settle) {
      const endMs = now() + ms;
      for (;;) {
        const [next] = [...timers].toSorted((a, b) => a.dueMs - b.dueMs);
        if (next === undefined || next.dueMs > endMs) break;
        leapTo(next.dueMs);
        run(next);
        await settle();
      }
      leapTo(endMs);
      await settle();
    },
  };
}
