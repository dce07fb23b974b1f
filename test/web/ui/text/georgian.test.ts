/** Georgian without the browser's help: the same as `Intl` says where it speaks Georgian, as Node's does. */
import { describe, expect, it } from 'vitest';

import { formattersOf, standIn } from '../../../../web/ui/text/formatters.ts';
import { georgian } from '../../../../web/ui/text/georgian.ts';

const AT = new Date('2026-11-22T19:05:00Z');
const timeZone = 'Asia/Tbilisi';
const intl = formattersOf('ka');

describe('Georgian', () => {
  it.each<Intl.DateTimeFormatOptions>([
    { weekday: 'long', timeZone },
    { weekday: 'short', timeZone },
    { timeStyle: 'short', timeZone },
    { dateStyle: 'full', timeStyle: 'short', timeZone },
    { day: 'numeric', month: 'long', timeZone },
    { day: 'numeric', month: 'long', year: 'numeric', timeZone },
    { day: 'numeric', month: 'short', timeZone },
  ])('writes a date with %j as CLDR has it', (options) => {
    expect(georgian.date(options).format(AT)).toBe(intl.date(options).format(AT));
  });

  it.each([
    { value: 0, unit: 'second' },
    { value: -5, unit: 'minute' },
    { value: -1, unit: 'hour' },
    { value: 0, unit: 'day' },
    { value: -1, unit: 'day' },
    { value: -3, unit: 'day' },
  ] as const)('says how far $value $unit is', ({ value, unit }) => {
    expect(georgian.relative().format(value, unit)).toBe(intl.relative().format(value, unit));
  });

  it.each([7, 1_234.5, 1_234_567])('writes the number %d', (value) => {
    expect(georgian.number().format(value)).toBe(intl.number().format(value));
  });

  it.each(['minute', 'hour', 'day'] as const)('counts in the unit %s', (unit) => {
    for (const unitDisplay of ['short', 'long'] as const) {
      const options = { style: 'unit', unit, unitDisplay } as const;
      expect(georgian.number(options).format(5)).toBe(intl.number(options).format(5));
    }
  });

  it('writes a price with the code of the currency', () => {
    const price = georgian.number({ style: 'currency', currency: 'GEL' }).format(45);
    expect(price.replaceAll(/\s/gu, ' ')).toBe('45,00 GEL');
  });

  it('stands in only where it is missing', () => {
    standIn('ka', georgian);
    expect(formattersOf('ka')).not.toBe(georgian);
    standIn('tlh', georgian);
    expect(formattersOf('tlh-001')).toBe(georgian);
  });
});
