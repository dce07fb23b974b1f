import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  isShown,
  newerRoom,
  appendPage,
  insertRoom,
  placeRoom,
  refreshList,
  roomWithMessage,
  roomWithRead,
  roomWithUpdate,
} from '#client/state/rooms.ts';
import type { Message } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

const ME = 'vendor:7';
const NINO = 'customer:42';
const at = (minute: number) => `2026-11-22T12:${String(minute).padStart(2, '0')}:00.000Z`;

function aRoom(change: Partial<Room> = {}): Room {
  return {
    roomId: 'r',
    kind: 'direct',
    title: null,
    members: [],
    status: 'open',
    seq: 3,
    changes: 0,
    read: { [ME]: 3, [NINO]: 3 },
    delivered: {},
    unread: 0,
    lastMessage: { seq: 3, type: 'text', preview: 'three', sender: ME, at: at(3) },
    mine: { muted: false, markedUnread: false, labels: [], assignee: null },
    createdAt: at(0),
    lastActivityAt: at(3),
    ...change,
  };
}

function aMessage(seq: number, change: Partial<Message> = {}): Message {
  return {
    roomId: 'r',
    seq,
    id: `id-${seq}`,
    type: 'text',
    sender: { member: NINO, name: 'Nino', agent: null },
    text: `text\n${seq}`,
    attachments: [],
    product: null,
    replyTo: null,
    system: null,
    reactions: {},
    at: at(seq),
    editedAt: null,
    deletedAt: null,
    ...change,
  };
}

const product = { id: 'sku-1', title: 'Blue bowl', url: 'https://shop.example/1' };

describe('a room', () => {
  it('takes over what a message of a customer says', () => {
    const room = roomWithMessage(aRoom({ status: 'closed' }), aMessage(4, { product }), ME);
    expect(room).toMatchObject({
      seq: 4,
      unread: 1,
      status: 'open',
      product,
      lastActivityAt: at(4),
    });
    expect(room.lastMessage?.preview).toBe('text 4');
    expect(room.read[NINO]).toBe(4);
  });

  it('keeps the question before its eyes where a closed shop answers by itself', () => {
    const asked = roomWithMessage(aRoom(), aMessage(4), ME);
    const system = { event: 'away', params: { text: 'Closed.' } };
    const away = aMessage(5, { type: 'system', sender: null, text: null, system });
    const room = roomWithMessage(asked, away, ME);
    expect(room).toMatchObject({ seq: 5, lastActivityAt: at(5), lastMessage: { seq: 4 } });
    const closed = { ...away, seq: 6, system: { event: 'closed', params: {} } };
    expect(roomWithMessage(room, closed, ME).lastMessage?.seq).toBe(6);
  });

  it('is read along by who writes, unless something unread lies before it', () => {
    const mine = aMessage(4, { sender: { member: ME, name: '', agent: null } });
    expect(roomWithMessage(aRoom(), mine, ME).unread).toBe(0);
    expect(roomWithMessage(aRoom({ read: { [ME]: 1 } }), mine, ME).unread).toBe(3);
  });

  it('stays marked as unread when the system says something, and not when I write', () => {
    const members = ([ME, NINO] as const).map((member) => ({ member, name: member }));
    const room = aRoom({ members, mine: { ...aRoom().mine, markedUnread: true } });
    const system = roomWithMessage(room, aMessage(4, { type: 'system', sender: null }), ME);
    expect(system).toMatchObject({ unread: 0, mine: { markedUnread: true } });
    const mine = aMessage(4, { sender: { member: ME, name: '', agent: null } });
    expect(roomWithMessage(room, mine, ME).mine.markedUnread).toBe(false);
  });

  it('ignores a message that it knows and an edit that it knows', () => {
    const room = aRoom({ changes: 2 });
    expect(roomWithMessage(room, aMessage(3), ME)).toBe(room);
    expect(roomWithUpdate(room, aMessage(3), 2)).toBe(room);
  });

  it('shows nothing of a deleted last message', () => {
    const deleted = aMessage(3, { deletedAt: at(4), text: null });
    expect(roomWithUpdate(aRoom(), deleted, 1).lastMessage?.preview).toBe('');
  });

  it('has marks that only grow, and an unread count that follows mine', () => {
    const room = aRoom({ read: { [ME]: 1 }, unread: 2 });
    expect(roomWithRead(room, { member: ME, seq: 2, delivered: 2 }, ME).unread).toBe(1);
    expect(roomWithRead(room, { member: ME, seq: 1, delivered: 0 }, ME)).toBe(room);
  });

  it('is not taken back by an older answer, nor are its marks by a newer one', () => {
    const known = aRoom({ seq: 5 });
    expect(newerRoom(known, aRoom({ seq: 4 }), ME)).toBe(known);
    const told = aRoom({ seq: 6, read: { [ME]: 2 }, unread: 4 });
    expect(newerRoom(known, told, ME)).toMatchObject({ seq: 6, unread: 3, read: { [ME]: 3 } });
  });
});

describe('isShown', () => {
  const waiting = aRoom({
    lastMessage: { seq: 3, type: 'text', preview: '', sender: NINO, at: at(3) },
  });
  const system = aRoom({
    lastMessage: { seq: 3, type: 'system', preview: '', sender: null, at: at(3) },
  });

  it.each([
    ['all', aRoom(), true],
    ['unread', aRoom(), false],
    ['unread', aRoom({ unread: 1 }), true],
    ['unread', aRoom({ mine: { ...aRoom().mine, markedUnread: true } }), true],
    ['closed', aRoom({ status: 'closed' }), true],
    ['waiting', waiting, true],
    ['waiting', aRoom(), false],
    ['waiting', { ...waiting, status: 'closed' }, false],
    ['waiting', system, null],
  ] as const)('under %s says of room %# what the contract says', (filter, room, expected) => {
    expect(isShown(room, filter)).toBe(expected);
  });
});

describe('a list', () => {
  const moves = fc.array(
    fc.record({ roomId: fc.constantFrom('a', 'b', 'c', 'd'), minute: fc.nat(59) }),
  );

  it('has each room once and the latest activity first, whatever moves', () => {
    fc.assert(
      fc.property(moves, (course) => {
        const list = course.reduce<readonly Room[]>(
          (rooms, { roomId, minute }) =>
            placeRoom(rooms, aRoom({ roomId, lastActivityAt: at(minute) }), true),
          [],
        );
        const times = list.map(({ lastActivityAt }) => lastActivityAt);
        expect(times).toEqual(times.toSorted().toReversed());
        expect(new Set(list.map(({ roomId }) => roomId)).size).toBe(list.length);
        expect(list.length).toBe(new Set(course.map(({ roomId }) => roomId)).size);
      }),
    );
  });

  it('takes a room that is new as it takes any other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(59)), fc.nat(59), (minutes, minute) => {
        const rooms = listed(...minutes.toSorted((a, b) => b - a));
        const room = aRoom({ roomId: 'new', lastActivityAt: at(minute) });
        expect(insertRoom(rooms, room, true)).toEqual(placeRoom(rooms, room, true));
        expect(insertRoom(rooms, room, false)).toBe(rooms);
        expect(insertRoom(rooms, room, null)).toBe(rooms);
      }),
    );
  });

  it('takes a further page: each room once, also one of which this client cannot tell', () => {
    const { lastMessage } = aRoom();
    const system = aRoom({
      roomId: 'away',
      lastActivityAt: at(5),
      lastMessage: lastMessage && { ...lastMessage, type: 'system', sender: null },
    });
    const rooms = listed(9, 8);
    const page = [...listed(8), system, aRoom({ roomId: 'closed', status: 'closed' })];
    expect(appendPage(rooms, page, 'waiting').map(({ roomId }) => roomId)).toEqual([
      'r9',
      'r8',
      'away',
    ]);
    expect(appendPage(rooms, listed(9), 'all')).toBe(rooms);
  });

  it('lets a room go that no longer fits', () => {
    const unread = aRoom({ unread: 1 });
    expect(placeRoom([unread], aRoom(), false)).toEqual([]);
    expect(placeRoom([], aRoom(), false)).toEqual([]);
  });

  it('leaves a room in or out of which nobody can tell', () => {
    const room = aRoom({ unread: 1 });
    expect(placeRoom([aRoom()], room, null)).toEqual([room]);
    expect(placeRoom([], room, null)).toEqual([]);
  });

  const listed = (...minutes: number[]) =>
    minutes.map((minute) => aRoom({ roomId: `r${minute}`, lastActivityAt: at(minute) }));
  const pageOf = (items: readonly Room[], next: string | null = 'more') => ({
    items,
    endsAt: items.at(-1)?.lastActivityAt ?? null,
    next,
  });
  const ids = (rooms: readonly Room[]) => rooms.map(({ roomId }) => roomId);

  it('keeps what is below a fresh first page only where nothing below can have moved', () => {
    const list = listed(9, 8, 7, 6);
    const moved = aRoom({ roomId: 'r6', lastActivityAt: at(20) });
    const fresh = refreshList(list, pageOf([moved, ...list.slice(0, 2)]), 'all');
    expect(ids(fresh.rooms)).toEqual(['r6', 'r9', 'r8', 'r7']);
    expect(fresh).toMatchObject({ doubtful: [], keepsBelow: true });
    const apart = pageOf([aRoom({ roomId: 'x', lastActivityAt: at(30) })]);
    expect(refreshList(list, apart, 'all')).toEqual({
      rooms: apart.items,
      doubtful: [],
      keepsBelow: false,
    });
  });

  it.each([
    ['an empty page that is all there is', listed(9), pageOf([], null), ['r9'], ['r9']],
    [
      'one missing above the end',
      listed(9, 8, 7),
      pageOf(listed(9, 7)),
      ['r9', 'r8', 'r7'],
      ['r8'],
    ],
    [
      'one missing below the end of all',
      listed(9, 8),
      pageOf(listed(9), null),
      ['r9', 'r8'],
      ['r8'],
    ],
    ['one new on the page', listed(8), pageOf(listed(9, 8)), ['r9', 'r8'], []],
  ])('doubts, with %s, only what the page should show', (_, rooms, page, shown, doubted) => {
    const fresh = refreshList(rooms, page, 'all');
    expect(ids(fresh.rooms)).toEqual(shown);
    expect(ids(fresh.doubtful)).toEqual(doubted);
  });

  it('trusts a page that lacks more than ten, and one that lacks what does not fit by itself', () => {
    const many = listed(...Array.from({ length: 11 }, (_, index) => 40 - index));
    expect(refreshList(many, pageOf([], null), 'all').rooms).toEqual([]);
    expect(refreshList(many.slice(1), pageOf([], null), 'all').rooms).toHaveLength(10);
    expect(refreshList(listed(9), pageOf([], null), 'unread').rooms).toEqual([]);
  });

  it('goes by where the page ends, and by what is known of its rooms', () => {
    const known = aRoom({ roomId: 'r7', lastActivityAt: at(30), unread: 0 });
    const page = { items: [...listed(9), known], endsAt: at(7), next: 'more' };
    expect(ids(refreshList(listed(9, 8), page, 'all').rooms)).toEqual(['r7', 'r9', 'r8']);
    expect(refreshList([], page, 'unread').rooms).toEqual([]);
  });
});
