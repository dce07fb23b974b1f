/** Days and time zones in words and lists, as Intl knows them. */
import { formattersOf } from '../../../ui/text/formatters.ts';

/** An ISO date some days later. */
export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10);
}

/** The name of a day of the week; 0 is Monday. */
export function weekdayName(index: number, locale: string): string {
  // the first of January 2024 was a Monday
  const day = new Date(Date.UTC(2024, 0, 1 + index));
  return formattersOf(locale).date({ weekday: 'long', timeZone: 'UTC' }).format(day);
}

/** Time zones by their area, the given one among them whatever this browser knows. */
export function timeZonesByArea(chosen: string): ReadonlyMap<string, readonly string[]> {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', chosen]);
  const sorted = [...zones].filter((zone) => zone !== '').sort();
  return Map.groupBy(sorted, (zone) => zone.split('/')[0] ?? zone);
}

/** What the clocks of a time zone say, or null for a zone that this browser does not know. */
export function timeIn(
  timeZone: string,
  { locale, now }: { locale: string; now: number },
): string | null {
  try {
    const format = { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone } as const;
    return formattersOf(locale).date(format).format(now);
  } catch {
    return null;
  }
}
