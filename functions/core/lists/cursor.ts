/** Where a page of rooms starts, and the opaque text that brings it back. */
import { ChatError } from '#protocol/errors.ts';

import { byLatest, type StoredHead } from '../room.ts';

/** An entry of an index: `rank` is the hour of the last activity, or the time a room entered its lane. */
export interface RankedRoom {
  readonly roomId: string;
  readonly rank: string;
}

/** A walk down an index from the highest rank, or from behind `start`. */
export interface Walk {
  readonly start?: RankedRoom;
  readonly limit: number;
}

/** Where a room stands in a list. */
export interface Place {
  at: string;
  roomId: string;
}

/** Where a page starts: behind an entry of the index, and of what is sorted there behind a room. */
export interface Position {
  start?: RankedRoom;
  after?: Place;
}

/** The place of a room. */
export function placeOf({ lastActivityAt, roomId }: StoredHead): Place {
  return { at: lastActivityAt, roomId };
}

/** True for what comes after a place. */
export function isBelow(head: StoredHead, { at, roomId }: Place): boolean {
  return byLatest({ lastActivityAt: at, roomId }, head) < 0;
}

/** @param list the list's name, so that a cursor is of one list only */
export function writeCursor(list: string, { start, after }: Position): string {
  const fields = [list, start?.rank, start?.roomId, after?.at, after?.roomId];
  return Buffer.from(JSON.stringify(fields.map((field) => field ?? ''))).toString('base64url');
}

const ROOM_ID = /^d-[\w-]{43}$/u;
const RANK = /^\d{4}-\d\d-\d\dT\d\d(:\d\d:\d\d\.\d{3}Z)?$/u;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

/** Only what `writeCursor` can have written for the same list passes. @throws ChatError `invalid` */
export function readCursor(cursor: string, list: string): Position {
  const [name, rank, startId, at, afterId, ...rest] = decodeFields(cursor);
  const start = pair(rank, startId, RANK);
  const after = pair(at, afterId, TIME);
  if (name !== list || rest.length > 0 || start === 'bad' || after === 'bad') throw badCursor();
  const position: Position = {
    ...(start === null ? {} : { start: { rank: start[0], roomId: start[1] } }),
    ...(after === null ? {} : { after: { at: after[0], roomId: after[1] } }),
  };
  if (writeCursor(list, position) !== cursor || (start ?? after) === null) throw badCursor();
  return position;
}

function pair(
  first: unknown,
  second: unknown,
  pattern: RegExp,
): readonly [string, string] | null | 'bad' {
  if (typeof first !== 'string' || typeof second !== 'string') return 'bad';
  if (first === '' && second === '') return null;
  return pattern.test(first) && ROOM_ID.test(second) ? [first, second] : 'bad';
}

function decodeFields(cursor: string): unknown[] {
  try {
    const fields: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(fields) ? fields : [];
  } catch (error) {
    throw badCursor(error);
  }
}

function badCursor(cause?: unknown): ChatError {
  const errors = [{ path: 'cursor', message: 'is not a cursor of this list' }];
  return new ChatError('invalid', { errors }, { cause });
}
