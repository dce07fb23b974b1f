/** What is private to a side, in memory: notes and marks, with the same conditions as in the real table. */
import type { StoredMine } from '#core/room.ts';
import type { MineChange } from '#core/staff/mine.ts';
import type { NotePlace } from '#core/staff/note-cursor.ts';
import type { Note } from '#protocol/shop/note.ts';
import type { NoteStore } from '#store/notes.ts';

/** The notes of all rooms, by room and note id. */
export class FakeNotes {
  /** When an id was first used. */
  readonly times = new Map<string, string>();
  readonly notes = new Map<string, Note>();
}

/** Changes attribute by attribute. */
export function applyMine(
  mines: Map<string, StoredMine>,
  key: string,
  { muted, labels, assignee }: MineChange,
): void {
  const mine = { ...mines.get(key) };
  if (muted === true) mine.muted = true;
  else if (muted === false) delete mine.muted;
  if (labels !== undefined) mine.labels = labels;
  if (assignee === null) delete mine.assignee;
  else if (assignee !== undefined) mine.assignee = assignee;
  mines.set(key, mine);
}

/** @param request runs one request; see fake-store.ts */
export function fakeNotes(
  { notes, times }: FakeNotes,
  request: <T>(work: () => T) => Promise<T>,
): NoteStore {
  const keyOfNote = (roomId: string, noteId: string) => `${roomId} ${noteId}`;
  const place = ({ at, noteId }: NotePlace) => `${at} ${noteId}`;
  return {
    timeOf: (roomId, noteId) => request(() => times.get(keyOfNote(roomId, noteId)) ?? null),
    claim: (roomId, { noteId, at }) =>
      request(() => {
        if (times.has(keyOfNote(roomId, noteId))) return false;
        times.set(keyOfNote(roomId, noteId), at);
        return true;
      }),
    count: (roomId, limit) =>
      request(() => {
        const own = [...times.keys()].filter((key) => key.startsWith(`${roomId} `));
        return Math.min(own.length, limit);
      }),
    get: (roomId, { noteId }) => request(() => notes.get(keyOfNote(roomId, noteId)) ?? null),
    put: (note) =>
      request(() => {
        const key = keyOfNote(note.roomId, note.noteId);
        if (notes.has(key)) return false;
        notes.set(key, note);
        return true;
      }),
    list: (roomId, { before, limit }) =>
      request(() =>
        [...notes.values()]
          .filter((note) => note.roomId === roomId)
          .filter((note) => before === undefined || place(note) < place(before))
          .toSorted((a, b) => (place(a) > place(b) ? -1 : 1))
          .slice(0, limit),
      ),
    remove: (roomId, { noteId }) =>
      request(() => {
        notes.delete(keyOfNote(roomId, noteId));
        times.delete(keyOfNote(roomId, noteId));
      }),
  };
}
