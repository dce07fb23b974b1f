/** The quota that one time stamp holds. */
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { messageRate, takeFrom, takeOne } from '#core/flood.ts';
import { DEFAULT_LIMITS } from '#protocol/limits.ts';

const rate = { count: 20, windowMs: 10_000 };
const NOW = 1_790_000_000_000;

/** How many of some tries at given times pass. */
function passed(times: number[], limit = rate): number[] {
  let fullAt = 0;
  return times.filter((at) => {
    try {
      fullAt = takeOne(limit, fullAt, at);
      return true;
    } catch {
      return false;
    }
  });
}

it('lets exactly the burst through at once', () => {
  expect(passed(Array.from({ length: 100 }, () => NOW))).toHaveLength(20);
});

it.each([1, 3, 7, 30, 1_000])('lets %i through whatever fractions they make', (count) => {
  const limit = { count, windowMs: 10_000 };
  const tries = Array.from({ length: count + 1 }, () => NOW);
  expect(passed(tries, limit)).toHaveLength(count);
});

it('says how long to wait, in whole seconds', () => {
  const full = NOW + 10_000;
  expect(() => takeOne(rate, full, NOW)).toThrow(expect.objectContaining({ code: 'rate_limited' }));
  expect(() => takeOne({ count: 1, windowMs: 10_000 }, NOW + 9_500, NOW)).toThrow(
    expect.objectContaining({ details: { retryAfter: 10 } }),
  );
});

it('never lets more than a burst and a rate through in any window', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2_000), { maxLength: 120 }), (gaps) => {
      let at = NOW;
      const times = passed(gaps.map((gap) => (at += gap)));
      for (const [index, start] of times.entries()) {
        const inWindow = times.slice(index).filter((time) => time < start + 10_000);
        expect(inWindow.length).toBeLessThanOrEqual(40);
      }
    }),
  );
});

it('is of 10 seconds for what a member writes in a room', () => {
  expect(messageRate({ ...DEFAULT_LIMITS, messagesPer10Seconds: 7 })).toEqual({
    count: 7,
    windowMs: 10_000,
  });
});

it('is unavailable where others are faster every time', async () => {
  let reads = 0;
  const contested = {
    read: async () => (reads += 1),
    move: async () => false,
  };
  await expect(takeFrom(contested, rate, () => NOW)).rejects.toThrow(
    expect.objectContaining({ code: 'unavailable' }),
  );
  expect(reads).toBe(20);
});

it('is enough for twenty at once, of whom one wins each round', async () => {
  let fullAtMs = 0;
  const quota = {
    read: async () => fullAtMs,
    move: async ({ from, to }: { from: number; to: number }) => {
      // Everybody has read before anybody writes.
      await new Promise((resolve) => setImmediate(resolve));
      if (fullAtMs !== from) return false;
      fullAtMs = to;
      return true;
    },
  };
  const all = Array.from({ length: 20 }, () =>
    takeFrom(quota, { count: 300, windowMs: 3_600_000 }, () => 1_000),
  );
  expect((await Promise.allSettled(all)).filter(({ status }) => status === 'rejected')).toEqual([]);
  expect(fullAtMs).toBe(1_000 + 20 * 12_000);
});
