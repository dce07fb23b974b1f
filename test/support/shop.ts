/** Shops for tests: hours on the days that a test is about, closed on all others. */
import type { Weekday } from '#protocol/shop/weekdays.ts';
import type { OpeningHours, VendorSettings } from '#protocol/vendor.ts';

const CLOSED: OpeningHours['week'] = {
  mon: [],
  tue: [],
  wed: [],
  thu: [],
  fri: [],
  sat: [],
  sun: [],
};

/** Hours in Tbilisi, which is four hours ahead of UTC all year. */
export function someHours(
  days: Partial<OpeningHours['week']>,
  holidays: OpeningHours['holidays'] = [],
): OpeningHours {
  return { timeZone: 'Asia/Tbilisi', week: { ...CLOSED, ...days }, holidays };
}

/** The same hours on several days. */
export function everyDay(
  day: OpeningHours['week']['mon'],
  days: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
): Partial<OpeningHours['week']> {
  return Object.fromEntries(days.map((name) => [name, day]));
}

export function someSettings(overrides: Partial<VendorSettings> = {}): VendorSettings {
  return {
    name: null,
    picture: null,
    greeting: null,
    hours: null,
    awayMessage: null,
    ...overrides,
  };
}
