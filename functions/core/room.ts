/** Rooms as stored, and as each of their members reads them. */
import { createHash } from 'node:crypto';

import { type Member, idOfMember } from '#protocol/ids.ts';
import type { MessageType, Product } from '#protocol/message.ts';
import type { Room, RoomMember, RoomStatus } from '#protocol/room.ts';

/** A member by its place in a direct room. Short, because a head has to stay under 1 KB. */
export type Side = 'customer' | 'vendor';

/** One number of each side: a seq, or a time in milliseconds. */
export type Marks = Record<Side, number>;

/**
 * `attention` from the first unanswered customer message, `closed` from the closing; `closed-unread` where something
 * was left unread, or marked so. Each holds too many rather than too few.
 */
export type Lane = 'attention' | 'closed' | 'closed-unread';

/** The room's newest message but for an away note, in one line; `sender` is null for system messages. */
export interface StoredLastMessage {
  seq: number;
  type: MessageType;
  preview: string;
  sender: Side | null;
  at: string;
  /** The message's own `version`: an older one never replaces the preview of a newer. */
  version?: number;
}

/** The latest question that opened an exchange, and the vendor's first answer to it (see vendor/exchange.ts). */
export interface Exchange {
  askedAt: string;
  /** The seq of the answer; absent while there is none. */
  answeredSeq?: number;
}

/** What everything asks of a room, in one item. Times are ISO 8601. */
export interface StoredHead {
  roomId: string;
  kind: 'direct';
  customer: Member;
  vendor: Member;
  status: RoomStatus;
  /** The newest message the summary knows: it may lag behind the log, and never leads. */
  seq: number;
  changes: number;
  /** The change of a message that was counted last: who repeats its count sees that it is done. */
  lastChange?: { seq: number; version: number };
  read: Marks;
  delivered: Marks;
  /** When each side's quota of messages is whole again, in milliseconds since 1970 (see flood.ts). */
  flood: Marks;
  lastMessage?: StoredLastMessage;
  /** Who wrote the last message that is not a system message. */
  lastFrom?: Side;
  /** The last message that is not a system message; 0 or absent where there is none yet. */
  said?: number;
  lane?: Lane;
  exchange?: Exchange;
  /** Marked unread by hand, until that side's read mark is moved by itself. */
  markedByCustomer?: true;
  markedByVendor?: true;
  /** That side keeps something to itself in an item of its own, which need not be looked for otherwise. */
  mineOfCustomer?: true;
  mineOfVendor?: true;
  createdAt: string;
  lastActivityAt: string;
}

/** What changes rarely in a room: names and pictures of its members, and the product asked about. */
export interface RoomAbout {
  roomId: string;
  names: Partial<Record<Side, string>>;
  pictures: Partial<Record<Side, string>>;
  product?: Product;
}

/** What of that is to change; null takes away. */
export interface AboutChange {
  readonly names?: Partial<Record<Side, string | null>>;
  readonly pictures?: Partial<Record<Side, string | null>>;
  readonly product?: Product;
}

/** Changes what a room is about, attribute by attribute, also where nothing is known of it yet. */
export type ChangeAbout = (roomId: string, change: AboutChange) => Promise<void>;

/** What one side keeps to itself; what is absent is as in a new room. */
export interface StoredMine {
  muted?: true;
  labels?: string[];
  assignee?: string;
}

/** Both sides, in the order in which rooms name their members. */
export const SIDES: readonly Side[] = ['customer', 'vendor'];

/** The attributes of each side that are either true or absent. */
export const MARKED_BY = { customer: 'markedByCustomer', vendor: 'markedByVendor' } as const;
export const MINE_OF = { customer: 'mineOfCustomer', vendor: 'mineOfVendor' } as const;

/** The other side of a direct room. */
export function otherSide(side: Side): Side {
  return side === 'customer' ? 'vendor' : 'customer';
}

/** The id of the one room of a customer and a vendor: two opens can never make two rooms. */
export function directRoomId(customer: Member, vendor: Member): string {
  const hash = createHash('sha256').update(`direct\0${customer}\0${vendor}`).digest('base64url');
  return `d-${hash}`;
}

/** A time in milliseconds as the contract writes it. */
export function toIso(ms: number): string {
  return new Date(ms).toISOString();
}

/** A room nobody has written in. */
export function newHead(customer: Member, vendor: Member, at: string): StoredHead {
  return {
    roomId: directRoomId(customer, vendor),
    kind: 'direct',
    customer,
    vendor,
    status: 'open',
    seq: 0,
    changes: 0,
    read: { customer: 0, vendor: 0 },
    delivered: { customer: 0, vendor: 0 },
    flood: { customer: 0, vendor: 0 },
    createdAt: at,
    lastActivityAt: at,
  };
}

/** How many messages a side has not read. */
export function unreadOf(head: StoredHead, side: Side): number {
  return Math.max(0, head.seq - head.read[side]);
}

/** True where a side has marked the room unread by hand. */
export function isMarked(head: StoredHead, side: Side): boolean {
  return head[MARKED_BY[side]] === true;
}

/** True where a side keeps something to itself besides that mark. */
export function hasMine(head: StoredHead, side: Side): boolean {
  return head[MINE_OF[side]] === true;
}

/** True where a room is unread for a side: by its messages, or marked so. */
export function isUnread(head: StoredHead, side: Side): boolean {
  return isMarked(head, side) || unreadOf(head, side) > 0;
}

/** True while the vendor owes an answer: open, and the customer wrote last. */
export function isWaiting(head: StoredHead): boolean {
  return head.status === 'open' && head.lastFrom === 'customer';
}

/** Orders rooms by their last activity, the latest first; those of the same moment by id. */
export function byLatest(
  a: Pick<StoredHead, 'lastActivityAt' | 'roomId'>,
  b: Pick<StoredHead, 'lastActivityAt' | 'roomId'>,
): number {
  if (a.lastActivityAt !== b.lastActivityAt) return a.lastActivityAt > b.lastActivityAt ? -1 : 1;
  return a.roomId === b.roomId ? 0 : a.roomId > b.roomId ? -1 : 1;
}

/** What a side is called in a room; its id where nobody has said a name yet. */
export function nameOf(head: StoredHead, about: RoomAbout | null, side: Side): string {
  return about?.names[side] ?? idOfMember(head[side]);
}

/** What a room's items besides its head say, as far as they are there. */
export interface RoomItems {
  readonly about: RoomAbout | null;
  /** Of the side that reads; nobody else's. */
  readonly mine: StoredMine | null;
}

/** The room as one side reads it. */
export function renderRoom(head: StoredHead, { about, mine }: RoomItems, side: Side): Room {
  const product = about?.product;
  return {
    roomId: head.roomId,
    kind: head.kind,
    title: null,
    members: SIDES.map((one) => renderMember(head, about, one)),
    status: head.status,
    seq: head.seq,
    changes: head.changes,
    read: renderMarks(head, head.read),
    delivered: renderMarks(head, head.delivered),
    unread: unreadOf(head, side),
    lastMessage: renderLastMessage(head),
    ...(product === undefined ? {} : { product }),
    mine: {
      muted: mine?.muted ?? false,
      markedUnread: isMarked(head, side),
      labels: mine?.labels ?? [],
      assignee: mine?.assignee ?? null,
    },
    createdAt: head.createdAt,
    lastActivityAt: head.lastActivityAt,
  };
}

function renderMember(head: StoredHead, about: RoomAbout | null, side: Side): RoomMember {
  const picture = about?.pictures[side];
  return {
    member: head[side],
    name: nameOf(head, about, side),
    ...(picture === undefined ? {} : { picture }),
  };
}

function renderMarks(head: StoredHead, marks: Marks): Record<string, number> {
  return Object.fromEntries(SIDES.map((side) => [head[side], marks[side]]));
}

function renderLastMessage(head: StoredHead): Room['lastMessage'] {
  if (head.lastMessage === undefined) return null;
  const { sender, version: _version, ...rest } = head.lastMessage;
  return { ...rest, sender: sender === null ? null : head[sender] };
}
