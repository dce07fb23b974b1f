/** Sizes of files as people read them. */
import { formattersOf } from './formatters.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte'] as const;

/** A size as people read it: "48kB". */
export function formatBytes(bytes: number, locale: string): string {
  const power = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  const format = formattersOf(locale).number({
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: 'narrow',
    maximumFractionDigits: power === 2 ? 1 : 0,
  });
  return format.format(bytes / 1_000 ** power);
}
