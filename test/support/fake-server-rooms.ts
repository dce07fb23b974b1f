/** The rooms of the fake chat server: messages, changes to them, marks and what each side sees. */
import type { Member } from '#protocol/ids.ts';
import type { Attachment, Message, MessageType, Product } from '#protocol/message.ts';
import type { Mine, Room } from '#protocol/room.ts';

export interface StoredRoom {
  readonly roomId: string;
  readonly customer: Member;
  readonly vendor: Member;
  readonly messages: Message[];
  readonly read: Record<string, number>;
  readonly delivered: Record<string, number>;
  readonly mine: Map<Member, Mine>;
  status: Room['status'];
  changes: number;
}

/** What a client sends; unchecked, as the contract is held to elsewhere. */
export interface Outgoing {
  readonly id: string;
  readonly type: MessageType;
  readonly text?: string;
  readonly product?: Product;
  readonly replyTo?: number;
  readonly attachments?: readonly { key: string; name: string }[];
}

const NOTHING: Mine = { muted: false, markedUnread: false, labels: [], assignee: null };

export function newRoom(customer: Member, vendor: Member): StoredRoom {
  return {
    roomId: `d-${customer}-${vendor}`,
    customer,
    vendor,
    messages: [],
    read: {},
    delivered: {},
    mine: new Map(),
    status: 'open',
    changes: 0,
  };
}

/** The message that a room stores for what a client sends. */
export function storedMessage(
  room: StoredRoom,
  sender: Member | null,
  { outgoing, at }: { outgoing: Outgoing; at: string },
): Message {
  const { id, type, text, product, replyTo, attachments = [] } = outgoing;
  return {
    roomId: room.roomId,
    seq: room.messages.length + 1,
    id,
    type,
    sender: sender === null ? null : { member: sender, name: sender, agent: null },
    text: text ?? null,
    attachments: attachments.map(asAttachment),
    product: product ?? null,
    replyTo: replyTo ?? null,
    system: null,
    reactions: {},
    at,
    editedAt: null,
    deletedAt: null,
  };
}

function asAttachment({ key, name }: { key: string; name: string }): Attachment {
  return { key, name, contentType: 'image/png', size: 3 };
}

/** What a call makes of a message; null where it is so already. */
export type Rewrite = (message: Message) => Partial<Message> | null;

export const edited =
  (text: string, at: string): Rewrite =>
  (message) =>
    message.text === text ? null : { text, editedAt: at };

export const deleted =
  (at: string): Rewrite =>
  (message) =>
    message.deletedAt ? null : { text: null, attachments: [], product: null, deletedAt: at };

export const reacted =
  (emoji: string, on: boolean, member: Member): Rewrite =>
  ({ reactions }) => {
    const members = reactions[emoji] ?? [];
    if (members.includes(member) === on) return null;
    const next = on ? [...members, member] : members.filter((one) => one !== member);
    const { [emoji]: _before, ...others } = reactions;
    return { reactions: next.length === 0 ? others : { ...others, [emoji]: next } };
  };

/** Opens or closes a room. @returns what is posted of it; null where it was so already, as for a retry */
export function moveStatus(room: StoredRoom, status: Room['status']): 'closed' | 'reopened' | null {
  if (room.status === status) return null;
  room.status = status;
  return status === 'closed' ? 'closed' : 'reopened';
}

/** A page of a room's messages as the contract pages them. */
export function pageOf(room: StoredRoom, query: URLSearchParams): object {
  const limit = Number(query.get('limit') ?? 50);
  const after = query.get('after');
  const { changes } = room;
  if (after !== null) {
    const rest = room.messages.filter(({ seq }) => seq > Number(after));
    return { items: rest.slice(0, limit), hasMore: rest.length > limit, changes };
  }
  const before = Number(query.get('before') ?? Infinity);
  const older = room.messages.filter(({ seq }) => seq < before);
  return { items: older.slice(-limit), hasMore: older.length > limit, changes };
}

/** The room as a member sees it. */
export function renderRoom(room: StoredRoom, member: Member): Room {
  const last = room.messages.at(-1);
  const product = room.messages.findLast((message) => message.product !== null)?.product;
  return {
    roomId: room.roomId,
    kind: 'direct',
    title: null,
    members: [
      { member: room.customer, name: room.customer },
      { member: room.vendor, name: room.vendor },
    ],
    status: room.status,
    seq: room.messages.length,
    changes: room.changes,
    read: { ...room.read },
    delivered: { ...room.delivered },
    unread: room.messages.length - (room.read[member] ?? 0),
    lastMessage: last
      ? {
          seq: last.seq,
          type: last.type,
          preview: last.text ?? '',
          sender: last.sender?.member ?? null,
          at: last.at,
        }
      : null,
    ...(product ? { product } : {}),
    mine: mineOf(room, member),
    createdAt: '2026-11-22T12:00:00.000Z',
    lastActivityAt: last?.at ?? '2026-11-22T12:00:00.000Z',
  };
}

export function mineOf(room: StoredRoom, member: Member): Mine {
  return room.mine.get(member) ?? NOTHING;
}
