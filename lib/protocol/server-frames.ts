/** Frames that the server sends: one reply per asked frame, and the events of the caller's rooms. */
import * as z from 'zod/mini';

import {
  memberSchema,
  positionSchema,
  refSchema,
  roomIdSchema,
  seqSchema,
  timeSchema,
} from './fields.ts';
import { messageSchema } from './message.ts';
import { noteSchema } from './shop/note.ts';
import { roomSchema } from './room.ts';

const ref = z.optional(refSchema);
const roomId = roomIdSchema;

/** Every event and its frame. */
export const SERVER_FRAMES = {
  /** The message is stored. `delivered`: a device of another member took it; absent on a retry. */
  ack: z.object({
    event: z.literal('ack'),
    ref,
    roomId,
    id: z.string(),
    seq: seqSchema,
    at: timeSchema,
    delivered: z.optional(z.boolean()),
  }),
  ok: z.object({ event: z.literal('ok'), ref }),
  pong: z.object({ event: z.literal('pong'), ref, at: timeSchema }),
  /** `code` is one of the error table; a client treats an unknown one as `internal`. */
  error: z.object({
    event: z.literal('error'),
    ref,
    code: z.string(),
    message: z.string(),
    retryAfter: z.optional(positionSchema),
    errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  }),
  message: z.object({ event: z.literal('message'), message: messageSchema }),
  'message.updated': z.object({
    event: z.literal('message.updated'),
    message: messageSchema,
    changes: positionSchema,
  }),
  read: z.object({
    event: z.literal('read'),
    roomId,
    member: memberSchema,
    seq: positionSchema,
    delivered: positionSchema,
    at: timeSchema,
  }),
  /** To the other members only. */
  typing: z.object({
    event: z.literal('typing'),
    roomId,
    member: memberSchema,
    name: z.string(),
    typing: z.boolean(),
  }),
  /** After `onlineUntil` show offline. */
  presence: z.object({
    event: z.literal('presence'),
    member: memberSchema,
    online: z.boolean(),
    onlineUntil: z.nullable(timeSchema),
    lastSeenAt: z.nullable(timeSchema),
  }),
  /** A room with its first message, a changed status, or changed marks of the receiver's side; rendered for its receiver. */
  room: z.object({ event: z.literal('room'), room: roomSchema }),
  /** To the vendor's staff only, like everything of notes. */
  note: z.object({ event: z.literal('note'), note: noteSchema }),
  'note.deleted': z.object({
    event: z.literal('note.deleted'),
    roomId,
    noteId: z.string(),
  }),
  /** Where a colleague is; to the same vendor's staff only. Ends by itself after 75 s. `roomId` null: in no room. */
  focus: z.object({
    event: z.literal('focus'),
    roomId: z.nullable(roomId),
    user: z.string(),
    name: z.string(),
    replying: z.boolean(),
  }),
};

export type ServerEvent = keyof typeof SERVER_FRAMES;

export type ServerFrame<E extends ServerEvent = ServerEvent> = {
  [K in ServerEvent]: z.infer<(typeof SERVER_FRAMES)[K]>;
}[E];
