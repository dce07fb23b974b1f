import { describe, expect, it } from 'vitest';

import { failuresOf, Synchroniser } from '#client/wire/synchroniser.ts';
import { ChatError } from '#protocol/errors.ts';

import { FakeClock } from '../../support/fake-ports.ts';

/** A synchroniser whose looks turn out as the list says, and well after it. */
function setUp(outcomes: (readonly unknown[])[] = []) {
  const clock = new FakeClock();
  const looksMs: number[] = [];
  const errors: unknown[] = [];
  const startMs = clock.nowMs;
  const synchroniser = new Synchroniser({
    ports: { after: clock.after, random: () => 0.5 },
    look: () => {
      looksMs.push(clock.nowMs - startMs);
      return Promise.resolve(outcomes.shift() ?? []);
    },
    onError: (error) => errors.push(error),
  });
  return { clock, looksMs, errors, synchroniser };
}

const passing = new ChatError('unavailable');

describe('a synchroniser', () => {
  it.each([
    [1, [0]],
    [2, [0, 2_250]],
  ] as const)('looks %i times when all goes well', async (looks, expected) => {
    const { clock, looksMs, synchroniser } = setUp();
    synchroniser.begin(looks);
    await clock.advance(600_000);
    expect(looksMs).toEqual(expected);
  });

  it('tries what fails until it succeeds, ever more rarely, and only then looks the second time', async () => {
    const { clock, looksMs, errors, synchroniser } = setUp(
      Array.from({ length: 7 }, () => [passing]),
    );
    synchroniser.begin(2);
    await clock.advance(600_000);
    expect(looksMs).toHaveLength(9);
    const pausesMs = looksMs.slice(1).map((ms, at) => ms - (looksMs[at] ?? 0));
    expect(pausesMs).toEqual([600, 1_100, 2_100, 4_100, 8_100, 15_100, 15_100, 2_250]);
    expect(errors).toHaveLength(7);
  });

  it('waits as long as a rate limit says', async () => {
    const { clock, looksMs, synchroniser } = setUp([
      [passing, new ChatError('rate_limited', { retryAfter: 20 })],
    ]);
    synchroniser.begin(1);
    await clock.advance(600_000);
    expect(looksMs).toEqual([0, 20_000]);
  });

  it('does not try again what was refused for good', async () => {
    const { clock, looksMs, errors, synchroniser } = setUp([[new ChatError('not_found')]]);
    synchroniser.begin(1);
    await clock.advance(600_000);
    expect([looksMs, errors]).toEqual([[0], [expect.objectContaining({ code: 'not_found' })]]);
  });

  it('ends with what it was begun for, also in the middle of a look', async () => {
    const { clock, looksMs, errors, synchroniser } = setUp([[passing], [passing]]);
    synchroniser.begin(2);
    synchroniser.stop();
    await clock.advance(600_000);
    expect([looksMs, errors]).toEqual([[0], []]);
    synchroniser.begin(2);
    await clock.advance(100);
    synchroniser.stop();
    await clock.advance(600_000);
    expect(looksMs).toHaveLength(2);
  });

  it('begins anew instead of twice', async () => {
    const { clock, looksMs, synchroniser } = setUp([[passing]]);
    synchroniser.begin(2);
    synchroniser.begin(1);
    await clock.advance(600_000);
    expect(looksMs).toEqual([0, 0]);
  });
});

describe('failuresOf', () => {
  it('waits for all and names what failed', async () => {
    const reason = new Error('no');
    expect(await failuresOf([Promise.resolve(1), Promise.reject(reason)])).toEqual([reason]);
  });
});
