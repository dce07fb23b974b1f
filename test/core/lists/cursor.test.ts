/** Cursors of rooms: what was written is read, by the same list only. */
import { describe, expect, it } from 'vitest';

import { isBelow, placeOf, readCursor, writeCursor } from '#core/lists/cursor.ts';

import { aHead } from '../../support/builders.ts';

const head = aHead({ lastActivityAt: '2026-11-22T16:00:00.000Z' });
const { roomId } = head;

describe('a cursor', () => {
  it.each([
    { start: { rank: '2026-11-22T16', roomId } },
    { start: { rank: '2026-11-22T16:00:00.000Z', roomId } },
    { after: placeOf(head) },
    { start: { rank: '2026-11-22T16', roomId }, after: placeOf(head) },
  ])('brings %o back', (position) => {
    const cursor = writeCursor('vendor-all', position);
    expect(readCursor(cursor, 'vendor-all')).toEqual(position);
    expect(() => readCursor(cursor, 'vendor-closed')).toThrow();
    expect(() => readCursor(`${cursor}=`, 'vendor-all')).toThrow();
  });

  it.each([
    ['nothing', {}],
    ['another’s key', { start: { rank: '2026-11-22T16', roomId: 'x' } }],
    ['no rank', { start: { rank: 'z', roomId } }],
    ['no time', { after: { at: '2026', roomId } }],
  ])('with %s is invalid', (_name, position) => {
    const cursor = writeCursor('vendor-all', position);
    const read = () => readCursor(cursor, 'vendor-all');
    expect(read).toThrow(expect.objectContaining({ code: 'invalid' }));
  });
});

it('tells what comes after a place', () => {
  const place = placeOf(head);
  expect(isBelow({ ...head, lastActivityAt: '2026-11-22T15:59:59.999Z' }, place)).toBe(true);
  expect(isBelow(head, place)).toBe(false);
});
