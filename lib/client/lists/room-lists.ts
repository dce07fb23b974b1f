/** The lists of the caller's rooms, and the unread counts, kept by what the rooms turn into. */
import { ChatError } from '#protocol/errors.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Member } from '#protocol/ids.ts';
import type { Room } from '#protocol/room.ts';

import type { RoomList, RoomListState } from '../chat.ts';
import type { Ports } from '../ports.ts';
import type { Requests } from '../wire/requests.ts';
import { appendPage, insertRoom, placeRoom, refreshList } from '../state/rooms.ts';
import { KnownRooms } from './known-rooms.ts';
import { Questions } from './questions.ts';
import { Unread } from './unread.ts';
import { createStore, keepItems, type WritableStore } from '../store.ts';

export interface RoomListsOptions {
  readonly requests: Pick<Requests, 'listRooms' | 'getRoom' | 'countUnread'>;
  readonly me: () => Member | null;
  readonly ports: Pick<Ports, 'after' | 'now'>;
  /** Keeps the presence in the rooms of a list known. @returns what ends that */
  readonly watchPresence: (rooms: () => readonly Room[]) => () => void;
  /** A room is known anew or otherwise than before. */
  readonly onRoom: (room: Room) => void;
  readonly onError: (error: unknown) => void;
}

/** A list and what its owner keeps about it. */
interface Shelf {
  readonly store: WritableStore<RoomListState>;
  next: string | null;
  loading: Promise<void> | null;
}

const EMPTY_LIST: RoomListState = {
  rooms: [],
  status: 'idle',
  error: null,
  hasMore: false,
  isLoadingMore: false,
};

/** The rooms of one user. */
export class RoomLists {
  readonly #options: RoomListsOptions;
  readonly known: KnownRooms;
  readonly #shelves = new Map<RoomFilter, Shelf>();
  readonly #lists = new Map<RoomFilter, RoomList>();
  readonly #questions = new Questions();
  readonly unread: Unread;

  constructor(options: RoomListsOptions) {
    this.#options = options;
    const isWaiting = (room: Room) => this.#questions.isShown(room, 'waiting');
    this.unread = new Unread({ ...options, isWaiting });
    this.known = new KnownRooms({
      ...options,
      onChange: (before, after) => this.#change(before, after),
      onStranger: (roomId) => this.#meet(roomId),
      onUncounted: () => this.unread.recountSoon(),
    });
  }

  /** The list of a filter; always the same object. */
  list(filter: RoomFilter): RoomList {
    const known = this.#lists.get(filter);
    if (known) return known;
    const shelf: Shelf = { store: createStore(EMPTY_LIST), next: null, loading: null };
    const list: RoomList = {
      filter,
      initial: EMPTY_LIST,
      getState: shelf.store.getState,
      subscribe: shelf.store.subscribe,
      load: () => this.#load(filter, shelf),
      loadMore: () => this.#loadMore(filter, shelf),
      watch: () => this.#options.watchPresence(() => shelf.store.getState().rooms),
    };
    this.#shelves.set(filter, shelf);
    this.#lists.set(filter, list);
    return list;
  }

  /** Fetches the first page of every list in use and the counts; for after a reconnect. @returns what may fail */
  refresh(): Promise<void>[] {
    const used = [...this.#shelves].filter(([, { store }]) => store.getState().status !== 'idle');
    return [...used.map(([filter, shelf]) => this.#load(filter, shelf)), this.unread.refresh()];
  }

  close(): void {
    this.unread.close();
  }

  /** Somebody else's device, or another tab, began it. */
  #meet(roomId: string): void {
    if (!this.#isNeeded()) return;
    this.known.fetch(roomId).catch(this.#options.onError);
    this.unread.recountSoon();
  }

  /** Whether anything shows rooms that were not asked for by name. */
  #isNeeded(): boolean {
    return this.#lists.size > 0 || this.unread.store.getState() !== null;
  }

  #change(before: Room | undefined, room: Room): void {
    this.#questions.hear(room);
    this.unread.count(before, room);
    for (const [filter, { store }] of this.#shelves) {
      const state = store.getState();
      if (state.status === 'idle') continue;
      const place = before === undefined ? insertRoom : placeRoom;
      const rooms = place(state.rooms, room, this.#questions.isShown(room, filter));
      if (rooms !== state.rooms) store.set({ ...state, rooms });
    }
    this.#options.onRoom(room);
  }

  /** A page of a list as its rooms are known now. */
  #take(page: readonly Room[], filter: RoomFilter): readonly Room[] {
    const items = page.map((room) => this.known.put(room));
    if (filter === 'waiting') for (const room of items) this.#questions.listed(room);
    return items;
  }

  #load(filter: RoomFilter, shelf: Shelf): Promise<void> {
    shelf.loading ??= this.#fetchFirst(filter, shelf).finally(() => {
      shelf.loading = null;
    });
    return shelf.loading;
  }

  async #fetchFirst(filter: RoomFilter, shelf: Shelf): Promise<void> {
    const { store } = shelf;
    const isFirst = store.getState().status !== 'ready';
    if (isFirst) store.set({ ...store.getState(), status: 'loading', error: null });
    try {
      const page = await this.#options.requests.listRooms(filter, null);
      const items = this.#take(page.items, filter);
      const state = store.getState();
      const endsAt = page.items.at(-1)?.lastActivityAt ?? null;
      const fresh = refreshList(state.rooms, { items, endsAt, next: page.next }, filter);
      if (isFirst || !fresh.keepsBelow) shelf.next = page.next;
      const rooms = keepItems(state.rooms, fresh.rooms);
      store.set({ ...state, status: 'ready', error: null, rooms, hasMore: shelf.next !== null });
      for (const { roomId } of fresh.doubtful) void this.#verify(roomId);
    } catch (error) {
      const status = isFirst ? 'failed' : 'ready';
      store.set({ ...store.getState(), status, error: error instanceof ChatError ? error : null });
      throw error;
    }
  }

  /** Its own answer places a room that a page lacks, or drops it. */
  async #verify(roomId: string): Promise<void> {
    try {
      await this.known.fetch(roomId);
    } catch (error) {
      if (error instanceof ChatError && error.code === 'not_found') this.#drop(roomId);
      else this.#options.onError(error);
    }
  }

  #drop(roomId: string): void {
    this.known.drop(roomId);
    for (const { store } of this.#shelves.values()) {
      const state = store.getState();
      const rooms = state.rooms.filter((room) => room.roomId !== roomId);
      if (rooms.length < state.rooms.length) store.set({ ...state, rooms });
    }
  }

  #loadMore(filter: RoomFilter, shelf: Shelf): Promise<void> {
    if (shelf.next === null) return Promise.resolve();
    // The first page is being fetched again, which may change what comes next: this one waits for it.
    if (shelf.loading && !shelf.store.getState().isLoadingMore) {
      return shelf.loading.catch(() => {}).then(() => this.#loadMore(filter, shelf));
    }
    shelf.loading ??= this.#fetchMore(filter, shelf, shelf.next).finally(() => {
      shelf.loading = null;
    });
    return shelf.loading;
  }

  async #fetchMore(filter: RoomFilter, shelf: Shelf, cursor: string): Promise<void> {
    const { store } = shelf;
    store.set({ ...store.getState(), isLoadingMore: true });
    try {
      const page = await this.#options.requests.listRooms(filter, cursor);
      shelf.next = page.next;
      const items = this.#take(page.items, filter);
      const state = store.getState();
      const rooms = appendPage(state.rooms, items, filter);
      store.set({ ...state, rooms, hasMore: shelf.next !== null, error: null });
    } catch (error) {
      const reason = error instanceof ChatError ? error : null;
      store.set({ ...store.getState(), error: reason });
      throw error;
    } finally {
      store.set({ ...store.getState(), isLoadingMore: false });
    }
  }
}
