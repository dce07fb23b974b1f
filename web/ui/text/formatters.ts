/** The formatters of `Intl`; for a language that this browser's `Intl` lacks, those that stand in for it. */

/** What is formatted with; each answers as `Intl`'s own does. */
export interface Formatters {
  date(options: Intl.DateTimeFormatOptions): { format: (at: Date | number) => string };
  number(options?: Intl.NumberFormatOptions): { format: (value: number) => string };
  relative(): { format: (value: number, unit: 'second' | 'minute' | 'hour' | 'day') => string };
}

const standIns = new Map<string, Formatters>();

/** Lets these stand in where the browser does not know the language: it would speak its own instead, and say nothing of it. */
export function standIn(language: string, formatters: Formatters): void {
  if (Intl.DateTimeFormat.supportedLocalesOf(language).length > 0) return;
  standIns.set(language, formatters);
}

/** The formatters of a BCP 47 tag. */
export function formattersOf(locale: string): Formatters {
  const [language = ''] = locale.split('-');
  return standIns.get(language) ?? builtIn(locale);
}

function builtIn(locale: string): Formatters {
  return {
    date: (options) => new Intl.DateTimeFormat(locale, options),
    number: (options) => new Intl.NumberFormat(locale, options),
    relative: () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
  };
}
