/** Opening hours between the contract and the form. */
import { describe, expect, it } from 'vitest';

import { parse } from '#protocol/parse.ts';
import { type OpeningHours, vendorSettingsSchema } from '#protocol/vendor.ts';

import {
  HOURS_FORM,
  type HoursDraft,
  nextHoliday,
  nextSpan,
} from '../../../../../web/inbox/settings/hours/hours-draft.ts';
import { someHours, someSettings } from '../../../../support/shop.ts';

const { toDraft, toSettings, check } = HOURS_FORM;
const draftOf = (hours: OpeningHours | null) => toDraft(someSettings({ hours }));
const aDraft = (change: Partial<HoursDraft> = {}): HoursDraft => ({
  ...draftOf(someHours({})),
  ...change,
});
const withMonday = (...mon: { from: string; to: string }[]) =>
  aDraft({ week: { ...aDraft().week, mon } });
const codes = (draft: HoursDraft) => check(draft).map(({ path, code }) => [path, code]);

describe('hours', () => {
  it('come back from the form as they went in, midnight and holidays included', () => {
    const hours = someHours({ fri: [{ from: '09:00', to: '24:00' }] }, [
      { date: '2026-12-31', hours: [{ from: '09:00', to: '12:00' }] },
      { date: '2027-01-07' },
    ]);
    expect(draftOf(hours).week.fri).toEqual([{ from: '09:00', to: '00:00' }]);
    expect(toSettings(draftOf(hours))).toEqual({ hours });
  });

  it('of none are none, and begin with a usual week that the contract takes', () => {
    const draft = draftOf(null);
    expect(toSettings(draft)).toEqual({ hours: null });
    const { hours } = toSettings({ ...draft, hasHours: true });
    expect(parse(vendorSettingsSchema, { hours }).hours?.week.mon).toHaveLength(1);
  });

  it('show holidays by date', () => {
    const hours = someHours({}, [{ date: '2027-01-07' }, { date: '2026-12-31' }]);
    expect(draftOf(hours).holidays.map(({ date }) => date)).toEqual(['2026-12-31', '2027-01-07']);
  });
});

describe('the form finds', () => {
  it.each([
    ['an end before the beginning', [{ from: '18:00', to: '09:00' }], '0.to', 'order'],
    ['an end at the beginning', [{ from: '09:00', to: '09:00' }], '0.to', 'order'],
    ['no beginning', [{ from: '', to: '09:00' }], '0.from', 'blank'],
    ['no end', [{ from: '09:00', to: '' }], '0.to', 'blank'],
    [
      'hours that touch',
      [
        { from: '09:00', to: '13:00' },
        { from: '13:00', to: '18:00' },
      ],
      '1.from',
      'overlap',
    ],
    [
      'hours after midnight',
      [
        { from: '09:00', to: '00:00' },
        { from: '13:00', to: '18:00' },
      ],
      '1.from',
      'overlap',
    ],
  ])('%s', (_, mon, at, code) => {
    expect(codes(withMonday(...mon))).toEqual([[`hours.week.mon.${at}`, code]]);
  });

  it('a holiday without a date, one that is there twice, and its hours', () => {
    const holidays = [
      { date: '', spans: [] },
      { date: '2027-01-07', spans: [{ from: '10:00', to: '09:00' }] },
      { date: '2027-01-07', spans: [] },
    ];
    expect(codes(aDraft({ holidays }))).toEqual([
      ['hours.holidays.0.date', 'blank'],
      ['hours.holidays.1.hours.0.to', 'order'],
      ['hours.holidays.2.date', 'twice'],
    ]);
  });

  it('nothing in what the contract takes, and nothing at all where there are no hours', () => {
    const fine = withMonday({ from: '00:00', to: '12:00' }, { from: '12:01', to: '00:00' });
    expect(codes(fine)).toEqual([]);
    expect(parse(vendorSettingsSchema, toSettings(fine)).hours).not.toBeNull();
    expect(codes({ ...withMonday({ from: '', to: '' }), hasHours: false })).toEqual([]);
  });
});

describe('what comes next', () => {
  it.each([
    [[], { from: '09:00', to: '18:00' }],
    [[{ from: '09:00', to: '13:00' }], { from: '14:00', to: '15:00' }],
    [[{ from: '09:00', to: '22:30' }], { from: '', to: '' }],
    [[{ from: '09:00', to: '00:00' }], { from: '', to: '' }],
  ])('after %j are the hours %j', (spans, expected) => {
    expect(nextSpan(spans)).toEqual(expected);
  });

  it('after a holiday is the day after it', () => {
    expect(nextHoliday([])).toEqual({ date: '', spans: [] });
    expect(nextHoliday([{ date: '2026-12-31', spans: [] }]).date).toBe('2027-01-01');
    expect(nextHoliday([{ date: '', spans: [] }]).date).toBe('');
  });
});
