/** Names of tables' keys, indexes and item parts, and every key string. Nothing else spells one. */
import type { ReminderKind } from '#core/reminders/reminder.ts';
import type { Lane } from '#core/room.ts';
import type { Member } from '#protocol/ids.ts';

/** The tables of a deployment by what they hold. */
export interface Tables {
  readonly rooms: string;
  readonly messages: string;
  readonly connections: string;
  readonly profiles: string;
}

/** Key attributes by table: partition, then sort. `seq` is a number, all others are strings. */
export const TABLE_KEYS = {
  rooms: ['roomId', 'part'],
  messages: ['roomId', 'seq'],
  connections: ['member', 'connectionId'],
  profiles: ['member', 'item'],
} as const;

/** Indexes of `rooms`: keys only, and sparse, for a head carries `bucket` and `lane` only while they apply. */
export const ROOM_INDEXES = {
  byVendor: ['vendor', 'bucket'],
  byCustomer: ['customer', 'roomId'],
  byLane: ['lane', 'laneAt'],
} as const;

/** The attribute of `connections` and `profiles` that DynamoDB deletes by, in seconds. */
export const TTL_ATTRIBUTE = 'expiresAt';

/** Parts of a room. */
export const HEAD = 'head';
export const ABOUT = 'about';
export const NOTE_PREFIX = 'note#';
export const NOTE_ID_PREFIX = 'note-id#';

/** What a member keeps to itself in a room. */
export function mineKey(member: Member): string {
  return `for#${member}`;
}

/** A note by its time, which sorts as text, and its id. */
export function noteKey({ at, noteId }: { at: string; noteId: string }): string {
  return `${NOTE_PREFIX}${at}#${noteId}`;
}

/** Where a note's id leads to its time. */
export function noteIdKey(noteId: string): string {
  return `${NOTE_ID_PREFIX}${noteId}`;
}

/** Items of a profile. */
export const PRESENCE = 'presence';
/** A vendor's shop: settings, the name that its tokens say, its reply time. */
export const SETTINGS = 'settings';
/** A vendor's saved replies. */
export const REPLIES = 'replies';
export const ROOM_QUOTA = 'quota#rooms';
export const CONTACT_QUOTA = 'quota#contacts';
export const UPLOAD_QUOTA = 'quota#uploads';

/** Where a vendor's first answers begin and end; between them they are in the order of their times. */
export const ANSWERS = 'answer#';
export const ANSWERS_END = 'answer#~';

/** A vendor's first answer: `answer#2026-11-22T16:00:00.000Z#d-7Zk1…#12`. */
export function answerKey({
  roomId,
  seq,
  at,
}: {
  roomId: string;
  seq: number;
  at: string;
}): string {
  return `${ANSWERS}${at}#${roomId}#${seq}`;
}

/** Whether a member is suspended, or of a vendor's staff this one user. */
export function suspensionKey(user: string | null): string {
  return user === null ? 'suspension' : `suspension#${user}`;
}

/** For which absence a vendor's room was answered. */
export function awayKey(roomId: string): string {
  return `away#${roomId}`;
}

/** Of which message of a room a member was reminded. */
export function toldKey(kind: ReminderKind, roomId: string): string {
  return `told#${kind}#${roomId}`;
}

/** A vendor's lane: `vendor:7#attention`. */
export function laneKey(vendor: Member, name: Lane): string {
  return `${vendor}#${name}`;
}

/** The lane's name, from its key. */
export function laneName(key: string): Lane {
  const name = key.slice(key.lastIndexOf('#') + 1);
  return name === 'closed' || name === 'closed-unread' ? name : 'attention';
}

/** The hour of an ISO time, which sorts as text: `2026-11-22T16`. */
export function bucketKey(at: string): string {
  return at.slice(0, 13);
}
