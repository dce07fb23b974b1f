/** Times and prices as people read them, in the zone of the reader. */
import { describe, expect, it } from 'vitest';

import {
  dayKey,
  formatAge,
  formatAgo,
  formatClock,
  formatCount,
  formatDay,
  formatPrice,
} from '../../../../web/ui/text/format.ts';

/** A local moment as the contract tells it, so that the tests hold in every zone. */
const local = (text: string) => new Date(text).toISOString();
const now = new Date('2026-11-22T15:00:00').getTime();
const en = { locale: 'en-GB', now };

describe('formatDay', () => {
  it.each([
    ['2026-11-22T00:01:00', 'Today'],
    ['2026-11-21T23:59:00', 'Yesterday'],
    ['2026-11-19T12:00:00', 'Thursday'],
    ['2026-11-16T12:00:00', 'Monday'],
    ['2026-11-15T12:00:00', '15 November'],
    ['2025-11-22T12:00:00', '22 November 2025'],
  ])('calls %s %s', (at, name) => {
    expect(formatDay(local(at), en)).toBe(name);
  });

  it('speaks the language of the reader', () => {
    expect(formatDay(local('2026-11-21T12:00:00'), { locale: 'de', now })).toBe('Gestern');
    expect(formatDay(local('2026-11-22T12:00:00'), { locale: 'ka', now })).toBe('დღეს');
  });
});

describe('formatAge', () => {
  it.each([
    ['2026-11-22T14:59:40', 'now'],
    ['2026-11-22T15:00:30', 'now'],
    ['2026-11-22T14:55:00', '5 mins'],
    ['2026-11-22T09:05:00', '09:05'],
    ['2026-11-21T14:00:00', 'Sat'],
    ['2026-11-02T14:00:00', '2 Nov'],
  ])('shortens %s to %s', (at, age) => {
    expect(formatAge(local(at), en)).toBe(age);
  });
});

describe('formatAgo', () => {
  it.each([
    ['2026-11-22T14:59:50', '1 minute ago'],
    ['2026-11-22T14:20:00', '40 minutes ago'],
    ['2026-11-22T12:00:00', '3 hours ago'],
    ['2026-11-22T01:00:00', '14 hours ago'],
    ['2026-11-21T20:00:00', 'yesterday'],
    ['2026-11-18T20:00:00', '4 days ago'],
  ])('tells %s as %s', (at, ago) => {
    expect(formatAgo(local(at), en)).toBe(ago);
  });
});

describe('the other formats', () => {
  it('names a day by the local calendar', () => {
    expect(dayKey(local('2026-01-05T00:00:30'))).toBe('2026-01-05');
  });

  it('shows the clock as the language does', () => {
    expect(formatClock(local('2026-11-22T16:05:00'), 'en-GB')).toBe('16:05');
    expect(formatClock(local('2026-11-22T16:05:00'), 'en-US')).toMatch(/^4:05\sPM$/u);
  });

  it('keeps the cents of a price', () => {
    expect(formatPrice('1245.5', 'GEL', 'en-GB')).toBe('GEL\u00A01,245.50');
    expect(formatPrice('45.00', 'EUR', 'de')).toBe('45,00\u00A0€');
  });
});

describe('formatCount', () => {
  it('groups the digits', () => {
    expect(formatCount(996_998, 'en-GB')).toBe('996,998');
  });
});
