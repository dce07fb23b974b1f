/** Key strings. */
import { expect, it } from 'vitest';

import {
  bucketKey,
  laneKey,
  laneName,
  mineKey,
  NOTE_PREFIX,
  noteIdKey,
  noteKey,
  suspensionKey,
} from '#store/keys.ts';

it('names a lane by its vendor, and reads the name back whatever the vendor is called', () => {
  expect(laneKey('vendor:7', 'attention')).toBe('vendor:7#attention');
  for (const name of ['attention', 'closed', 'closed-unread'] as const) {
    expect(laneName(laneKey('vendor:#closed#attention', name))).toBe(name);
  }
});

it('puts a time into its hour, in order', () => {
  expect(bucketKey('2026-11-22T16:59:59.999Z')).toBe('2026-11-22T16');
  expect(bucketKey('2026-11-22T09:00:00.000Z') < bucketKey('2026-11-22T10:00:00.000Z')).toBe(true);
});

it('keeps a side’s own apart from notes, and notes in the order of time apart from their ids', () => {
  const [early, late] = ['2026-11-22T09:59:59.999Z', '2026-11-22T10:00:00.000Z'] as const;
  expect(noteKey({ at: early, noteId: 'f' }) < noteKey({ at: late, noteId: '0' })).toBe(true);
  expect(noteIdKey('0').startsWith(NOTE_PREFIX)).toBe(false);
  expect(mineKey('vendor:note#7')).toBe('for#vendor:note#7');
});

it('keeps the suspension of a side apart from that of any of its users', () => {
  const keys = [null, '', 'ana', 'suspension'].map(suspensionKey);
  expect(new Set(keys).size).toBe(keys.length);
});
