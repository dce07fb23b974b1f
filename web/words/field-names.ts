/** Where an error of the settings stands, in words: the choice is the same in every language. */
import { formattersOf } from '../ui/text/formatters.ts';

interface PlaceNames {
  readonly fields: Readonly<Record<string, string>>;
  /** A field that has no name of its own. */
  readonly other: string;
  readonly day: (name: string) => string;
  readonly holiday: (index: number) => string;
  readonly message: (index: number) => string;
  /** The language of the weekdays, a BCP 47 tag. */
  readonly locale: string;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** What stands at a path such as `hours.week.mon.0.to`: "Monday:". */
export function placeNames({ fields, locale, ...names }: PlaceNames): (path: string) => string {
  const weekday = formattersOf(locale).date({ weekday: 'long', timeZone: 'UTC' });
  return (path) => {
    const [first = '', second = '', third = ''] = path.split('.');
    if (second === 'week' && DAYS.includes(third)) {
      // the first of January 2024 was a Monday
      return names.day(weekday.format(Date.UTC(2024, 0, 1 + DAYS.indexOf(third))));
    }
    if (second === 'holidays') return names.holiday(Number(third) + 1);
    if (first === 'messages') return names.message(Number(second) + 1);
    return fields[second] ?? fields[first] ?? names.other;
  };
}
