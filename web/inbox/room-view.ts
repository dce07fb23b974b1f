/** A room of the contract as the inbox's list shows it. */
import type { Presence } from '#client/conversation.ts';
import type { Member } from '#protocol/ids.ts';
import type { LastMessage, Room, RoomMember } from '#protocol/room.ts';

import type { RoomView } from '../ui/conversation/RoomRow.tsx';
import type { InboxWords } from '../words/inbox.ts';

/** The customer's side of a room; a room that names none has its id as a name. */
export function customerOf(room: Room): Pick<RoomMember, 'name' | 'picture'> & { member: Member } {
  const customer = room.members.find(({ member }) => member.startsWith('customer:'));
  return customer ?? { member: 'customer:unknown', name: room.title ?? room.roomId };
}

/** What the row shows; `isTyping` is known to the row alone. */
export function toRoomView(
  room: Room,
  { presence, inbox }: { presence: Readonly<Record<string, Presence>>; inbox: InboxWords },
): Omit<RoomView, 'isTyping'> {
  const customer = customerOf(room);
  return {
    roomId: room.roomId,
    name: customer.name,
    picture: customer.picture,
    online: presence[customer.member]?.online ?? false,
    preview: previewOf(room.lastMessage, inbox),
    at: room.lastActivityAt,
    unread: room.unread,
    isClosed: room.status === 'closed',
    product: room.product ?? null,
  };
}

/** The last words in a line; what has no words is named by its kind. */
export function previewOf(last: LastMessage | null, inbox: InboxWords): string {
  if (last === null) return inbox.noMessage;
  const preview = last.preview === '' ? wordOf(last.type, inbox) : last.preview;
  return last.sender?.startsWith('vendor:') ? inbox.you(preview) : preview;
}

function wordOf(type: LastMessage['type'], inbox: InboxWords): string {
  switch (type) {
    case 'image':
      return inbox.picture;
    case 'file':
      return inbox.file;
    case 'product':
      return inbox.product;
    case 'system':
      return inbox.note;
    case 'text':
      return inbox.deleted;
  }
}

/**
 * The rooms of the list with the open one kept among them: answering a customer takes them out of
 * "waiting", and the row one works on must not vanish under the pointer.
 */
export function withOpenRoom(rooms: readonly Room[], open: Room | null): readonly Room[] {
  if (open === null || rooms.some(({ roomId }) => roomId === open.roomId)) return rooms;
  const index = rooms.findIndex(({ lastActivityAt }) => lastActivityAt < open.lastActivityAt);
  return rooms.toSpliced(index === -1 ? rooms.length : index, 0, open);
}
