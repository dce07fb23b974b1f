/** The cursor of a list of notes: the last one shown. */
import { ChatError } from '#protocol/errors.ts';
import { UUID_PATTERN } from '#protocol/ids.ts';

/** Where a note stands: by its time, then its id. */
export interface NotePlace {
  readonly noteId: string;
  readonly at: string;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

/** The opaque text of a place. */
export function writeNoteCursor({ at, noteId }: NotePlace): string {
  return Buffer.from(`${at} ${noteId}`).toString('base64url');
}

/** Only what `writeNoteCursor` can have written passes. @throws ChatError `invalid` */
export function readNoteCursor(cursor: string): NotePlace {
  const [at = '', noteId = '', ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const place = { at, noteId };
  const isOne = rest.length === 0 && TIME.test(at) && UUID_PATTERN.test(noteId);
  if (isOne && writeNoteCursor(place) === cursor) return place;
  const errors = [{ path: 'cursor', message: 'is not a cursor of this list' }];
  throw new ChatError('invalid', { errors });
}
