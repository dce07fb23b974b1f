/** What the HTTP calls answer, by status. Apart from the calls, because no function checks its own answers. */
import * as z from 'zod/mini';

import { suspensionSchema } from './admin/suspension.ts';
import { positionSchema, timeSchema } from './fields.ts';
import { messageSchema } from './message.ts';
import { noteSchema } from './shop/note.ts';
import { participantSchema, roomSchema } from './room.ts';
import { savedReplySchema, vendorSchema, vendorSettingsSchema } from './vendor.ts';

/** A page of a list; `next` is opaque. */
const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), next: z.nullable(z.string()) });

/** A message as its sender gets it back; `delivered`: a device of another member took it; absent on a retry. */
export const sentMessageSchema = z.extend(messageSchema, {
  delivered: z.optional(z.boolean()),
});
export type SentMessage = z.infer<typeof sentMessageSchema>;

/** The answers of every call by its name: a status and its body, null for none. */
export const HTTP_ANSWERS = {
  openRoom: { 201: roomSchema, 200: roomSchema },
  listRooms: { 200: listOf(roomSchema) },
  getRoom: { 200: roomSchema },
  updateRoom: { 200: roomSchema },
  updateMine: { 200: roomSchema },
  listMessages: {
    200: z.object({
      items: z.array(messageSchema),
      hasMore: z.boolean(),
      changes: positionSchema,
    }),
  },
  sendMessage: { 201: sentMessageSchema, 200: sentMessageSchema },
  editMessage: { 200: messageSchema },
  deleteMessage: { 200: messageSchema },
  react: { 200: messageSchema },
  readRoom: { 204: null },
  listParticipants: { 200: z.object({ items: z.array(participantSchema) }) },
  /** `waiting`: rooms in which the vendor owes an answer; for vendors only. */
  countUnread: {
    200: z.object({
      rooms: positionSchema,
      messages: positionSchema,
      waiting: z.optional(positionSchema),
    }),
  },
  createUpload: {
    201: z.object({
      key: z.string(),
      upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }),
    }),
  },
  getAttachment: { 200: z.object({ url: z.string(), expiresAt: timeSchema }) },
  listNotes: { 200: listOf(noteSchema) },
  addNote: { 201: noteSchema, 200: noteSchema },
  deleteNote: { 204: null },
  getSettings: { 200: vendorSettingsSchema },
  putSettings: { 200: vendorSettingsSchema },
  listReplies: { 200: z.object({ items: z.array(savedReplySchema) }) },
  addReply: { 201: savedReplySchema, 200: savedReplySchema },
  putReply: { 200: savedReplySchema },
  deleteReply: { 204: null },
  getVendor: { 200: vendorSchema },
  putSuspension: { 200: suspensionSchema },
  openapi: { 200: z.record(z.string(), z.unknown()) },
  asyncapi: { 200: z.record(z.string(), z.unknown()) },
  health: { 200: z.object({ status: z.literal('ok') }) },
} as const;

/** What a refusal looks like (`application/problem+json`). */
export const problemSchema = z.object({
  status: z.int(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  requestId: z.string(),
  retryAfter: z.optional(positionSchema),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
});
export type Problem = z.infer<typeof problemSchema>;
