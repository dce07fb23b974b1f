/** The token bucket. */
import { expect, test } from 'vitest';
import { createTokenBucket } from '../../lib/local/throttle.ts';
import { manualClock } from '../support/manual-clock.ts';

const bucketOf = (ratePerSecond: number, burst: number) => {
  const clock = manualClock();
  const bucket = createTokenBucket({ ratePerSecond, burst }, clock);
  const taken = (tries: number) => Array.from({ length: tries }, () => bucket.take());
  return { clock, countOf: (tries: number) => taken(tries).filter(Boolean).length };
};

test('a full bucket gives its burst and then nothing', () => {
  expect(bucketOf(10, 5).countOf(20)).toBe(5);
});

test('it refills continuously at its rate', () => {
  const { clock, countOf } = bucketOf(10, 5);
  countOf(20);
  clock.advance(99);
  expect(countOf(5)).toBe(0);
  clock.advance(1);
  expect(countOf(5)).toBe(1);
  clock.advance(250);
  expect(countOf(5)).toBe(2);
});

test('it never saves more than its burst', () => {
  const { clock, countOf } = bucketOf(10, 5);
  clock.advance(60_000);
  expect(countOf(20)).toBe(5);
});
