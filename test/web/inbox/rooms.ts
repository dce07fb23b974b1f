/** Rooms for the tests of the inbox. */
import type { Room } from '#protocol/room.ts';

/** A room of Nino's with one message, read. */
export function aRoom(roomId: string, minute: number, more: Partial<Room> = {}): Room {
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
    lastActivityAt: timeOf(minute),
    ...more,
  };
}

/** A time of that minute, so that a higher one is later. */
export function timeOf(minute: number): string {
  return new Date(Date.UTC(2026, 10, 22, 10, minute)).toISOString();
}
