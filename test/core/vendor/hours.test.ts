/** Opening hours: time zones, nights when clocks change, holidays, and an opening that agrees with what is open. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { closedSince, isOpen, nextOpening, openBetween } from '#core/vendor/hours.ts';
import { WEEKDAYS } from '#protocol/shop/weekdays.ts';
import { type OpeningHours, openingHoursSchema } from '#protocol/vendor.ts';

import { everyDay, someHours } from '../../support/shop.ts';

const ms = (iso: string) => Date.parse(iso);
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const HOUR_MS = 3_600_000;

/** Two intervals on weekdays, in Tbilisi: 10:00–13:00 and 14:00–18:00. 2026-11-22 is a Sunday. */
const WEEK = everyDay(
  [
    { from: '10:00', to: '13:00' },
    { from: '14:00', to: '18:00' },
  ],
  ['mon', 'tue', 'wed', 'thu', 'fri'],
);
const SHOP = someHours(WEEK);
const inZone = (timeZone: string, hours: OpeningHours): OpeningHours => ({ ...hours, timeZone });

describe('a shop', () => {
  it.each([
    ['before it opens', '2026-11-23T05:59:59.999Z', false],
    ['when it opens', '2026-11-23T06:00:00.000Z', true],
    ['at its last moment', '2026-11-23T08:59:59.999Z', true],
    ['at noon', '2026-11-23T09:00:00.000Z', false],
    ['after noon', '2026-11-23T10:00:00.000Z', true],
    ['when it closes', '2026-11-23T14:00:00.000Z', false],
    ['on Sunday', '2026-11-22T08:00:00.000Z', false],
  ])('%s is open: %s %s', (_, at, open) => {
    expect(isOpen(SHOP, ms(at))).toBe(open);
  });

  it('that names no hours is always open, and has no opening', () => {
    expect(isOpen(null, 0)).toBe(true);
    expect(nextOpening(null, 0)).toBeNull();
    expect(closedSince(null, 0)).toBeNull();
    expect(openBetween(null, { fromMs: 5, toMs: 25 })).toBe(20);
  });

  it('says when it opens next and since when it is closed, and neither while it is open', () => {
    expect(iso(nextOpening(SHOP, ms('2026-11-22T08:00:00Z')))).toBe('2026-11-23T06:00:00.000Z');
    expect(iso(closedSince(SHOP, ms('2026-11-22T08:00:00Z')))).toBe('2026-11-20T14:00:00.000Z');
    expect(iso(nextOpening(SHOP, ms('2026-11-23T09:30:00Z')))).toBe('2026-11-23T10:00:00.000Z');
    expect(nextOpening(SHOP, ms('2026-11-23T07:00:00Z'))).toBeNull();
    expect(closedSince(SHOP, ms('2026-11-23T07:00:00Z'))).toBeNull();
  });

  it('that never opens, or not within a year, has no next opening', () => {
    const at = ms('2026-11-22T08:00:00Z');
    expect(nextOpening(someHours({}), at)).toBeNull();
    expect(closedSince(someHours({}), at)).toBeNull();
    const day = [{ from: '10:00', to: '11:00' }];
    const on = (date: string) => someHours({}, [{ date, hours: day }]);
    expect(iso(nextOpening(on('2027-11-22'), at))).toBe('2027-11-22T06:00:00.000Z');
    expect(nextOpening(on('2027-11-25'), at)).toBeNull();
  });

  it('is closed on a holiday, or has the hours of that day', () => {
    const hours = someHours(WEEK, [
      { date: '2026-11-23' },
      { date: '2026-11-24', hours: [{ from: '12:00', to: '13:00' }] },
      { date: '2026-11-29', hours: [{ from: '09:00', to: '24:00' }] },
    ]);
    expect(isOpen(hours, ms('2026-11-23T07:00:00Z'))).toBe(false);
    expect(iso(nextOpening(hours, ms('2026-11-23T07:00:00Z')))).toBe('2026-11-24T08:00:00.000Z');
    expect(isOpen(hours, ms('2026-11-24T06:30:00Z'))).toBe(false);
    expect(isOpen(hours, ms('2026-11-29T19:59:59Z'))).toBe(true);
    expect(isOpen(hours, ms('2026-11-29T20:00:00Z'))).toBe(false);
  });

  it('that is open until 24:00 and from 00:00 does not close between', () => {
    const hours = someHours(everyDay([{ from: '00:00', to: '24:00' }]));
    expect(isOpen(hours, ms('2026-11-22T20:00:00Z'))).toBe(true);
    expect(isOpen(hours, ms('2026-11-22T19:59:59.999Z'))).toBe(true);
    const day = { fromMs: ms('2026-11-20T00:00:00Z'), toMs: ms('2026-11-21T00:00:00Z') };
    expect(openBetween(hours, day)).toBe(24 * HOUR_MS);
  });

  it('counts the open time only', () => {
    const between = (fromMs: string, toMs: string) =>
      openBetween(SHOP, { fromMs: ms(fromMs), toMs: ms(toMs) }) / HOUR_MS;
    expect(between('2026-11-20T13:00:00Z', '2026-11-23T07:30:00Z')).toBe(2.5);
    expect(between('2026-11-23T08:00:00Z', '2026-11-23T11:00:00Z')).toBe(2);
    expect(between('2026-11-21T08:00:00Z', '2026-11-22T11:00:00Z')).toBe(0);
    expect(between('2026-11-23T07:30:00Z', '2026-11-23T07:00:00Z')).toBe(0);
    expect(between('2026-11-02T00:00:00Z', '2026-11-30T00:00:00Z')).toBe(4 * 5 * 7);
  });
});

describe('every time zone that settings may name', () => {
  const legacy = ['US/Eastern', 'asia/tbilisi', 'Asia/Calcutta', 'Etc/GMT+5', 'UTC', 'IST', 'EST'];

  it.each([...Intl.supportedValuesOf('timeZone'), ...legacy])(
    '%s has hours or is refused',
    (name) => {
      const hours = { ...SHOP, timeZone: name };
      const isAccepted = openingHoursSchema.safeParse(hours).success;
      expect(isAccepted).toBe(name === 'UTC' || name.includes('/'));
      const at = ms('2026-11-22T08:00:00Z');
      expect(isAccepted && typeof nextOpening(hours, at)).toBe(isAccepted && 'number');
    },
  );
});

describe('a night when clocks change', () => {
  const night = (from: string, to: string) =>
    inZone('Europe/Berlin', someHours({ sun: [{ from, to }] }));

  it.each([
    // 2027-03-28: 02:00 is 03:00 at once (01:00 UTC).
    ['forward over an opening', '2027-03-28', '02:30', '04:00', 1, '01:00'],
    ['forward over a closing', '2027-03-28', '01:00', '02:30', 1, '00:00'],
    ['forward from its first moment', '2027-03-28', '02:00', '05:00', 2, '01:00'],
    ['forward over all', '2027-03-28', '00:00', '24:00', 23, '23:00'],
    // 2026-10-25: 03:00 is 02:00 again (01:00 UTC).
    ['back over an opening', '2026-10-25', '02:30', '04:00', 2.5, '00:30'],
    ['back over a closing', '2026-10-25', '01:00', '02:30', 2.5, '23:00'],
    ['back over all', '2026-10-25', '00:00', '24:00', 25, '22:00'],
  ])('%s: %s %s–%s is open for %d hours from %s UTC', (_, date, from, to, length, opensAt) => {
    const hours = night(from, to);
    const [fromMs, toMs] = [
      ms(`${date}T12:00:00Z`) - 36 * HOUR_MS,
      ms(`${date}T12:00:00Z`) + 24 * HOUR_MS,
    ];
    expect(openBetween(hours, { fromMs, toMs }) / HOUR_MS).toBe(length);
    expect(iso(nextOpening(hours, fromMs))).toContain(`T${opensAt}:00.000Z`);
  });

  it('forward has no hours that lie in what is skipped', () => {
    const hours = night('02:15', '02:45');
    expect(iso(nextOpening(hours, ms('2027-03-27T12:00:00Z')))).toBe('2027-04-04T00:15:00.000Z');
  });

  it('back at midnight lets yesterday last until the second midnight', () => {
    // 2026-11-01 in Havana: 01:00 is 00:00 again (05:00 UTC).
    const hours = inZone('America/Havana', someHours({ sat: [{ from: '20:00', to: '24:00' }] }));
    expect(isOpen(hours, ms('2026-11-01T04:59:59Z'))).toBe(true);
    expect(isOpen(hours, ms('2026-11-01T05:00:00Z'))).toBe(false);
    expect(iso(closedSince(hours, ms('2026-11-01T06:00:00Z')))).toBe('2026-11-01T05:00:00.000Z');
  });

  it('back counts no moment twice', () => {
    const hours = inZone(
      'Europe/Berlin',
      someHours({
        sun: [
          { from: '01:00', to: '02:15' },
          { from: '02:30', to: '04:00' },
        ],
      }),
    );
    const fromMs = ms('2026-10-24T12:00:00Z');
    expect(openBetween(hours, { fromMs, toMs: fromMs + 24 * HOUR_MS })).toBe(4 * HOUR_MS);
  });
});

describe('for any hours, anywhere, at any time', () => {
  const minutes = (count: number) =>
    `${String(Math.floor(count / 60)).padStart(2, '0')}:${String(count % 60).padStart(2, '0')}`;
  const day = fc
    .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
    .map((quarters) => quarters.toSorted((a, b) => a - b).map((quarter) => minutes(quarter * 15)))
    .map((times) =>
      times.flatMap((from, i) => {
        const to = times[i + 1];
        return i % 2 === 0 && to !== undefined ? [{ from, to }] : [];
      }),
    );
  const zone = fc.constantFrom(
    'Asia/Tbilisi',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Asia/Kathmandu',
    'Pacific/Chatham',
    'America/Santiago',
    'America/Havana',
    'UTC',
  );
  const anyHours: fc.Arbitrary<OpeningHours> = fc.record({
    timeZone: zone,
    week: fc.record(Object.fromEntries(WEEKDAYS.map((name) => [name, day]))),
    holidays: fc.uniqueArray(
      fc.record(
        {
          date: fc.integer({ min: 1, max: 28 }).map((n) => `2026-10-${minutes(n).slice(-2)}`),
          hours: day,
        },
        { requiredKeys: ['date'] },
      ),
      { selector: ({ date }) => date, maxLength: 4 },
    ),
  });
  // Around the nights when clocks change, and in between.
  const moment = fc
    .tuple(
      fc.constantFrom(
        '2026-10-25',
        '2026-11-01',
        '2027-03-14',
        '2027-03-28',
        '2027-04-04',
        '2026-07-01',
      ),
      fc.integer({ min: -72 * 60, max: 72 * 60 }),
    )
    .map(([date, offset]) => ms(`${date}T00:00:00Z`) + offset * 60_000);

  it('the next opening is closed just before and open at it, with nothing open between', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const agrees = (hours: OpeningHours, at: number, part: number) => {
      const opens = nextOpening(hours, at);
      const closed = closedSince(hours, at);
      if (isOpen(hours, at)) return opens === null && closed === null;
      const isOpening = (ms: number) =>
        ms > at &&
        isOpen(hours, ms) &&
        !isOpen(hours, ms - 1) &&
        !isOpen(hours, Math.floor(at + (ms - 1 - at) * part)) &&
        openBetween(hours, { fromMs: at, toMs: ms }) === 0;
      const isClosing = (ms: number) =>
        ms <= at &&
        isOpen(hours, ms - 1) &&
        !isOpen(hours, ms) &&
        openBetween(hours, { fromMs: ms, toMs: at }) === 0;
      return (opens === null || isOpening(opens)) && (closed === null || isClosing(closed));
    };
    fc.assert(
      fc.property(anyHours, moment, share, (...drawn) => {
        expect(agrees(...drawn)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('the open time is the sum of the open minutes', () => {
    fc.assert(
      fc.property(anyHours, moment, fc.integer({ min: 0, max: 30 * 60 }), (hours, at, length) => {
        let open = 0;
        for (let minute = 0; minute < length; minute += 15) {
          const fromMs = at + minute * 60_000;
          const toMs = Math.min(fromMs + 15 * 60_000, at + length * 60_000);
          open += openBetween(hours, { fromMs, toMs });
        }
        expect(openBetween(hours, { fromMs: at, toMs: at + length * 60_000 })).toBe(open);
        const isAllOpen = openBetween(hours, { fromMs: at, toMs: at + 1 }) === 1;
        expect(isAllOpen).toBe(isOpen(hours, at));
      }),
      { numRuns: 30 },
    );
  });

  it('on a day when no clock changes, it is open when the wall clock says so', () => {
    const july = fc
      .integer({ min: 0, max: 20 * 24 * 60 })
      .map((n) => ms('2026-07-05T00:00:00Z') + n * 60_000);
    fc.assert(
      fc.property(anyHours, july, (hours, at) => {
        const parts = new Intl.DateTimeFormat('en', {
          timeZone: hours.timeZone,
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        }).formatToParts(at);
        const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
        const time = `${part('hour')}:${part('minute')}`;
        const name = WEEKDAYS.find((one) => one === part('weekday').toLowerCase()) ?? 'mon';
        const open = hours.week[name].some(({ from, to }) => from <= time && time < to);
        expect(isOpen(hours, at)).toBe(open);
      }),
      { numRuns: 200 },
    );
  });

  it('is found with few looks at the platform’s slow calendar, also where there is none', () => {
    const looks = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
    nextOpening(someHours({}), ms('2026-11-22T08:00:00Z'));
    closedSince(someHours({}), ms('2026-11-22T08:00:00Z'));
    expect(looks.mock.calls.length).toBeLessThan(10);
    looks.mockRestore();
  });
});
