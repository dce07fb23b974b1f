/** Notes of a shop's staff on a room. No route and no event shows one to a customer. */
import { ChatError } from '#protocol/errors.ts';
import { MAX_FRAME_BYTES, MAX_NOTES } from '#protocol/limits.ts';
import type { Note, OutgoingNote } from '#protocol/shop/note.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import {
  type Caller,
  causeOf,
  enterRoom,
  type GetHead,
  type Membership,
  requireStaff,
} from '../access.ts';
import { fanOut, type FanOutPorts } from '../fan-out.ts';
import type { Rules } from '../product.ts';
import { toIso } from '../room.ts';
import { type NotePlace, readNoteCursor, writeNoteCursor } from './note-cursor.ts';

export interface NotePorts extends FanOutPorts {
  readonly rooms: { getHead: GetHead };
  readonly notes: {
    /** When an id was first used in a room; null for a new one. */
    timeOf: (roomId: string, noteId: string) => Promise<string | null>;
    /** Remembers when an id was first used. @returns false where it had been */
    claim: (roomId: string, place: NotePlace) => Promise<boolean>;
    /** How many ids a room has, at most `limit`. */
    count: (roomId: string, limit: number) => Promise<number>;
    get: (roomId: string, place: NotePlace) => Promise<Note | null>;
    /** Stores a note where none is. @returns false where one is */
    put: (note: Note) => Promise<boolean>;
    /** The newest first, those before a place; read consistently. */
    list: (roomId: string, page: { before?: NotePlace; limit: number }) => Promise<Note[]>;
    /** Removes a note, then its id; safe to repeat. */
    remove: (roomId: string, place: NotePlace) => Promise<void>;
  };
  readonly rules: Rules;
}

/** The notes on a room, the newest first. @throws ChatError `forbidden`, `not_found`, `invalid` for a bad cursor */
export async function listNotes(
  ports: Pick<NotePorts, 'rooms' | 'notes'>,
  caller: Caller,
  { roomId, limit, cursor }: { roomId: string; limit: number; cursor?: string },
): Promise<{ items: Note[]; next: string | null }> {
  await enterAsStaff(ports, caller, roomId);
  const before = cursor === undefined ? {} : { before: readNoteCursor(cursor) };
  const found = await ports.notes.list(roomId, { ...before, limit: limit + 1 });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return { items, next: hasMore ? writeNoteCursor(last) : null };
}

/**
 * Adds a note once, however often it is tried, and tells the colleagues.
 * @throws ChatError `forbidden`, `not_found`, `invalid`, `too_large` where the room has its fill or no frame can carry
 * the note, `conflict` where the id names another note
 */
export async function addNote(
  ports: NotePorts,
  caller: Caller,
  { roomId, noteId, text }: OutgoingNote & { roomId: string },
): Promise<{ note: Note; isNew: boolean }> {
  const entered = await enterAsStaff(ports, caller, roomId);
  checkLength(ports.rules, text);
  const draft: Note = { noteId, roomId, text, author: authorOf(caller), at: toIso(ports.now()) };
  checkSize(draft);
  const note = { ...draft, at: await timeFor(ports, roomId, noteId) };
  const isNew = await ports.notes.put(note);
  if (!isNew) await checkSame(ports, note);
  // Also for a retry: the first try may have died before it told anybody.
  await tellColleagues(ports, { caller, ...entered }, { event: 'note', note });
  return { note, isNew };
}

/** Deletes an own note; one that is gone stays gone. @throws ChatError `forbidden`, `not_found` for the room */
export async function deleteNote(
  ports: NotePorts,
  caller: Caller,
  { roomId, noteId }: { roomId: string; noteId: string },
): Promise<void> {
  const entered = await enterAsStaff(ports, caller, roomId);
  const at = await ports.notes.timeOf(roomId, noteId);
  if (at !== null) {
    const note = await ports.notes.get(roomId, { noteId, at });
    if (note !== null && note.author.user !== caller.user) {
      throw new ChatError('forbidden', { message: 'Only its author deletes a note.' });
    }
    await ports.notes.remove(roomId, { noteId, at });
  }
  const frame: ServerFrame = { event: 'note.deleted', roomId, noteId };
  await tellColleagues(ports, { caller, ...entered }, frame);
}

async function enterAsStaff(
  { rooms }: Pick<NotePorts, 'rooms'>,
  caller: Caller,
  roomId: string,
): Promise<Membership> {
  // Before the room is looked for: to a customer every room answers alike.
  requireStaff(caller);
  return enterRoom(rooms, caller, roomId);
}

function checkLength({ limits }: Rules, text: string): void {
  if (text.length <= limits.maxTextLength) return;
  const message = `must have at most ${limits.maxTextLength} characters`;
  throw new ChatError('invalid', { errors: [{ path: 'text', message }] });
}

/** Pushed, it would cost the colleagues their sockets. */
function checkSize(note: Note): void {
  const frame: ServerFrame = { event: 'note', note };
  if (Buffer.byteLength(JSON.stringify(frame)) > MAX_FRAME_BYTES) throw new ChatError('too_large');
}

/** The time of an id's first use: a retry then names the very same note. */
async function timeFor({ notes, now }: NotePorts, roomId: string, noteId: string): Promise<string> {
  const known = await notes.timeOf(roomId, noteId);
  if (known !== null) return known;
  // What is added at once may overrun by its own number.
  if ((await notes.count(roomId, MAX_NOTES)) >= MAX_NOTES) {
    throw new ChatError('too_large', { message: `A room keeps at most ${MAX_NOTES} notes.` });
  }
  const at = toIso(now());
  if (await notes.claim(roomId, { noteId, at })) return at;
  return (await notes.timeOf(roomId, noteId)) ?? at;
}

function authorOf({ user, name }: Caller): Note['author'] {
  return { user, name };
}

async function checkSame({ notes }: NotePorts, note: Note): Promise<void> {
  const stored = await notes.get(note.roomId, note);
  // Deleted between the two: the retry came too late to be told from a new note.
  if (stored === null) throw new ChatError('unavailable');
  const isSame = stored.text === note.text && stored.author.user === note.author.user;
  if (!isSame) throw new ChatError('conflict');
}

async function tellColleagues(
  ports: NotePorts,
  { member, caller }: Membership & { caller: Caller },
  frame: ServerFrame,
): Promise<void> {
  await fanOut(ports, [{ member, frames: [frame], skip: causeOf(caller) }]);
}
