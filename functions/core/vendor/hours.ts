/** Opening hours: whether a shop is open, when it opens and closed, and how long it was open between two moments. */
// The functions of Temporal instead of its classes: a bundle then carries 21 KB of it instead of 55.
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import * as PlainTime from 'temporal-polyfill/fns/PlainTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';

import { WEEKDAYS } from '#protocol/shop/weekdays.ts';
import type { OpeningHours } from '#protocol/vendor.ts';

/** From a moment up to another, in milliseconds since 1970; the second is not part of it. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Openings and closings further away than this are as good as none. */
const MAX_DAYS = 366;
const DAY_MS = 86_400_000;

/** True within the hours; always, where a shop names none. */
export function isOpen(hours: OpeningHours | null, atMs: number): boolean {
  if (hours === null) return true;
  // In a night when clocks go back, yesterday's hours may last into today.
  for (const spans of spansOfDays(hours, atMs, [-1, 0, 1])) {
    if (spans.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)) return true;
  }
  return false;
}

/** When a closed shop opens next; null for an open one, and where it does not within a year. */
export function nextOpening(hours: OpeningHours | null, atMs: number): number | null {
  if (hours === null || isOpen(hours, atMs)) return null;
  for (const spans of spansOfDays(hours, atMs, range(-1, MAX_DAYS))) {
    const next = spans.find(({ fromMs }) => fromMs > atMs);
    if (next !== undefined) return next.fromMs;
  }
  return null;
}

/** Since when a closed shop is closed; null for an open one, and where it was not open within a year. */
export function closedSince(hours: OpeningHours | null, atMs: number): number | null {
  if (hours === null || isOpen(hours, atMs)) return null;
  const daysBack = range(-MAX_DAYS, 1).toReversed();
  for (const spans of spansOfDays(hours, atMs, daysBack)) {
    const ended = spans.filter(({ toMs }) => toMs <= atMs);
    if (ended.length > 0) return Math.max(...ended.map(({ toMs }) => toMs));
  }
  return null;
}

/** For how many milliseconds a shop was open between two moments. */
export function openBetween(hours: OpeningHours | null, { fromMs, toMs }: Span): number {
  if (hours === null) return Math.max(0, toMs - fromMs);
  const days = range(-1, Math.ceil((toMs - fromMs) / DAY_MS) + 1);
  let openMs = 0;
  let countedMs = fromMs;
  for (const span of [...spansOfDays(hours, fromMs, days)].flat()) {
    const endMs = Math.min(span.toMs, toMs);
    openMs += Math.max(0, endMs - Math.max(span.fromMs, countedMs));
    // Where clocks go back, hours of one night may overlap: no moment counts twice.
    countedMs = Math.max(countedMs, endMs);
  }
  return openMs;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** The hours of days around a moment, day by day: the holiday's where it is one, else the weekday's. */
function* spansOfDays(
  { timeZone, week, holidays }: OpeningHours,
  atMs: number,
  offsets: readonly number[],
): Generator<readonly Span[]> {
  const special = new Map(holidays.map(({ date, hours = [] }) => [date, hours]));
  const now = Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(atMs), timeZone);
  const today = ZonedDateTime.toPlainDate(now);
  for (const days of offsets) {
    const date = PlainDate.addDays(today, days);
    const weekday = WEEKDAYS[PlainDate.dayOfWeek(date) - 1] ?? 'mon';
    const day = special.get(PlainDate.toString(date)) ?? week[weekday];
    yield day
      .map(({ from, to }) => ({
        fromMs: momentOf(date, from, { timeZone, disambiguation: 'earlier' }),
        toMs: momentOf(date, to, { timeZone, disambiguation: 'later' }),
      }))
      .filter(({ fromMs, toMs }) => fromMs < toMs);
  }
}

interface Place {
  readonly timeZone: string;
  /** Which of two moments where clocks go back: a shop is open from the first to the last of them. */
  readonly disambiguation: 'earlier' | 'later';
}

/** When it is that time on that date; a time that clocks skip is the moment at which they skip it. */
function momentOf(date: PlainDate.Record, time: string, place: Place): number {
  const { timeZone, disambiguation } = place;
  const wall =
    time === '24:00'
      ? PlainDate.toPlainDateTime(PlainDate.addDays(date, 1))
      : PlainDate.toPlainDateTime(date, PlainTime.fromString(time));
  const moment = PlainDateTime.toZonedDateTime(wall, timeZone, { disambiguation });
  if (PlainDateTime.equals(ZonedDateTime.toPlainDateTime(moment), wall)) {
    return moment.epochMilliseconds;
  }
  const behind = PlainDateTime.toZonedDateTime(wall, timeZone, { disambiguation: 'later' });
  // It looks strictly before a moment, and a skipped time may lead to the very end of the gap.
  const after = ZonedDateTime.addNanoseconds(behind, 1);
  return (ZonedDateTime.getTimeZoneTransition(after, 'previous') ?? behind).epochMilliseconds;
}
