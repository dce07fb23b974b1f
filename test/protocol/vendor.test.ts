/** Settings and saved replies as a vendor's staff may set them: each limit from both sides. */
import { describe, expect, it } from 'vitest';

import { ChatError } from '#protocol/errors.ts';
import {
  MAX_HOLIDAYS,
  MAX_INTERVALS_PER_DAY,
  MAX_SAVED_REPLY_LENGTH,
  MAX_SHOP_NAME_LENGTH,
  MAX_SHOP_TEXT_LENGTH,
} from '#protocol/limits.ts';
import { parse } from '#protocol/parse.ts';
import { savedReplyBodySchema, vendorSettingsSchema } from '#protocol/vendor.ts';

import { someHours } from '../support/shop.ts';

const settings = (value: unknown) => parse(vendorSettingsSchema, value);
const reply = (value: object) =>
  parse(savedReplyBodySchema, { shortcut: 'hi', messages: ['Hello'], ...value });
const pathOf = (value: unknown) => {
  try {
    settings(value);
    return 'none';
  } catch (error) {
    return error instanceof ChatError ? error.details.errors?.[0]?.path : error;
  }
};
const hours = (mon: unknown) => ({ hours: someHours({ mon: mon as [] }) });
const dates = (count: number) =>
  Array.from({ length: count }, (_, day) => ({
    date: new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10),
  }));
const intervals = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ from: `0${i}:00`, to: `0${i}:30` }));

describe('settings', () => {
  it.each([
    ['awaymessage', { awaymessage: 'Closed' }],
    ['hours.holydays', { hours: { ...someHours({}), holydays: [] } }],
    ['hours.week.monday', { hours: { ...someHours({ monday: [] } as object) } }],
    ['hours.week.mon.0.until', hours([{ from: '09:00', to: '10:00', until: '11:00' }])],
    [
      'hours.holidays.0.hour',
      { hours: someHours({}, [{ date: '2027-01-07', hour: [] } as never]) },
    ],
  ])('refuse a field that nobody knows: %s', (path, value) => {
    expect(pathOf(value)).toBe(path);
  });

  it('are all unset where nothing is said', () => {
    expect(settings({})).toEqual({
      name: null,
      picture: null,
      greeting: null,
      hours: null,
      awayMessage: null,
    });
  });

  it.each([
    ['a name', { name: 'x'.repeat(MAX_SHOP_NAME_LENGTH) }],
    ['HTML, which is text', { greeting: '<b onclick="x()">Hi</b>' }],
    ['a greeting', { greeting: 'გ'.repeat(MAX_SHOP_TEXT_LENGTH) }],
    ['an away message', { awayMessage: 'x'.repeat(MAX_SHOP_TEXT_LENGTH) }],
    ['a picture', { picture: 'https://shop.example/logo.png' }],
    ['as many intervals', hours(intervals(MAX_INTERVALS_PER_DAY))],
    ['a day until midnight', hours([{ from: '00:00', to: '24:00' }])],
    ['as many holidays', { hours: someHours({}, dates(MAX_HOLIDAYS)) }],
    ['a time zone by its name', { hours: { ...someHours({}), timeZone: 'America/New_York' } }],
  ])('may hold %s', (_, value) => {
    expect(settings(value)).toMatchObject(value);
  });

  it.each([
    ['name', { name: 'x'.repeat(MAX_SHOP_NAME_LENGTH + 1) }],
    ['name', { name: '  ' }],
    ['name', { name: '\ud800' }],
    ['name', { name: 'Shop\nAdmin' }],
    ['name', { name: 'Shop\u202Enimda' }],
    ['greeting', { greeting: 'x'.repeat(MAX_SHOP_TEXT_LENGTH + 1) }],
    ['awayMessage', { awayMessage: 'x'.repeat(MAX_SHOP_TEXT_LENGTH + 1) }],
    ['picture', { picture: 'http://shop.example/logo.png' }],
    ['picture', { picture: 'data:image/png;base64,AA==' }],
    ['picture', { picture: 'javascript:alert(1)' }],
    ['hours.week.mon', hours(intervals(MAX_INTERVALS_PER_DAY + 1))],
    ['hours.week.mon.0', hours([{ from: '10:00', to: '10:00' }])],
    ['hours.week.mon.0', hours([{ from: '18:00', to: '02:00' }])],
    ['hours.week.mon.0.to', hours([{ from: '10:00', to: '24:01' }])],
    ['hours.week.mon.0.from', hours([{ from: '9:00', to: '10:00' }])],
    ['hours.week.mon', hours([...intervals(2)].toReversed())],
    [
      'hours.week.mon',
      hours([
        { from: '09:00', to: '12:00' },
        { from: '12:00', to: '18:00' },
      ]),
    ],
    ['hours.week.mon', { hours: { ...someHours({}), week: {} } }],
    ['hours.holidays', { hours: someHours({}, dates(MAX_HOLIDAYS + 1)) }],
    ['hours.holidays', { hours: someHours({}, [...dates(1), ...dates(1)]) }],
    ['hours.holidays.0.date', { hours: someHours({}, [{ date: '2027-02-30' }]) }],
    ...['Mars/Olympus', 'IST', '+04:00', '', 'Asia/Tbilisi\n'].map((timeZone): [string, object] => [
      'hours.timeZone',
      { hours: { ...someHours({}), timeZone } },
    ]),
  ])('may not hold a %s like %o', (path, value) => {
    expect(pathOf(value)).toBe(path);
  });
});

describe('a saved reply', () => {
  it.each([
    { shortcut: 'x'.repeat(32) },
    { shortcut: 'მადლობა' },
    { shortcut: 'नमस्ते' },
    { messages: ['x'.repeat(MAX_SAVED_REPLY_LENGTH)] },
    { messages: ['1', '2', '3', '4', '5'] },
    { messages: ['{{customer}} {{ product }} {{agent}} {{shop}} {single} { {x} }'] },
  ])('may be %o', (value) => {
    expect(reply(value)).toMatchObject(value);
  });

  it.each([
    { shortcut: '' },
    { shortcut: 'x'.repeat(33) },
    { shortcut: 'two words' },
    { shortcut: '/hi' },
    { messages: [] },
    { messages: [' '] },
    { messages: ['x'.repeat(MAX_SAVED_REPLY_LENGTH + 1)] },
    { messages: ['1', '2', '3', '4', '5', '6'] },
    { messages: ['{{password}}'] },
    { messages: ['{{}}'] },
    { messages: ['{{custo\nmer}}'] },
  ])('may not be %o', (value) => {
    expect(() => reply(value)).toThrow(expect.objectContaining({ code: 'invalid' }));
  });
});
