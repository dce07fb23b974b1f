/** How long somebody waits, in one short unit: "5 min", "3 hr", "2 days". */
import { formattersOf } from '../../ui/text/formatters.ts';

const UNITS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

/** The largest whole unit; under a minute counts as one. */
export function formatDuration(ms: number, locale: string): string {
  const { unit, ms: unitMs } = UNITS.find((it) => ms >= it.ms) ?? { unit: 'minute', ms: 60_000 };
  const value = Math.max(1, Math.floor(ms / unitMs));
  return formattersOf(locale).number({ style: 'unit', unit, unitDisplay: 'short' }).format(value);
}
