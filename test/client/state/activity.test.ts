import { describe, expect, it } from 'vitest';

import {
  liveTyping,
  nextPresenceEndMs,
  presenceAt,
  type PresenceMarks,
  withoutTypist,
  withPresence,
  withTyping,
} from '#client/state/activity.ts';

const ANA = { member: 'vendor:7', name: 'Ana' } as const;
const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const iso = (ms: number) => new Date(ms).toISOString();

describe('typing', () => {
  it('lasts six seconds from the last repetition', () => {
    const begun = withTyping([], { ...ANA, typing: true }, NOW);
    const repeated = withTyping(begun, { ...ANA, typing: true }, NOW + 5_000);
    expect(repeated).toHaveLength(1);
    expect(liveTyping(repeated, NOW + 10_999)).toBe(repeated);
    expect(liveTyping(repeated, NOW + 11_000)).toEqual([]);
  });

  it('ends by an event or a message of that member', () => {
    const begun = withTyping([], { ...ANA, typing: true }, NOW);
    expect(withTyping(begun, { ...ANA, typing: false }, NOW)).toEqual([]);
    expect(withoutTypist(begun, ANA.member)).toEqual([]);
    expect(withoutTypist(begun, 'customer:1')).toBe(begun);
  });
});

describe('presence', () => {
  const online = { online: true, onlineUntil: iso(NOW + 1_000), lastSeenAt: null };

  it.each([
    [undefined, 0, { online: false, lastSeenAt: null }],
    [online, 999, { online: true, lastSeenAt: null }],
    [online, 1_000, { online: false, lastSeenAt: iso(NOW + 1_000) }],
    [
      { ...online, online: false, lastSeenAt: iso(NOW) },
      0,
      { online: false, lastSeenAt: iso(NOW) },
    ],
  ])('of %o after %i ms is %o', (mark, laterMs, expected) => {
    expect(presenceAt(mark, NOW + laterMs)).toEqual(expected);
  });

  it('names the next end, and none when all have ended', () => {
    const later = { ...online, onlineUntil: iso(NOW + 9_000) };
    const marks = withPresence(withPresence(new Map(), 'a', later), 'b', online);
    expect(nextPresenceEndMs(marks, NOW)).toBe(NOW + 1_000);
    expect(nextPresenceEndMs(marks, NOW + 5_000)).toBe(NOW + 9_000);
    expect(nextPresenceEndMs(marks, NOW + 9_000)).toBeNull();
  });

  it('forgets those unheard for longest beyond two thousand', () => {
    let marks: PresenceMarks = new Map();
    for (let count = 0; count <= 2_000; count += 1)
      marks = withPresence(marks, `m${count}`, online);
    expect([marks.size, marks.has('m0'), marks.has('m2000')]).toEqual([2_000, false, true]);
  });
});
