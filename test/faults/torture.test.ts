/** A small choice of `npm run torture`: every bad day for a moment, with fixed seeds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { describeFinding } from './checker/finding.ts';
import { runRound } from './torture/round.ts';
import { openStand, type Stand } from './torture/stand.ts';
import { DAYS } from './torture/weathers.ts';

const DEEDS = 64;
const BLACKOUT_MS = 3_000;

let stand: Stand;

beforeAll(async () => {
  stand = await openStand();
}, 240_000);

afterAll(async () => {
  await stand.stop();
});

describe('on a bad day', () => {
  it.each(DAYS.map((day, seed) => [day.name, day, seed + 1] as const))(
    'nothing is lost, doubled or told wrongly: %s',
    async (_, { blackoutMs, ...day }, seed) => {
      const brief = {
        ...day,
        // so few invocations would meet hardly any
        weather: { ...day.weather, slowStarts: 0.02 },
        rooms: Math.min(day.rooms, 2),
        ...(blackoutMs && { blackoutMs: BLACKOUT_MS }),
      };
      const round = await runRound({ stand, seed, day: brief, deeds: DEEDS });
      expect(round.findings.map((finding) => describeFinding(seed, finding))).toEqual([]);
      expect(round.stored).toBeGreaterThan(DEEDS / 4);
    },
    120_000,
  );

  it('faults of every kind have come', () => {
    const database = ['throttled', 'answer lost', 'server error', 'slow', 'conflict'];
    const around = ['push failed', 'slow start', 'farewell lost', 'farewell late'];
    expect([...stand.sky.counts.keys()]).toEqual(expect.arrayContaining([...database, ...around]));
  });
});
