/** Rooms as a member sees them. */
import * as z from 'zod/mini';

import {
  linkSchema,
  memberSchema,
  positionSchema,
  roomIdSchema,
  seqSchema,
  timeSchema,
  wellFormed,
} from './fields.ts';
import { MAX_PREFIX_LENGTH, MAX_SUBJECT_LENGTH } from './limits.ts';
import { messageTypeSchema, productSchema } from './message.ts';

export const roomMemberSchema = z.object({
  member: memberSchema,
  name: z.string(),
  picture: z.exactOptional(linkSchema),
});
export type RoomMember = z.infer<typeof roomMemberSchema>;

export const roomStatusSchema = z.enum(['open', 'closed']);
export type RoomStatus = z.infer<typeof roomStatusSchema>;

/** The room's newest message in one line; `preview` has at most 240 bytes, and is empty for a deleted one. */
export const lastMessageSchema = z.object({
  seq: seqSchema,
  type: messageTypeSchema,
  preview: z.string(),
  sender: z.nullable(memberSchema),
  at: timeSchema,
});
export type LastMessage = z.infer<typeof lastMessageSchema>;

/** What one side keeps to itself. */
export const mineSchema = z.object({
  muted: z.boolean(),
  markedUnread: z.boolean(),
  labels: z.array(wellFormed(40)).check(z.maxLength(20)),
  /** The colleague's user, behind its issuer's prefix. */
  assignee: z.nullable(wellFormed(MAX_PREFIX_LENGTH + MAX_SUBJECT_LENGTH)),
});
export type Mine = z.infer<typeof mineSchema>;

/** A room rendered for one member: `unread` and `mine` are the caller's. */
export const roomSchema = z.object({
  roomId: roomIdSchema,
  kind: z.enum(['direct', 'group']),
  title: z.nullable(z.string()),
  members: z.array(roomMemberSchema),
  status: roomStatusSchema,
  /** The highest message number so far; 0 = no message yet. */
  seq: positionSchema,
  /** Grows with every edit, delete or reaction; may skip. */
  changes: positionSchema,
  /** The highest seq each member has read; only grows. */
  read: z.record(z.string(), positionSchema),
  /** The highest seq that reached a device of each member; only grows. */
  delivered: z.record(z.string(), positionSchema),
  unread: positionSchema,
  lastMessage: z.nullable(lastMessageSchema),
  /** The latest product that a customer's message carried. */
  product: z.exactOptional(productSchema),
  mine: mineSchema,
  createdAt: timeSchema,
  lastActivityAt: timeSchema,
});
export type Room = z.infer<typeof roomSchema>;

/** A member of a room with presence; after `onlineUntil` show offline. */
export const participantSchema = z.object({
  member: memberSchema,
  name: z.string(),
  online: z.boolean(),
  onlineUntil: z.nullable(timeSchema),
  lastSeenAt: z.nullable(timeSchema),
  readSeq: positionSchema,
});
export type Participant = z.infer<typeof participantSchema>;
