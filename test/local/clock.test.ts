/** Deadlines and the way API Gateway writes a time. */
import { describe, expect, test } from 'vitest';
import { TIMED_OUT, requestTime, systemClock, within } from '../../lib/local/clock.ts';
import { manualClock } from '../support/manual-clock.ts';

describe('within', () => {
  test('answers what the work answers and leaves no timer behind', async () => {
    const clock = manualClock();
    expect(await within(clock, 1000, Promise.resolve('done'))).toBe('done');
    expect(clock.waiting()).toBe(0);
  });

  test('answers TIMED_OUT at the deadline, not before', async () => {
    const clock = manualClock();
    let answer: unknown = 'none yet';
    const waiting = within(clock, 1000, new Promise(() => undefined)).then((a) => (answer = a));
    clock.advance(999);
    await Promise.resolve();
    expect(answer).toBe('none yet');
    clock.advance(1);
    await waiting;
    expect(answer).toBe(TIMED_OUT);
  });

  test('passes a rejection through', async () => {
    await expect(within(manualClock(), 1000, Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
  });
});

test('the system clock calls back once and can be taken back', async () => {
  const called: string[] = [];
  systemClock.after(5, () => called.push('kept'));
  systemClock.after(5, () => called.push('taken back'))();
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(called).toEqual(['kept']);
});

test('a request time reads as in an access log', () => {
  expect(requestTime(Date.UTC(2026, 0, 2, 3, 4, 5))).toBe('02/Jan/2026:03:04:05 +0000');
  expect(requestTime(Date.UTC(2026, 11, 31, 23, 59, 59))).toBe('31/Dec/2026:23:59:59 +0000');
});
