/** A room of the contract as the customer's list shows it. */
import type { LastMessage, Room, RoomMember } from '#protocol/room.ts';

import type { RoomView } from '../../ui/conversation/RoomRow.tsx';
import type { PageWords } from '../../words/page.ts';

/** The shop's side of a room; a room that names none has its id as a name. */
export function shopOf(room: Room): RoomMember {
  const shop = room.members.find(({ member }) => member.startsWith('vendor:'));
  return shop ?? { member: 'vendor:unknown', name: room.title ?? room.roomId };
}

interface Now {
  shop: RoomMember;
  isOnline: boolean;
  isTyping: boolean;
  hasFailed: boolean;
  words: PageWords;
}

/** What the row shows. A room that was marked unread wants attention like one with an unread message. */
export function toRoomView(
  room: Room,
  { shop, isOnline, isTyping, hasFailed, words }: Now,
): RoomView {
  const { name, picture } = shop;
  return {
    roomId: room.roomId,
    name,
    picture,
    online: isOnline,
    isTyping,
    hasFailed,
    preview: previewOf(room.lastMessage, words),
    at: room.lastActivityAt,
    unread: room.unread,
    isMarked: room.mine.markedUnread,
    isMuted: room.mine.muted,
    isClosed: room.status === 'closed',
    product: room.product ?? null,
  };
}

/** The last words in a line; what has no words is named by its kind. */
export function previewOf(last: LastMessage | null, words: PageWords): string {
  if (last === null) return words.noMessage;
  const preview = last.preview === '' ? wordOf(last.type, words) : last.preview;
  return last.sender?.startsWith('customer:') === true ? words.you(preview) : preview;
}

function wordOf(type: LastMessage['type'], words: PageWords): string {
  switch (type) {
    case 'image':
      return words.picture;
    case 'file':
      return words.file;
    case 'product':
      return words.product;
    case 'system':
      return words.note;
    case 'text':
      return words.deleted;
  }
}
