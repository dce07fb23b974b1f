/** What the inbox says of a room. */
import { describe, expect, it } from 'vitest';

import type { ChatMessage } from '#client/conversation.ts';
import type { LastMessage, Room } from '#protocol/room.ts';

import {
  customerOf,
  isUnread,
  previewOf,
  waitingSince,
  withOpenRoom,
} from '../../../web/inbox/room-view.ts';
import { inbox } from '../../../web/words/en/inbox.ts';
import { aRoom, timeOf } from './rooms.ts';

const last = (more: Partial<LastMessage>): LastMessage => {
  return { seq: 1, type: 'text', preview: 'Hello', sender: 'customer:42', at: timeOf(5), ...more };
};
const withLast = (lastMessage: LastMessage | null, more: Partial<Room> = {}) =>
  aRoom('a', 5, { lastMessage, ...more });

describe('the customer of a room', () => {
  it('is the customer among its members, and has a name where there is none', () => {
    expect(customerOf(aRoom('a', 1)).name).toBe('Nino');
    expect(customerOf(aRoom('a', 1, { members: [] })).name).toBe('a');
  });
});

describe('a room', () => {
  it('waits since the customer wrote, as long as it is open', () => {
    expect(waitingSince(withLast(last({})))).toBe(timeOf(5));
    expect(waitingSince(withLast(last({}), { status: 'closed' }))).toBeNull();
    expect(waitingSince(withLast(last({ sender: 'vendor:7' })))).toBeNull();
    expect(waitingSince(withLast(null))).toBeNull();
  });

  it('is unread by its messages, or by a mark', () => {
    const { mine } = aRoom('a', 1);
    expect(isUnread(aRoom('a', 1))).toBe(false);
    expect(isUnread(aRoom('a', 1, { unread: 1 }))).toBe(true);
    expect(isUnread(aRoom('a', 1, { mine: { ...mine, markedUnread: true } }))).toBe(true);
  });
});

describe('its last words', () => {
  it.each([
    [null, 'No message yet'],
    [last({}), 'Hello'],
    [last({ sender: 'vendor:7' }), 'You: Hello'],
    [last({ preview: '' }), 'Message deleted'],
    [last({ preview: '', type: 'image' }), 'Picture'],
    [last({ preview: '', type: 'file' }), 'File'],
  ])('of %j are %j', (message, preview) => {
    expect(previewOf(withLast(message), inbox)).toBe(preview);
  });

  it('name what happened, where that is known', () => {
    const event = last({ preview: '', type: 'system', sender: null });
    expect(previewOf(withLast(event, { status: 'closed' }), inbox)).toBe('Conversation closed');
    expect(previewOf(withLast(event), inbox)).toBe('Status update');
    const newest = { seq: 1, system: { event: 'reopened', params: {} } } as unknown as ChatMessage;
    expect(previewOf(withLast(event), inbox, newest)).toBe('Conversation open again');
    expect(previewOf(withLast(event), inbox, { ...newest, seq: 2 })).toBe('Status update');
  });
});

describe('withOpenRoom', () => {
  const old = aRoom('old', 0);
  const mid = aRoom('mid', 10);
  const young = aRoom('young', 20);
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
