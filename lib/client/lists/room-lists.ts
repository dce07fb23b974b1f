/** The caller's rooms as this client knows them, the lists that show them, and the unread counts. */
import { ChatError } from '#protocol/errors.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';
import type { Mine, Room } from '#protocol/room.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type { RoomList, RoomListState } from '../chat.ts';
import type { Ports } from '../ports.ts';
import type { Requests } from '../wire/requests.ts';
import {
  placeRoom,
  refreshList,
  roomWithMessage,
  roomWithPreview,
  roomWithRead,
  roomWithUpdate,
} from '../state/rooms.ts';
import { RoomHeads } from './room-heads.ts';
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
  readonly #heads: RoomHeads;
  readonly #shelves = new Map<RoomFilter, Shelf>();
  readonly #lists = new Map<RoomFilter, RoomList>();
  readonly #fetching = new Map<string, Promise<Room>>();
  readonly unread: Unread;

  constructor(options: RoomListsOptions) {
    this.#options = options;
    this.unread = new Unread(options);
    const { me, ports } = options;
    const onChange = (before: Room | undefined, after: Room) => this.#change(before, after);
    this.#heads = new RoomHeads({ me, ports, onChange });
  }

  /** A room as last heard of. */
  get(roomId: string): Room | undefined {
    return this.#heads.get(roomId);
  }

  /** The list of a filter; always the same object. */
  list(filter: RoomFilter): RoomList {
    const known = this.#lists.get(filter);
    if (known) return known;
    const shelf: Shelf = { store: createStore(EMPTY_LIST), next: null, loading: null };
    const list: RoomList = {
      filter,
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

  /** Asks for a room; one request at a time for each. @throws ChatError */
  fetch(roomId: string): Promise<Room> {
    const underway = this.#fetching.get(roomId);
    if (underway) return underway;
    const request = this.#options.requests
      .getRoom(roomId)
      .then((room) => this.put(room))
      .finally(() => this.#fetching.delete(roomId));
    this.#fetching.set(roomId, request);
    return request;
  }

  /** Takes over what the server says of a room (see `RoomHeads`). @returns the room as it is shown now */
  put(told: Room, isFirm = false): Room {
    return this.#heads.put(told, isFirm);
  }

  /** Shows marks of mine before the server knows of them. @returns what ends that */
  patch(roomId: string, patch: Partial<Mine>): () => void {
    return this.#heads.patch(roomId, patch);
  }

  /** A change of mine to a message is stored. */
  changed(message: Message): void {
    this.#heads.update(message.roomId, (room) => roomWithPreview(room, message));
  }

  /** Takes over what an event says. */
  apply(frame: ServerFrame): void {
    const me = this.#options.me();
    switch (frame.event) {
      case 'room':
        this.put(frame.room, true);
        break;
      case 'message':
        this.#update(frame.message.roomId, (room) => roomWithMessage(room, frame.message, me));
        break;
      case 'message.updated':
        this.#update(frame.message.roomId, (room) =>
          roomWithUpdate(room, frame.message, frame.changes),
        );
        break;
      case 'read':
        // A mark of a room that nobody looks at is no reason to fetch it.
        this.#heads.update(frame.roomId, (room) => roomWithRead(room, frame, me));
        break;
      case 'ack':
      case 'ok':
      case 'pong':
      case 'error':
      case 'typing':
      case 'presence':
      case 'note':
      case 'note.deleted':
      case 'focus':
      default:
    }
  }

  /** Fetches the first page of every list in use and the counts; for after a reconnect. */
  refresh(): void {
    for (const [filter, shelf] of this.#shelves) {
      if (shelf.store.getState().status !== 'idle') {
        this.#load(filter, shelf).catch(this.#options.onError);
      }
    }
    this.unread.refresh();
  }

  close(): void {
    this.unread.close();
  }

  #update(roomId: string, change: (room: Room) => Room): void {
    if (this.#heads.update(roomId, change) || !this.#isNeeded()) return;
    // A stranger: its head says all, this event included.
    this.fetch(roomId).catch(this.#options.onError);
    this.unread.recountSoon();
  }

  /** Whether anything shows rooms that were not asked for by name. */
  #isNeeded(): boolean {
    return this.#lists.size > 0 || this.unread.store.getState() !== null;
  }

  #change(before: Room | undefined, room: Room): void {
    this.unread.count(before, room);
    for (const [filter, { store }] of this.#shelves) {
      const state = store.getState();
      if (state.status === 'idle') continue;
      const rooms = placeRoom(state.rooms, room, filter);
      if (rooms !== state.rooms) store.set({ ...state, rooms });
    }
    this.#options.onRoom(room);
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
      const items = page.items.map((room) => this.put(room));
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
      await this.fetch(roomId);
    } catch (error) {
      if (error instanceof ChatError && error.code === 'not_found') this.#drop(roomId);
      else this.#options.onError(error);
    }
  }

  #drop(roomId: string): void {
    this.#heads.drop(roomId);
    for (const { store } of this.#shelves.values()) {
      const state = store.getState();
      const rooms = state.rooms.filter((room) => room.roomId !== roomId);
      if (rooms.length < state.rooms.length) store.set({ ...state, rooms });
    }
  }

  #loadMore(filter: RoomFilter, shelf: Shelf): Promise<void> {
    if (shelf.next === null) return Promise.resolve();
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
      const items = page.items.map((room) => this.put(room));
      const state = store.getState();
      const rooms = items.reduce((list, room) => placeRoom(list, room, filter), state.rooms);
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
