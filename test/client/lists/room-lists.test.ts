import { beforeEach, describe, expect, it } from 'vitest';

import type { RoomPage } from '#client/wire/requests.ts';
import { RoomLists, type RoomListsOptions } from '#client/lists/room-lists.ts';
import { asMessage } from '#client/state/view.ts';
import { ChatError } from '#protocol/errors.ts';
import type { Message } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

import { FakeClock, settled } from '../../support/fake-ports.ts';

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

const ME = 'vendor:7';
const at = (minute: number) => `2026-11-22T12:${String(minute).padStart(2, '0')}:00.000Z`;

function aRoom(minute: number, change: Partial<Room> = {}): Room {
  return {
    roomId: `r${minute}`,
    kind: 'direct',
    title: null,
    members: [],
    status: 'open',
    seq: 1,
    changes: 0,
    read: { [ME]: 1 },
    delivered: {},
    unread: 0,
    lastMessage: { seq: 1, type: 'text', preview: 'one', sender: ME, at: at(minute) },
    mine: { muted: false, markedUnread: false, labels: [], assignee: null },
    createdAt: at(0),
    lastActivityAt: at(minute),
    ...change,
  };
}

function aQuestion(roomId: string, seq: number, minute: number): Message {
  const message = { id: `id-${seq}`, type: 'text', text: 'question' } as const;
  const entry = { roomId, message, queuedAt: at(minute), after: null, failure: null };
  return asMessage(entry, { member: 'customer:42', name: 'Nino' }, { seq, at: at(minute) });
}

let pages: Record<string, RoomPage | ChatError>;
let rooms: Record<string, Room>;
let asked: string[];
let errors: unknown[];
let requests: Mutable<RoomListsOptions['requests']>;
let clock: FakeClock;
let lists: RoomLists;

beforeEach(() => {
  pages = { first: { items: [aRoom(9), aRoom(8)], next: 'second' } };
  rooms = {};
  clock = new FakeClock();
  asked = [];
  errors = [];
  const answer = <T>(name: string, value: T | ChatError | undefined): T => {
    asked.push(name);
    if (value instanceof ChatError) throw value;
    if (value === undefined) throw new ChatError('not_found');
    return value;
  };
  requests = {
    listRooms: async (_, cursor) => answer(cursor ?? 'first', pages[cursor ?? 'first']),
    getRoom: async (roomId) => answer(roomId, rooms[roomId]),
    countUnread: async () => answer('unread', { rooms: 1, messages: 2 }),
  };
  lists = new RoomLists({
    requests,
    me: () => ME,
    ports: clock,
    watchPresence: () => () => {},
    onRoom: () => {},
    onError: (error) => errors.push(error),
  });
});

const shown = () =>
  lists
    .list('all')
    .getState()
    .rooms.map(({ roomId }) => roomId);

describe('a list', () => {
  it('is the same object for the same filter, and loads page after page', async () => {
    const list = lists.list('all');
    expect(lists.list('all')).toBe(list);
    expect(list.getState().status).toBe('idle');
    pages.second = { items: [aRoom(7)], next: null };
    await list.load();
    expect(list.getState()).toMatchObject({ status: 'ready', hasMore: true });
    await list.loadMore();
    await list.loadMore();
    expect(shown()).toEqual(['r9', 'r8', 'r7']);
    expect(list.getState()).toMatchObject({ hasMore: false, isLoadingMore: false });
    expect(asked).toEqual(['first', 'second']);
  });

  it('says why it could not load, and can be loaded again', async () => {
    const { first } = pages;
    pages.first = new ChatError('unavailable');
    await expect(lists.list('all').load()).rejects.toMatchObject({ code: 'unavailable' });
    expect(lists.list('all').getState()).toMatchObject({
      status: 'failed',
      error: { code: 'unavailable' },
    });
    if (first) pages.first = first;
    await lists.list('all').load();
    expect(lists.list('all').getState()).toMatchObject({ status: 'ready', error: null });
  });

  it('moves a room up with its message, with preview and badge', async () => {
    await lists.list('all').load();
    lists.known.apply({ event: 'message', message: aQuestion('r8', 2, 20) });
    const [top] = lists.list('all').getState().rooms;
    expect(top).toMatchObject({ roomId: 'r8', unread: 1, lastMessage: { preview: 'question' } });
  });

  it('asks once for a room that it does not know, and shows it', async () => {
    await lists.list('all').load();
    rooms.r20 = aRoom(20);
    lists.known.apply({ event: 'message', message: aQuestion('r20', 1, 20) });
    lists.known.apply({ event: 'message', message: aQuestion('r20', 2, 20) });
    await settled();
    expect(shown()).toEqual(['r20', 'r9', 'r8']);
    expect(asked).toEqual(['first', 'r20']);
  });

  it('asks for no stranger while nothing shows it', async () => {
    lists.known.apply({ event: 'message', message: aQuestion('r20', 1, 20) });
    await settled();
    expect(asked).toEqual([]);
  });

  it('reports a stranger that it cannot get', async () => {
    await lists.list('all').load();
    lists.known.apply({ event: 'message', message: aQuestion('gone', 1, 20) });
    await settled();
    expect(errors).toMatchObject([{ code: 'not_found' }]);
  });

  it('keeps its further pages over a refresh that changes nothing', async () => {
    pages.second = { items: [aRoom(7)], next: null };
    await lists.list('all').load();
    await lists.list('all').loadMore();
    const before = lists.list('all').getState().rooms;
    void Promise.allSettled(lists.refresh());
    await settled();
    expect(lists.list('all').getState().rooms).toBe(before);
  });
});

describe('a list whose first page comes from a database that lags', () => {
  it('loads the next page after a refresh that was under way when it was asked for', async () => {
    pages['second'] = { items: [aRoom(7)], next: null };
    const list = lists.list('all');
    await list.load();
    const refresh = list.load();
    await Promise.all([list.loadMore(), list.loadMore()]);
    await refresh;
    expect(shown()).toEqual(['r9', 'r8', 'r7']);
    expect(asked).toEqual(['first', 'first', 'second']);
  });

  it('keeps a room that an event brought, and asks for it', async () => {
    pages.first = { items: [], next: null };
    await lists.list('all').load();
    rooms.r20 = aRoom(20);
    lists.known.apply({ event: 'message', message: aQuestion('r20', 1, 20) });
    await settled();
    void Promise.allSettled(lists.refresh());
    expect(shown()).toEqual(['r20']);
    await settled();
    expect(shown()).toEqual(['r20']);
    expect(asked).toEqual(['first', 'r20', 'first', 'r20']);
  });

  it('lets it go when the room itself says that it no longer belongs there', async () => {
    await lists.list('unread').load();
    pages.first = { items: [], next: null };
    lists.known.put(aRoom(20, { seq: 2, unread: 1 }));
    rooms.r20 = aRoom(20, { seq: 2, read: { [ME]: 2 } });
    void Promise.allSettled(lists.refresh());
    await settled();
    expect(lists.list('unread').getState().rooms).toEqual([]);
  });

  it('lets it go when there is no such room for the caller any more', async () => {
    await lists.list('all').load();
    pages.first = { items: [aRoom(8)], next: null };
    rooms.r8 = aRoom(8);
    void Promise.allSettled(lists.refresh());
    await settled();
    expect(shown()).toEqual(['r8']);
    expect(errors).toEqual([]);
  });

  it('keeps it and says why when it cannot be asked for, and asks with the next page', async () => {
    await lists.list('all').load();
    pages.first = { items: [aRoom(8)], next: null };
    const { getRoom } = requests;
    requests.getRoom = () => Promise.reject(new ChatError('unavailable'));
    void Promise.allSettled(lists.refresh());
    await settled();
    expect(shown()).toEqual(['r9', 'r8']);
    expect(errors).toMatchObject([{ code: 'unavailable' }]);
    requests.getRoom = getRoom;
    void Promise.allSettled(lists.refresh());
    await settled();
    expect(shown()).toEqual(['r8']);
  });

  it('keeps what events bring while the first page is on its way', async () => {
    const loading = lists.list('all').load();
    rooms.r20 = aRoom(20);
    lists.known.put(aRoom(20));
    await loading;
    expect(shown()).toEqual(['r20', 'r9', 'r8']);
    expect(lists.list('all').getState().hasMore).toBe(true);
  });
});

describe('the rooms that wait', () => {
  const bySystem = { seq: 2, type: 'system', preview: '', sender: null, at: at(20) } as const;
  const closed = (minute: number) =>
    aRoom(minute, { seq: 2, status: 'closed', lastMessage: bySystem });
  const reopened = (minute: number) => aRoom(minute, { seq: 3, lastMessage: bySystem });
  const waiting = () =>
    lists
      .list('waiting')
      .getState()
      .rooms.map(({ roomId }) => roomId);

  it.each([
    ['whose question is its last word', 'customer:42'],
    ['to which the system said something since', null],
  ] as const)('have one again %s, once its closing is undone', async (_, sender) => {
    const lastMessage = { seq: 1, type: 'text', preview: 'one', sender, at: at(9) } as const;
    pages.first = { items: [aRoom(9, { lastMessage })], next: null };
    await lists.list('waiting').load();
    lists.known.put(closed(9), true);
    expect(waiting()).toEqual([]);
    lists.known.put(reopened(9), true);
    expect(waiting()).toEqual(['r9']);
  });

  it('have none that was answered before it was closed', async () => {
    pages.first = { items: [], next: null };
    await lists.list('waiting').load();
    lists.known.put(aRoom(8));
    lists.known.put(closed(8), true);
    lists.known.put(reopened(8), true);
    expect(waiting()).toEqual([]);
  });
});

describe('the unread counts', () => {
  it('follow messages and marks once they are loaded', async () => {
    await lists.list('all').load();
    expect(lists.unread.store.getState()).toBeNull();
    await lists.unread.load();
    lists.known.apply({ event: 'message', message: aQuestion('r8', 2, 20) });
    lists.known.apply({ event: 'message', message: aQuestion('r8', 3, 21) });
    expect(lists.unread.store.getState()).toEqual({ rooms: 2, messages: 4 });
    const mark = { roomId: 'r8', member: ME, seq: 3, delivered: 3, at: at(22) } as const;
    lists.known.apply({ event: 'read', ...mark });
    expect(lists.unread.store.getState()).toEqual({ rooms: 1, messages: 2 });
  });

  it('are asked for again when an event brings a new room, which nothing has counted', async () => {
    await lists.unread.load();
    requests.countUnread = async () => ({ rooms: 2, messages: 4 });
    lists.known.apply({ event: 'room', room: aRoom(20, { unread: 1, read: {} }) });
    lists.known.apply({ event: 'message', message: aQuestion('r20', 2, 21) });
    await clock.advance(1_000);
    await settled();
    expect(lists.unread.store.getState()).toEqual({ rooms: 2, messages: 4 });
  });

  it('are asked for again when a room that is not loaded here was read elsewhere', async () => {
    await lists.unread.load();
    requests.countUnread = async () => ({ rooms: 0, messages: 0 });
    const mark = { roomId: 'r8', seq: 3, delivered: 3, at: at(22) } as const;
    lists.known.apply({ event: 'read', member: ME, ...mark });
    await clock.advance(1_000);
    await settled();
    expect(lists.unread.store.getState()).toEqual({ rooms: 0, messages: 0 });
  });

  it('are not asked for again for a room that is known', async () => {
    await lists.list('all').load();
    await lists.unread.load();
    asked = [];
    lists.known.apply({ event: 'room', room: aRoom(9, { status: 'closed' }) });
    await clock.advance(1_000);
    await settled();
    expect(asked).toEqual([]);
  });
});
