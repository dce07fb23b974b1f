/** Opening hours as they are typed, and as the contract has them. */
import type { OpeningHours } from '#protocol/vendor.ts';

import type { Problem, ProblemCode } from '../form/problems.ts';
import type { FormShape } from '../form/use-settings-form.ts';
import { addDays } from './dates.ts';

/** From one time of day to another; a time field calls midnight 00:00, which as an end is 24:00. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** No span: closed. */
export type DayDraft = readonly Span[];

export interface HolidayDraft {
  /** ISO date, or empty while it is not chosen. */
  readonly date: string;
  readonly spans: DayDraft;
}

/** The days of a week, in their order. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

export interface HoursDraft {
  /** False: the shop names no hours, and nobody is told that it is closed. */
  readonly hasHours: boolean;
  readonly timeZone: string;
  readonly week: Readonly<Record<Day, DayDraft>>;
  readonly holidays: readonly HolidayDraft[];
}

/** The contract's limits. */
export const MAX_SPANS = 6;
export const MAX_HOLIDAYS = 100;

const USUAL: DayDraft = [{ from: '09:00', to: '18:00' }];

/** What a day begins with when it is opened. */
export const FIRST_SPAN: Span = { from: '09:00', to: '18:00' };

/** The hours that a shop begins with. */
function usualHours(): Omit<HoursDraft, 'hasHours'> {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const week = { mon: USUAL, tue: USUAL, wed: USUAL, thu: USUAL, fri: USUAL, sat: [], sun: [] };
  return { timeZone, week, holidays: [] };
}

/** The shop's opening hours. */
export const HOURS_FORM: FormShape<HoursDraft> = {
  toDraft: ({ hours }) =>
    hours === null ? { hasHours: false, ...usualHours() } : { hasHours: true, ...draftOf(hours) },
  toSettings: (draft) => ({ hours: draft.hasHours ? hoursOf(draft) : null }),
  check: (draft) => (draft.hasHours ? checkHours(draft) : []),
};

function draftOf({ timeZone, week, holidays }: OpeningHours): Omit<HoursDraft, 'hasHours'> {
  return {
    timeZone,
    week: mapDays((day) => week[day].map(toFields)),
    holidays: holidays
      .map(({ date, hours = [] }) => ({ date, spans: hours.map(toFields) }))
      .sort((a, b) => (a.date < b.date ? -1 : 1)),
  };
}

/** The hours as the server wants them. */
export function hoursOf({ timeZone, week, holidays }: HoursDraft): OpeningHours {
  return {
    timeZone,
    week: mapDays((day) => week[day].map(fromFields)),
    // in the order of the draft: the server names them by their place
    holidays: holidays.map(({ date, spans }) => ({
      date,
      ...(spans.length > 0 && { hours: spans.map(fromFields) }),
    })),
  };
}

function mapDays<T>(make: (day: Day) => T): Record<Day, T> {
  return {
    mon: make('mon'),
    tue: make('tue'),
    wed: make('wed'),
    thu: make('thu'),
    fri: make('fri'),
    sat: make('sat'),
    sun: make('sun'),
  };
}

const toFields = ({ from, to }: Span): Span => ({ from, to: to === '24:00' ? '00:00' : to });
const fromFields = ({ from, to }: Span): Span => ({ from, to: to === '00:00' ? '24:00' : to });

/** The span after the last one of a day, as far as the day goes. */
export function nextSpan(spans: DayDraft): Span {
  const last = spans.at(-1);
  if (last === undefined) return FIRST_SPAN;
  const hour = Number(last.to.slice(0, 2));
  return hour === 0 || hour > 21
    ? { from: '', to: '' }
    : { from: clock(hour + 1), to: clock(hour + 2) };
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** The day after the last holiday, so that a week away is quickly typed; empty for the first one. */
export function nextHoliday(holidays: readonly HolidayDraft[]): HolidayDraft {
  const last = holidays.at(-1);
  return { date: last === undefined || last.date === '' ? '' : addDays(last.date, 1), spans: [] };
}

function checkHours({ week, holidays }: HoursDraft): readonly Problem[] {
  return [
    ...DAYS.flatMap((day) => checkDay(week[day], `hours.week.${day}`)),
    ...holidays.flatMap(({ date, spans }, index) => {
      const path = `hours.holidays.${index}`;
      return [
        ...checkDate(date, holidays.slice(0, index), `${path}.date`),
        ...checkDay(spans, `${path}.hours`),
      ];
    }),
  ];
}

function checkDate(date: string, before: readonly HolidayDraft[], path: string): Problem[] {
  if (date === '') return [{ path, code: 'blank' }];
  return before.some((other) => other.date === date) ? [{ path, code: 'twice' }] : [];
}

/** The first thing that is wrong with each span. */
function checkDay(spans: DayDraft, path: string): Problem[] {
  return spans.flatMap((span, index): Problem[] => {
    const found = checkSpan(span, spans[index - 1]);
    return found === null ? [] : [{ path: `${path}.${index}.${found.field}`, code: found.code }];
  });
}

function checkSpan(
  span: Span,
  before: Span | undefined,
): { field: keyof Span; code: ProblemCode } | null {
  if (span.from === '') return { field: 'from', code: 'blank' };
  if (span.to === '') return { field: 'to', code: 'blank' };
  const { from, to } = fromFields(span);
  if (from >= to) return { field: 'to', code: 'order' };
  const isApart = before === undefined || fromFields(before).to < from;
  return isApart ? null : { field: 'from', code: 'overlap' };
}
