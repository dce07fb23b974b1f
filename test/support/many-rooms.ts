/** An inbox of very many rooms: a page's requests are answered here, and its socket says what a test wants. */
import type { Page, WebSocketRoute } from 'playwright-core';

import type { Message } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

const NEWEST_MS = Date.UTC(2026, 10, 22, 12);

/** The room of that place in the list, the latest first. */
export function roomOf(index: number): Room {
  const at = new Date(NEWEST_MS - index * 60_000).toISOString();
  const customer = `customer:${index}` as const;
  return {
    roomId: `d-${index}`,
    kind: 'direct',
    title: null,
    members: [
      { member: 'vendor:7', name: 'Tbilisi Ceramics' },
      { member: customer, name: `Customer ${index}` },
    ],
    status: 'open',
    seq: 1,
    changes: 0,
    read: { 'vendor:7': 1 },
    delivered: {},
    unread: 0,
    lastMessage: { seq: 1, type: 'text', preview: `Question ${index}`, sender: customer, at },
    mine: { muted: false, markedUnread: false, labels: [], assignee: null },
    createdAt: at,
    lastActivityAt: at,
  };
}

/** The next message of that room's customer. */
function messageOf(index: number): Message {
  const { roomId } = roomOf(index);
  return {
    roomId,
    seq: 2,
    id: crypto.randomUUID(),
    type: 'text',
    sender: { member: `customer:${index}`, name: `Customer ${index}`, agent: null },
    text: `Again ${index}`,
    attachments: [],
    product: null,
    replyTo: null,
    system: null,
    reactions: {},
    at: new Date(NEWEST_MS + 60_000).toISOString(),
    editedAt: null,
    deletedAt: null,
  };
}

interface ManyRooms {
  count: number;
  /** Rooms that an answer brings; the real server brings 50. */
  pageSize: number;
}

/** @returns what makes the customer of a room write */
export async function serveManyRooms(
  page: Page,
  { count, pageSize }: ManyRooms,
): Promise<(index: number) => void> {
  let socket: WebSocketRoute | null = null;
  await page.route(/\/v1\/rooms\?/u, (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
    const to = Math.min(from + pageSize, count);
    const items = Array.from({ length: to - from }, (_, offset) => roomOf(from + offset));
    return route.fulfill({ json: { items, next: to < count ? String(to) : null } });
  });
  await page.route('**/v1/unread', (route) =>
    route.fulfill({ json: { rooms: 0, messages: 0, waiting: count } }),
  );
  await page.route('**/participants', (route) => route.fulfill({ json: { items: [] } }));
  await page.routeWebSocket(/\/ws/u, (opened) => {
    socket = opened;
    opened.onMessage((text) => {
      const { action, ref }: { action?: string; ref?: string } = JSON.parse(String(text));
      if (action === 'ping' && ref !== undefined) {
        opened.send(JSON.stringify({ event: 'pong', ref, at: new Date().toISOString() }));
      }
    });
  });
  return (index) => socket?.send(JSON.stringify({ event: 'message', message: messageOf(index) }));
}
