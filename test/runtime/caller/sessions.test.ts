/** The rate of frames, and when a socket's row is due. */
import { describe, expect, it } from 'vitest';

import { Sessions } from '#runtime/caller/sessions.ts';

const MINUTE = 60_000;

describe('takeFrame', () => {
  it('lets a quota through at once and refuses the next with the seconds to wait', () => {
    const sessions = new Sessions(30);
    for (let frame = 0; frame < 30; frame += 1) sessions.takeFrame('a', 1_000);
    expect(() => sessions.takeFrame('a', 1_000)).toThrow(
      expect.objectContaining({ code: 'rate_limited', details: { retryAfter: 1 } }),
    );
    expect(() => sessions.takeFrame('b', 1_000)).not.toThrow();
    expect(() => sessions.takeFrame('a', 11_001)).not.toThrow();
  });

  it('is worn out by the third strike, and forgives once the quota is whole', () => {
    const sessions = new Sessions(1);
    const strike = () => {
      try {
        sessions.takeFrame('a', 1_000);
      } catch {
        // That is the strike.
      }
    };
    strike();
    strike();
    strike();
    expect(sessions.isWornOut('a')).toBe(false);
    strike();
    expect(sessions.isWornOut('a')).toBe(true);
    sessions.takeFrame('a', 20_000);
    expect(sessions.isWornOut('a')).toBe(false);
  });

  it('forgets the oldest socket rather than growing without end', () => {
    const sessions = new Sessions(1);
    sessions.takeFrame('first', 1_000);
    for (let other = 0; other < 10_000; other += 1) sessions.takeFrame(`s${other}`, 1_000);
    expect(() => sessions.takeFrame('first', 1_000)).not.toThrow();
  });
});

describe('needsRenewal', () => {
  it('asks for an unknown socket and for one whose row ends within 11 minutes', () => {
    const sessions = new Sessions(1);
    const isDue = (nowMs: number, tokenEndsAtMs = 60 * MINUTE) =>
      sessions.needsRenewal('a', { nowMs, tokenEndsAtMs });
    expect(isDue(0)).toBe(true);
    sessions.renewed('a', 15 * MINUTE);
    expect(isDue(4 * MINUTE)).toBe(false);
    expect(isDue(4 * MINUTE + 1)).toBe(true);
    // Its row lasts as long as its token: every frame of its last minutes would ask in vain.
    expect(isDue(14 * MINUTE, 15 * MINUTE)).toBe(false);
  });
});
