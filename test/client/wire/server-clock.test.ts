import { describe, expect, it } from 'vitest';

import { createServerClock } from '#client/wire/server-clock.ts';

const NOON = '2026-11-22T12:00:00.000Z';
const HOUR_MS = 3_600_000;

const later = (ms: number) => new Date(Date.parse(NOON) + ms);

/** What a device shows at noon, whose clock is wrong by so much, after an answer with these headers. */
async function shownAtNoon(
  aheadMs: number,
  headers: Record<string, string>,
): Promise<string | null> {
  const answer = { status: 200, headers: new Headers(headers), text: async () => '' };
  const clock = createServerClock({
    now: () => later(aheadMs).getTime(),
    fetch: async () => answer,
  });
  expect(clock.here(NOON)).toBe(NOON);
  const { signal } = new AbortController();
  const got = await clock.fetch('http://api/v1/rooms', { method: 'GET', headers: {}, signal });
  expect(got).toBe(answer);
  return clock.here(NOON);
}

describe('a time of the server', () => {
  it.each([
    ['hours ahead', 5],
    ['hours behind', -5],
    ['right', 0],
  ])('is told as a clock shows it that is %s', async (_, hours) => {
    const shown = await shownAtNoon(hours * HOUR_MS, { date: later(0).toUTCString() });
    expect(shown).toBe(later(hours * HOUR_MS).toISOString());
  });

  it.each<[string, Record<string, string>]>([
    ['without a date', {}],
    ['with a date that is none', { date: 'noon' }],
    ['from a cache', { date: later(-300_000).toUTCString() }],
  ])('stays as it is after an answer %s', async (_, headers) => {
    expect(await shownAtNoon(0, headers)).toBe(NOON);
  });
});
