import { beforeEach, describe, expect, it } from 'vitest';

import type { UnreadCounts } from '#client/chat.ts';
import { Questions } from '#client/lists/questions.ts';
import { Unread } from '#client/lists/unread.ts';
import type { Room } from '#protocol/room.ts';

import { FakeClock, settled } from '../../support/fake-ports.ts';
import { newRoom, renderRoom } from '../../support/fake-server-rooms.ts';

let clock: FakeClock;
let counts: UnreadCounts;
let asked: number;
let unread: Unread;

beforeEach(() => {
  clock = new FakeClock();
  counts = { rooms: 2, messages: 5, waiting: 1 };
  asked = 0;
  const questions = new Questions();
  unread = new Unread({
    isWaiting: (room) => {
      questions.hear(room);
      return questions.isShown(room, 'waiting');
    },
    ports: clock,
    requests: {
      countUnread: async () => {
        asked += 1;
        return counts;
      },
    },
    onError: (error) => {
      throw error;
    },
  });
});

type Wrote = 'customer:42' | 'vendor:7' | null;

function aRoom(wrote: Wrote, unreadMessages: number, more: Partial<Room> = {}): Room {
  const room = renderRoom(newRoom('customer:42', 'vendor:7'), 'vendor:7');
  const at = room.createdAt;
  const type = wrote === null ? 'system' : 'text';
  const lastMessage = { seq: 1, type, preview: '', sender: wrote, at } as const;
  return { ...room, unread: unreadMessages, lastMessage, ...more };
}

describe('the counts', () => {
  it('are not kept before anybody asked for them', () => {
    unread.count(aRoom('vendor:7', 0), aRoom('customer:42', 1));
    unread.recountSoon();
    expect(unread.store.getState()).toBeNull();
    expect(clock.pending).toBe(0);
  });

  it.each([
    [
      'a question',
      aRoom('vendor:7', 0),
      aRoom('customer:42', 1),
      { rooms: 3, messages: 6, waiting: 2 },
    ],
    [
      'an answer',
      aRoom('customer:42', 1),
      aRoom('vendor:7', 0),
      { rooms: 1, messages: 4, waiting: 0 },
    ],
    [
      'a closing',
      aRoom('customer:42', 1),
      aRoom(null, 1, { status: 'closed' }),
      { rooms: 2, messages: 5, waiting: 0 },
    ],
    ['a word of the system', aRoom('customer:42', 1), aRoom(null, 1), counts0()],
    [
      'a mark of unread',
      aRoom('vendor:7', 0),
      aRoom('vendor:7', 0, {
        mine: { muted: false, markedUnread: true, labels: [], assignee: null },
      }),
      { rooms: 3, messages: 5, waiting: 1 },
    ],
  ])('follow %s', async (_, before, after, expected) => {
    unread.count(undefined, before);
    await unread.load();
    unread.count(before, after);
    expect(unread.store.getState()).toEqual(expected);
  });

  it('remember through a word of the system who waits', async () => {
    await unread.load();
    const rooms = [aRoom('customer:42', 1), aRoom(null, 1), aRoom('vendor:7', 0)] as const;
    unread.count(undefined, rooms[0]);
    unread.count(rooms[0], rooms[1]);
    unread.count(rooms[1], rooms[2]);
    expect(unread.store.getState()).toEqual({ rooms: 1, messages: 4, waiting: 0 });
  });

  it('have a question again that was closed by mistake', async () => {
    await unread.load();
    const closed = aRoom(null, 1, { status: 'closed' });
    unread.count(undefined, aRoom('customer:42', 1));
    unread.count(aRoom('customer:42', 1), closed);
    expect(unread.store.getState()).toMatchObject({ waiting: 0 });
    unread.count(closed, aRoom(null, 1));
    expect(unread.store.getState()).toMatchObject({ waiting: 1 });
  });

  it('say nothing of who waits where the server does not', async () => {
    counts = { rooms: 0, messages: 0 };
    await unread.load();
    unread.count(aRoom('customer:42', 0), aRoom('vendor:7', 1));
    expect(unread.store.getState()).toEqual({ rooms: 1, messages: 1 });
  });

  it('are asked for once for all strangers that come together', async () => {
    await unread.load();
    unread.recountSoon();
    unread.recountSoon();
    counts = { rooms: 9, messages: 9, waiting: 9 };
    await clock.advance(1_000);
    await settled();
    expect(asked).toBe(2);
    expect(unread.store.getState()).toEqual(counts);
  });

  it('are asked for again where something changed while the server was about to answer', async () => {
    await unread.load();
    unread.recountSoon();
    // The server does not know yet that it was read.
    counts = { rooms: 3, messages: 6, waiting: 2 };
    unread.count(aRoom('customer:42', 1), aRoom('customer:42', 0));
    await clock.advance(1_000);
    await settled();
    counts = { rooms: 2, messages: 5, waiting: 2 };
    await clock.advance(2_000);
    await settled();
    expect(unread.store.getState()).toEqual(counts);
    await clock.advance(5_000);
    await settled();
    expect(asked).toBe(3);
  });

  it('come right after an answer that did not know yet what was read here', async () => {
    await unread.load();
    await clock.advance(5_000);
    const answered = unread.load();
    // read while the answer is under way, as whoever opens a page of conversations does
    unread.count(aRoom('vendor:7', 1), aRoom('vendor:7', 0));
    await answered;
    counts = { rooms: 1, messages: 4, waiting: 1 };
    await clock.advance(1_000);
    await settled();
    expect(unread.store.getState()).toEqual(counts);
  });

  it('come right after a first answer that did not know it either', async () => {
    const answered = unread.load();
    unread.count(aRoom('vendor:7', 1), aRoom('vendor:7', 0));
    await answered;
    counts = { rooms: 1, messages: 4, waiting: 1 };
    await clock.advance(1_000);
    await settled();
    expect(unread.store.getState()).toEqual(counts);
  });

  it('come right after an answer that knew already of what an event tells later', async () => {
    counts = { rooms: 1, messages: 1, waiting: 1 };
    await unread.load();
    unread.count(aRoom('vendor:7', 0), aRoom('customer:42', 1));
    await clock.advance(1_000);
    await settled();
    expect(unread.store.getState()).toEqual(counts);
    // once more to be sure, and then there is peace
    await clock.advance(60_000);
    await settled();
    expect(asked).toBe(3);
    expect(clock.pending).toBe(0);
  });

  it('are one question to the server for all who ask at once', async () => {
    await Promise.all([unread.load(), unread.load()]);
    expect(asked).toBe(1);
    await unread.load();
    expect(asked).toBe(2);
  });

  it('are asked for ever more seldom while something changes all the time', async () => {
    await unread.load();
    unread.recountSoon();
    for (let second = 0; second < 120; second += 1) {
      unread.count(aRoom('vendor:7', 0), aRoom('customer:42', 1));
      await clock.advance(1_000);
      await settled();
    }
    // At 1, 3, 7, 15, 31 and 63 s, and once at first.
    expect(asked).toBe(7);
  });
});

function counts0(): UnreadCounts {
  return { rooms: 2, messages: 5, waiting: 1 };
}
