import { describe, expect, it } from 'vitest';

import { colleaguesIn, nextFocusEndMs, withFocus } from '#client/state/colleagues.ts';
import { FOCUS_TTL_MS } from '#protocol/limits.ts';

const gio = { user: 'gio', name: 'Gio', roomId: 'r', replying: false };
const users = (marks: Parameters<typeof colleaguesIn>[0], roomId: string, nowMs: number) =>
  colleaguesIn(marks, roomId, nowMs).map(({ user }) => user);

describe('a colleague', () => {
  it('is in one room at a time', () => {
    const here = withFocus(new Map(), gio, 0);
    expect(users(here, 'r', 0)).toEqual(['gio']);
    const there = withFocus(here, { ...gio, roomId: 's' }, 10);
    expect([users(there, 'r', 10), users(there, 's', 10)]).toEqual([[], ['gio']]);
    expect(withFocus(there, { ...gio, roomId: null }, 20).size).toBe(0);
  });

  it('is gone after the time that one who stays repeats it in', () => {
    const here = withFocus(new Map(), gio, 0);
    expect(users(here, 'r', FOCUS_TTL_MS - 1)).toEqual(['gio']);
    expect(users(here, 'r', FOCUS_TTL_MS)).toEqual([]);
    expect(nextFocusEndMs(here)).toBe(FOCUS_TTL_MS);
    const later = withFocus(here, { ...gio, user: 'ana' }, FOCUS_TTL_MS);
    expect([...later.keys()]).toEqual(['ana']);
    expect(nextFocusEndMs(new Map())).toBeNull();
  });
});
