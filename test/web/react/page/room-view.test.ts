/** How a room becomes a row of the customer's list. */
import { describe, expect, it } from 'vitest';

import type { LastMessage, Room } from '#protocol/room.ts';

import { page as words } from '../../../../web/words/en/page.ts';
import { previewOf, shopOf, toRoomView } from '../../../../web/react/page/room-view.ts';

function room(more: Partial<Room> = {}): Room {
  return {
    roomId: 'd-1',
    kind: 'direct',
    title: null,
    members: [
      { member: 'customer:42', name: 'Nino' },
      { member: 'vendor:7', name: 'Tbilisi Ceramics', picture: 'https://shop.example/7.png' },
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
    lastActivityAt: '2026-11-22T10:00:00.000Z',
    ...more,
  };
}

function last(more: Partial<LastMessage>): LastMessage {
  const at = '2026-11-22T10:00:00.000Z';
  return { seq: 1, type: 'text', preview: 'Hello', sender: 'vendor:7', at, ...more };
}

describe('toRoomView', () => {
  it('shows the shop, and what I keep of it', () => {
    const mine = { muted: true, markedUnread: true, labels: [], assignee: null };
    const closed = room({ unread: 3, status: 'closed', mine });
    const view = toRoomView(closed, {
      shop: shopOf(closed),
      isOnline: true,
      isTyping: false,
      hasFailed: true,
      words,
    });
    expect(view).toMatchObject({
      name: 'Tbilisi Ceramics',
      picture: 'https://shop.example/7.png',
      online: true,
      unread: 3,
      hasFailed: true,
      isClosed: true,
      isMuted: true,
      isMarked: true,
    });
  });

  it('has a name for a room without a shop', () => {
    expect(shopOf(room({ members: [] })).name).toBe('d-1');
  });
});

describe('previewOf', () => {
  it.each([
    [null, 'No message yet'],
    [last({}), 'Hello'],
    [last({ sender: 'customer:42' }), 'You: Hello'],
    [last({ preview: '' }), 'Message deleted'],
    [last({ preview: '', type: 'image' }), 'Picture'],
    [last({ preview: '', type: 'file', sender: 'customer:42' }), 'You: File'],
    [last({ preview: '', type: 'product' }), 'Product'],
    [last({ preview: '', type: 'system', sender: null }), 'Status update'],
  ])('tells %j as %j', (message, preview) => {
    expect(previewOf(message, words)).toBe(preview);
  });
});
