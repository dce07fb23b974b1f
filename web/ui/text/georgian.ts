/** Georgian dates, numbers and times for browsers that do not speak it: Chromium comes without. Forms as in CLDR. */
import { type Formatters, standIn } from './formatters.ts';

const MONTHS =
  'იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი'.split(
    ' ',
  );
const WEEKDAYS = 'კვირა ორშაბათი სამშაბათი ოთხშაბათი ხუთშაბათი პარასკევი შაბათი'.split(' ');
const ENGLISH_WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const UNITS: Readonly<Record<string, readonly [short: string, long: string]>> = {
  minute: ['წთ', 'წუთი'],
  hour: ['სთ', 'საათი'],
  day: ['დღე', 'დღე'],
  byte: ['ბაიტი', 'ბაიტი'],
  kilobyte: ['კბ', 'კილობაიტი'],
  megabyte: ['მბ', 'მეგაბაიტი'],
};

/** "Of a minute", as in "5 minutes ago". */
const OF = { second: 'წამის', minute: 'წუთის', hour: 'საათის', day: 'დღის' };
const NEAR_DAYS: Readonly<Record<number, string>> = { 0: 'დღეს', [-1]: 'გუშინ', 1: 'ხვალ' };

/** Exported for its test; call `speakGeorgian`. */
export const georgian: Formatters = {
  date: (options) => ({ format: (at) => dateText(at, options) }),
  number: (options = {}) => ({ format: (value) => numberText(value, options) }),
  relative: () => ({
    format: (value, unit) => {
      if (unit === 'second' && value === 0) return 'ახლა';
      const near = unit === 'day' ? NEAR_DAYS[value] : undefined;
      if (near !== undefined) return near;
      const count = numberText(Math.abs(value), {});
      return value > 0 ? `${count} ${OF[unit].slice(0, -1)}ში` : `${count} ${OF[unit]} წინ`;
    },
  }),
};

/** Stands in where it is needed; the Georgian words call it when they are loaded. */
export function speakGeorgian(): void {
  standIn('ka', georgian);
}

/** Polish writes numbers as Georgian does: a comma, and a narrow space from five digits on. */
function numberText(value: number, options: Intl.NumberFormatOptions): string {
  const { unit, unitDisplay, style, ...rest } = options;
  if (style !== 'unit') return new Intl.NumberFormat('pl', options).format(value);
  const [short, long] = UNITS[unit ?? ''] ?? ['', ''];
  const count = new Intl.NumberFormat('pl', rest).format(value);
  return `${count} ${unitDisplay === 'long' ? long : short}`;
}

function dateText(at: Date | number, options: Intl.DateTimeFormatOptions): string {
  const parts = partsOf(at, options.timeZone);
  const isFull = options.dateStyle !== undefined;
  const weekday = WEEKDAYS[ENGLISH_WEEKDAYS.indexOf(parts['weekday'] ?? '')] ?? '';
  const month = MONTHS[Number(parts['month']) - 1] ?? '';
  const day = Number(parts['day']);
  const hasTime = options.timeStyle !== undefined || options.hour !== undefined;
  const hasMonth = isFull || options.month !== undefined;
  const isShort = options.month === 'short';
  return [
    (isFull || options.weekday === 'long') && weekday,
    options.weekday === 'short' && weekday.slice(0, 3),
    hasMonth && `${day} ${isShort ? month.slice(0, 3) : month}`,
    (isFull || options.year !== undefined) && parts['year'],
    hasTime && `${parts['hour']}:${parts['minute']}`,
  ]
    .filter((part) => typeof part === 'string')
    .join(', ');
}

/** The numbers of a moment in a time zone. */
function partsOf(at: Date | number, timeZone: string | undefined): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone !== undefined && { timeZone }),
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}
