/** What the inbox says of a room: whose it is, its last words, and since when it waits for an answer. */
import type { Member } from '#protocol/ids.ts';
import type { ChatMessage } from '#client/conversation.ts';
import type { LastMessage, Room, RoomMember } from '#protocol/room.ts';

import type { InboxWords } from '../words/inbox.ts';

/** The customer's side of a room; a room that names none has its id as a name. */
export function customerOf(room: Room): Pick<RoomMember, 'name' | 'picture'> & { member: Member } {
  const customer = room.members.find(({ member }) => member.startsWith('customer:'));
  return customer ?? { member: 'customer:unknown', name: room.title ?? room.roomId };
}

/** When the customer wrote what nobody answered yet, or null. ISO 8601. */
export function waitingSince({ status, lastMessage }: Room): string | null {
  const isWaiting = status === 'open' && lastMessage?.sender?.startsWith('customer:') === true;
  return isWaiting ? lastMessage.at : null;
}

/** Whether somebody of the shop should look at it. */
export function isUnread({ unread, mine }: Room): boolean {
  return unread > 0 || mine.markedUnread;
}

/**
 * The last words in a line; what has no words is named by its kind.
 * @param newest the newest message that is loaded: it knows which event a line of the system tells of
 */
export function previewOf(room: Room, inbox: InboxWords, newest?: ChatMessage): string {
  const { lastMessage: last } = room;
  if (last === null) return inbox.noMessage;
  if (last.type === 'system') return eventOf(room, inbox, newest);
  const preview = last.preview === '' ? wordOf(last.type, inbox) : last.preview;
  return last.sender?.startsWith('vendor:') ? inbox.you(preview) : preview;
}

/** The head does not name the event; a closed room can only have been closed. */
function eventOf({ status, lastMessage }: Room, inbox: InboxWords, newest?: ChatMessage): string {
  const system = newest?.seq === lastMessage?.seq ? newest?.system : null;
  if (system) return inbox.words.note(system.event, system.params);
  return status === 'closed' ? inbox.words.note('closed', {}) : inbox.note;
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
