/** A rate limit as a countdown: how many seconds are left until one may write again. */
import { useEffect, useState } from 'react';

/** Whole seconds, at least 1 while it lasts; 0 when there is nothing to wait for. */
export function useSecondsLeft(until: string | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until === null) return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return until === null ? 0 : secondsUntil(until, now);
}

/** A clock that was set meanwhile must not keep anybody from writing: it is never more than a minute. */
export function secondsUntil(until: string, nowMs: number): number {
  const left = Math.ceil((Date.parse(until) - nowMs) / 1_000);
  return Number.isFinite(left) ? Math.min(60, Math.max(0, left)) : 0;
}
