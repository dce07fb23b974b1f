/** How a room becomes a row of the inbox. */
import { describe, expect, it } from 'vitest';

import type { LastMessage, Room } from '#protocol/room.ts';

import { customerOf, previewOf, toRoomView, withOpenRoom } from '../../../web/inbox/room-view.ts';
import { inbox } from '../../../web/words/en/inbox.ts';

function room(roomId: string, lastActivityAt: string, more: Partial<Room> = {}): Room {
  return {
    roomId,
    kind: 'direct',
    title: null,
    members: [
      { member: 'vendor:7', name: 'Tbilisi Ceramics' },
      { member: 'customer:42', name: 'Nino' },
    ],
    status: 'open',
    seq: 1,
    changes: 0,
    read: {},
    delivered: {},
    unread: 0,
    lastMessage: null,
    mine: { muted: false, markedUnread: false, labels: [], assignee: null },
    createdAt: '2026-11-22T09:00:00.000Z',
    lastActivityAt,
    ...more,
  };
}

function last(more: Partial<LastMessage>): LastMessage {
  const at = '2026-11-22T10:00:00.000Z';
  return { seq: 1, type: 'text', preview: 'Hello', sender: 'customer:42', at, ...more };
}

describe('toRoomView', () => {
  it('shows the customer, with presence as it was heard', () => {
    const one = room('a', '2026-11-22T10:00:00.000Z', { unread: 3 });
    const presence = { 'customer:42': { online: true, lastSeenAt: null } };
    expect(toRoomView(one, { presence, inbox })).toMatchObject({
      name: 'Nino',
      online: true,
      unread: 3,
    });
    expect(toRoomView(one, { presence: {}, inbox }).online).toBe(false);
  });

  it('has a name for a room without a customer', () => {
    expect(customerOf(room('a', '2026-11-22T10:00:00.000Z', { members: [] })).name).toBe('a');
  });
});

describe('previewOf', () => {
  it.each([
    [null, 'No message yet'],
    [last({}), 'Hello'],
    [last({ sender: 'vendor:7' }), 'You: Hello'],
    [last({ preview: '' }), 'Message deleted'],
    [last({ preview: '', type: 'image' }), 'Picture'],
    [last({ preview: '', type: 'system', sender: null }), 'Status update'],
  ])('tells %j as %j', (message, preview) => {
    expect(previewOf(message, inbox)).toBe(preview);
  });
});

describe('withOpenRoom', () => {
  const old = room('old', '2026-11-22T08:00:00.000Z');
  const mid = room('mid', '2026-11-22T09:00:00.000Z');
  const young = room('young', '2026-11-22T10:00:00.000Z');
  const ids = (rooms: readonly Room[]) => rooms.map(({ roomId }) => roomId);

  it('leaves the list alone without an open room, or with one that is in it', () => {
    const rooms = [young, old];
    expect(withOpenRoom(rooms, null)).toBe(rooms);
    expect(withOpenRoom(rooms, old)).toBe(rooms);
  });

  it('keeps the open room at the place of its time', () => {
    expect(ids(withOpenRoom([young, old], mid))).toEqual(['young', 'mid', 'old']);
    expect(ids(withOpenRoom([mid, old], young))).toEqual(['young', 'mid', 'old']);
    expect(ids(withOpenRoom([young, mid], old))).toEqual(['young', 'mid', 'old']);
    expect(ids(withOpenRoom([], old))).toEqual(['old']);
  });
});
