/** Days and time zones in words and lists. */
import { expect, it } from 'vitest';

import {
  addDays,
  timeIn,
  timeZonesByArea,
  weekdayName,
} from '../../../../../web/inbox/settings/hours/dates.ts';

it.each([
  ['2026-12-31', 1, '2027-01-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['nonsense', 1, ''],
])('%s and %i days are %s', (date, days, expected) => {
  expect(addDays(date, days)).toBe(expected);
});

it('names the days from Monday on', () => {
  expect([0, 6].map((index) => weekdayName(index, 'en-GB'))).toEqual(['Monday', 'Sunday']);
  expect(weekdayName(0, 'de')).toBe('Montag');
});

it('lists time zones by area, with the chosen one among them', () => {
  const areas = timeZonesByArea('Mars/Olympus');
  expect(areas.get('Asia')).toContain('Asia/Tbilisi');
  expect(areas.get('Mars')).toEqual(['Mars/Olympus']);
  expect(areas.get('UTC')).toEqual(['UTC']);
});

it('tells the time in a zone, and nothing of one that nobody knows', () => {
  const now = Date.UTC(2026, 10, 22, 10, 5);
  expect(timeIn('Asia/Tbilisi', { locale: 'en-GB', now })).toContain('14:05');
  expect(timeIn('Mars/Olympus', { locale: 'en-GB', now })).toBeNull();
});
