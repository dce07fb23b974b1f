/** The staff's notes on one room: loaded when somebody looks, kept whole by events, mine shown at once. */
import { ChatError } from '#protocol/errors.ts';
import type { Note } from '#protocol/shop/note.ts';

import type { OptimisticChange } from '../chat.ts';
import type { NotesState, RoomNote, RoomNotes } from '../conversation.ts';
import type { Ports } from '../ports.ts';
import type { StaffRequests } from '../wire/staff-requests.ts';
import { asChatError, type Retries } from '../retry.ts';
import { cleanText } from '../room/drafts.ts';
import { createStore } from '../store.ts';

/** How many deleted notes are remembered: the push of a note may come behind that of its deletion. */
const MAX_GONE = 500;

export interface NotesOptions {
  readonly roomId: string;
  readonly requests: Pick<StaffRequests, 'listNotes' | 'addNote' | 'deleteNote'>;
  readonly retries: Pick<Retries, 'run'>;
  readonly ports: Pick<Ports, 'now' | 'newId'>;
  /** Who I am as an author. */
  readonly me: () => { readonly user: string; readonly name: string };
  readonly onRollback: (change: OptimisticChange, error: ChatError) => void;
}

/** The notes of one room. */
export class Notes implements RoomNotes {
  readonly #options: NotesOptions;
  readonly #store = createStore<NotesState>({
    notes: [],
    status: 'idle',
    error: null,
    hasMore: false,
  });
  readonly #gone = new Set<string>();
  #known: ReadonlyMap<string, RoomNote> = new Map();
  /** Mine that are to go, and are not shown. */
  #hidden: readonly string[] = [];
  #next: string | null = null;
  #loading: Promise<void> | null = null;

  constructor(options: NotesOptions) {
    this.#options = options;
  }

  readonly initial = this.#store.initial;

  readonly getState = (): NotesState => this.#store.getState();

  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  readonly load = (): Promise<void> => this.#once(() => this.#fetch(null));

  readonly loadMore = (): Promise<void> =>
    this.#next === null ? Promise.resolve() : this.#once(() => this.#fetch(this.#next));

  readonly add = async (text: string): Promise<void> => {
    const { ports, requests, retries, roomId, me } = this.#options;
    const note = { noteId: ports.newId(), text: cleanText(text) };
    const at = new Date(ports.now()).toISOString();
    this.#put({ ...note, roomId, author: me(), at, isSaving: true });
    try {
      const stored = await retries.run(() => requests.addNote(roomId, note));
      this.#put({ ...stored, isSaving: false });
    } catch (error) {
      this.#delete(note.noteId);
      throw this.#rolledBack(error);
    }
  };

  readonly remove = async (noteId: string): Promise<void> => {
    const { requests, retries, roomId } = this.#options;
    this.#hide([...this.#hidden, noteId]);
    try {
      await retries.run(() => requests.deleteNote(roomId, noteId)).catch(unlessGone);
      this.removed(noteId);
    } catch (error) {
      throw this.#rolledBack(error);
    } finally {
      this.#hide(this.#hidden.filter((hidden) => hidden !== noteId));
    }
  };

  /** A colleague noted something. */
  added(note: Note): void {
    if (!this.#gone.has(note.noteId)) this.#put({ ...note, isSaving: false });
  }

  /** A note is gone for good. */
  removed(noteId: string): void {
    this.#gone.add(noteId);
    const [oldest] = this.#gone;
    if (this.#gone.size > MAX_GONE && oldest !== undefined) this.#gone.delete(oldest);
    this.#delete(noteId);
  }

  /** Live again after a pause: what was missed is on the first page. */
  synchronise(): Promise<void> {
    return this.getState().status === 'idle' ? Promise.resolve() : this.load();
  }

  #once(run: () => Promise<void>): Promise<void> {
    this.#loading ??= run().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #fetch(cursor: string | null): Promise<void> {
    const { status } = this.getState();
    const before = this.#known;
    if (status !== 'ready') this.#show({ status: 'loading', error: null });
    try {
      const page = await this.#options.requests.listNotes(this.#options.roomId, cursor);
      const told = page.items.filter(({ noteId }) => !this.#gone.has(noteId));
      // A first page begins anew: what it does not show may be gone, unless it is newer than the question.
      const stays = (note: RoomNote) =>
        cursor !== null || note.isSaving || !before.has(note.noteId);
      const kept = [...this.#known.values()].filter(stays);
      const notes = [...kept, ...told.map((note) => ({ ...note, isSaving: false }))];
      this.#known = new Map(notes.map((note) => [note.noteId, note]));
      this.#next = page.next;
      this.#show({ status: 'ready', error: null });
    } catch (error) {
      const reason = asChatError(error);
      this.#show({ status: status === 'ready' ? 'ready' : 'failed', error: reason });
      throw reason;
    }
  }

  #put(note: RoomNote): void {
    this.#known = new Map([...this.#known, [note.noteId, note]]);
    this.#show({});
  }

  #delete(noteId: string): void {
    this.#known = new Map([...this.#known].filter(([known]) => known !== noteId));
    this.#show({});
  }

  #hide(noteIds: readonly string[]): void {
    this.#hidden = noteIds;
    this.#show({});
  }

  #rolledBack(error: unknown): ChatError {
    const reason = asChatError(error);
    this.#options.onRollback({ type: 'note' }, reason);
    return reason;
  }

  #show(change: Partial<NotesState>): void {
    const notes = [...this.#known.values()]
      .filter(({ noteId }) => !this.#hidden.includes(noteId))
      .toSorted((a, b) => b.at.localeCompare(a.at) || b.noteId.localeCompare(a.noteId));
    const hasMore = this.#next !== null;
    this.#store.set({ ...this.getState(), notes, hasMore, ...change });
  }
}

/** Somebody was faster: it is gone all the same. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ChatError) || error.code !== 'not_found') throw error;
}
