/** The cursor of notes: what was written is read, and nothing else. */
import { randomUUID } from 'node:crypto';

import { expect, it } from 'vitest';

import { readNoteCursor, writeNoteCursor } from '#core/staff/note-cursor.ts';

const place = { at: '2026-11-22T16:00:00.000Z', noteId: randomUUID() };
const encode = (text: string) => Buffer.from(text).toString('base64url');

it('brings a place back', () => {
  expect(readNoteCursor(writeNoteCursor(place))).toEqual(place);
});

it.each([
  '',
  'x',
  '%%%',
  encode(`${place.at} x`),
  encode(`2026 ${place.noteId}`),
  encode(`${place.at} ${place.noteId} more`),
  `${writeNoteCursor(place)}=`,
])('refuses the forged %s', (cursor) => {
  expect(() => readNoteCursor(cursor)).toThrow(expect.objectContaining({ code: 'invalid' }));
});
