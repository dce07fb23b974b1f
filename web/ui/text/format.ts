/** Times and prices as people read them, by `Intl` in the reader's language. */
import { type Formatters, formattersOf } from './formatters.ts';

const DAY_MS = 86_400_000;

/** What a format needs to know of the reader. */
export interface FormatContext {
  /** A BCP 47 language tag. */
  locale: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** The local calendar day, for comparing: "2026-11-22". */
export function dayKey(at: string): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** Whole calendar days from `at` to `now`: 0 today, 1 yesterday; counted by dates, so that a change of the clock does not shift them. */
function daysAgo(at: string, now: number): number {
  const then = new Date(at);
  const today = new Date(now);
  return Math.round((dayNumber(today) - dayNumber(then)) / DAY_MS);
}

function dayNumber(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

/** A day over its messages: "Today", "Yesterday", "Tuesday", else the date. */
export function formatDay(at: string, { locale, now }: FormatContext): string {
  const days = daysAgo(at, now);
  if (days === 0 || days === 1) {
    const word = formattersOf(locale).relative().format(-days, 'day');
    return capitalise(word, locale);
  }
  if (days > 1 && days < 7) return dateFormat(locale, { weekday: 'long' }).format(new Date(at));
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return dateFormat(locale, {
    day: 'numeric',
    month: 'long',
    ...(!sameYear && { year: 'numeric' }),
  }).format(new Date(at));
}

/** The clock time beside a message: "14:05". */
export function formatClock(at: string, locale: string): string {
  return dateFormat(locale, { timeStyle: 'short' }).format(new Date(at));
}

/** The whole moment, for a tooltip. */
export function formatMoment(at: string, locale: string): string {
  return dateFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(at));
}

/** The short age in a list: "now", "5 min", "3 hr", then the weekday, then the date. */
export function formatAge(at: string, { locale, now }: FormatContext): string {
  const minutes = Math.floor((now - new Date(at).getTime()) / 60_000);
  if (minutes < 1) return formattersOf(locale).relative().format(0, 'second');
  if (minutes < 60) return shortUnit(minutes, 'minute', locale);
  const days = daysAgo(at, now);
  if (days === 0) return formatClock(at, locale);
  if (days < 7) return dateFormat(locale, { weekday: 'short' }).format(new Date(at));
  return dateFormat(locale, { day: 'numeric', month: 'short' }).format(new Date(at));
}

/** How long ago somebody was here: "5 minutes ago", "yesterday". */
export function formatAgo(at: string, { locale, now }: FormatContext): string {
  const format = formattersOf(locale).relative();
  const minutes = Math.max(1, Math.floor((now - new Date(at).getTime()) / 60_000));
  if (minutes < 60) return format.format(-minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 12) return format.format(-hours, 'hour');
  const days = daysAgo(at, now);
  return days === 0 ? format.format(-hours, 'hour') : format.format(-days, 'day');
}

/** A decimal text and an ISO 4217 code as a price: "GEL 45.00". The lari's sign is missing in many fonts, so the code stands for it. */
export function formatPrice(amount: string, currency: string, locale: string): string {
  const value = Number(amount);
  return formattersOf(locale).number({ style: 'currency', currency }).format(value);
}

function shortUnit(value: number, unit: 'minute', locale: string): string {
  return formattersOf(locale).number({ style: 'unit', unit, unitDisplay: 'short' }).format(value);
}

/** Making a formatter is slow and a list asks for hundreds, so each is made once. */
const formats = new Map<string, ReturnType<Formatters['date']>>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions) {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? formattersOf(locale).date(options);
  formats.set(key, known);
  return known;
}

/** Georgian has capitals in Unicode that nobody writes and hardly a font has. */
function capitalise(word: string, locale: string): string {
  if (/^\p{Script=Georgian}/u.test(word)) return word;
  return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
}

/** A whole number with the reader's separators: "996,998". */
export function formatCount(count: number, locale: string): string {
  return formattersOf(locale).number().format(count);
}
