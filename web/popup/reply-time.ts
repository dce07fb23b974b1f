/** How long a shop takes to answer, as people say it: in one unit, rounded up so that nobody waits longer than told. */
import { formattersOf } from '../ui/text/formatters.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "5 minutes", "2 hours", "1 day"; minutes in steps of five, since nobody counts on three. */
export function formatReplyTime(seconds: number, locale: string): string {
  const [unit, count] = inUnit(Math.max(1, seconds));
  return formattersOf(locale).number({ style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

function inUnit(seconds: number): ['minute' | 'hour' | 'day', number] {
  if (seconds <= 55 * MINUTE) return ['minute', Math.ceil(seconds / MINUTE / 5) * 5];
  if (seconds <= 23 * HOUR) return ['hour', Math.ceil(seconds / HOUR)];
  return ['day', Math.ceil(seconds / DAY)];
}
