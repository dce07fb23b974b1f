/** The HTTP calls: method, path and what they take. What they answer stands in `http-answers.ts`. */
import * as z from 'zod/mini';

import { suspendedSchema, suspendedUserSchema, suspensionBodySchema } from './admin/suspension.ts';
import {
  emojiSchema,
  messageIdSchema,
  positionSchema,
  roomIdSchema,
  seqSchema,
  vendorIdSchema,
  wellFormed,
} from './fields.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './limits.ts';
import { outgoingMessageSchema, productSchema, textSchema } from './message.ts';
import { outgoingNoteSchema } from './shop/note.ts';
import { mineSchema, roomStatusSchema } from './room.ts';
import { savedReplyBodySchema, vendorSettingsSchema } from './vendor.ts';

const WHOLE_NUMBER = /^\d{1,15}$/u;

/** A whole number in a query or path. */
const numberText = z.pipe(
  z.string().check(z.regex(WHOLE_NUMBER, 'must be a whole number')),
  z.transform(Number),
);
const limit = z._default(
  z.pipe(numberText, z.int().check(z.gte(1), z.lte(MAX_PAGE_SIZE))),
  DEFAULT_PAGE_SIZE,
);
const room = z.object({ roomId: roomIdSchema });
const message = z.object({ roomId: roomIdSchema, seq: z.pipe(numberText, seqSchema) });
const attachment = z.object({
  roomId: roomIdSchema,
  key: z.string().check(z.regex(/^[\w-]{1,128}$/u, 'must be one segment')),
});
const note = z.object({ roomId: roomIdSchema, noteId: messageIdSchema });
const reply = z.object({ replyId: messageIdSchema });
const nothing = z.object({});

/** Which rooms a list shows. */
export const roomFilterSchema = z.enum(['all', 'unread', 'waiting', 'closed']);
export type RoomFilter = z.infer<typeof roomFilterSchema>;

const sendBodySchema = z.intersection(
  outgoingMessageSchema,
  z.object({ after: z.exactOptional(positionSchema) }),
);

/** Every call by its name. `params` are in the path, `query` behind it. What it answers has the same name in `HTTP_ANSWERS`. */
export const HTTP_ROUTES = {
  openRoom: {
    method: 'POST',
    path: '/v1/rooms',
    params: nothing,
    query: nothing,
    body: z.object({
      vendorId: vendorIdSchema,
      product: z.exactOptional(productSchema),
    }),
  },
  listRooms: {
    method: 'GET',
    path: '/v1/rooms',
    params: nothing,
    query: z.object({
      filter: z._default(roomFilterSchema, 'all'),
      limit,
      cursor: z.exactOptional(z.string().check(z.maxLength(1024))),
    }),
    body: null,
  },
  getRoom: {
    method: 'GET',
    path: '/v1/rooms/{roomId}',
    params: room,
    query: nothing,
    body: null,
  },
  updateRoom: {
    method: 'PATCH',
    path: '/v1/rooms/{roomId}',
    params: room,
    query: nothing,
    body: z.object({ status: roomStatusSchema }),
  },
  updateMine: {
    method: 'PATCH',
    path: '/v1/rooms/{roomId}/mine',
    params: room,
    query: nothing,
    body: z.partial(mineSchema),
  },
  listMessages: {
    method: 'GET',
    path: '/v1/rooms/{roomId}/messages',
    params: room,
    query: z
      .object({
        after: z.exactOptional(numberText),
        before: z.exactOptional(z.pipe(numberText, seqSchema)),
        limit,
      })
      .check(
        z.refine(
          (query) => query.after === undefined || query.before === undefined,
          'after and before exclude one another',
        ),
      ),
    body: null,
  },
  sendMessage: {
    method: 'POST',
    path: '/v1/rooms/{roomId}/messages',
    params: room,
    query: nothing,
    body: sendBodySchema,
  },
  editMessage: {
    method: 'PATCH',
    path: '/v1/rooms/{roomId}/messages/{seq}',
    params: message,
    query: nothing,
    body: z.object({ text: textSchema }),
  },
  deleteMessage: {
    method: 'DELETE',
    path: '/v1/rooms/{roomId}/messages/{seq}',
    params: message,
    query: nothing,
    body: null,
  },
  react: {
    method: 'PUT',
    path: '/v1/rooms/{roomId}/messages/{seq}/reactions',
    params: message,
    query: nothing,
    body: z.object({ emoji: emojiSchema, on: z.boolean() }),
  },
  readRoom: {
    method: 'PUT',
    path: '/v1/rooms/{roomId}/read',
    params: room,
    query: nothing,
    body: z.object({ seq: positionSchema }),
  },
  listParticipants: {
    method: 'GET',
    path: '/v1/rooms/{roomId}/participants',
    params: room,
    query: nothing,
    body: null,
  },
  countUnread: {
    method: 'GET',
    path: '/v1/unread',
    params: nothing,
    query: nothing,
    body: null,
  },
  createUpload: {
    method: 'POST',
    path: '/v1/rooms/{roomId}/attachments',
    params: room,
    query: nothing,
    body: z.object({
      name: wellFormed(255).check(z.minLength(1)),
      contentType: z.string().check(z.maxLength(127)),
      size: seqSchema,
    }),
  },
  getAttachment: {
    method: 'GET',
    path: '/v1/rooms/{roomId}/attachments/{key}',
    params: attachment,
    query: nothing,
    body: null,
  },
  listNotes: {
    method: 'GET',
    path: '/v1/rooms/{roomId}/notes',
    params: room,
    query: z.object({ limit, cursor: z.exactOptional(z.string().check(z.maxLength(1024))) }),
    body: null,
  },
  addNote: {
    method: 'POST',
    path: '/v1/rooms/{roomId}/notes',
    params: room,
    query: nothing,
    body: outgoingNoteSchema,
  },
  deleteNote: {
    method: 'DELETE',
    path: '/v1/rooms/{roomId}/notes/{noteId}',
    params: note,
    query: nothing,
    body: null,
  },
  getSettings: {
    method: 'GET',
    path: '/v1/vendors/me',
    params: nothing,
    query: nothing,
    body: null,
  },
  putSettings: {
    method: 'PUT',
    path: '/v1/vendors/me',
    params: nothing,
    query: nothing,
    body: vendorSettingsSchema,
  },
  listReplies: {
    method: 'GET',
    path: '/v1/vendors/me/replies',
    params: nothing,
    query: nothing,
    body: null,
  },
  addReply: {
    method: 'POST',
    path: '/v1/vendors/me/replies',
    params: nothing,
    query: nothing,
    body: z.extend(savedReplyBodySchema, { replyId: messageIdSchema }),
  },
  putReply: {
    method: 'PUT',
    path: '/v1/vendors/me/replies/{replyId}',
    params: reply,
    query: nothing,
    body: savedReplyBodySchema,
  },
  deleteReply: {
    method: 'DELETE',
    path: '/v1/vendors/me/replies/{replyId}',
    params: reply,
    query: nothing,
    body: null,
  },
  getVendor: {
    method: 'GET',
    path: '/v1/vendors/{vendorId}',
    params: z.object({ vendorId: vendorIdSchema }),
    query: nothing,
    body: null,
  },
  putSuspension: {
    method: 'PUT',
    path: '/v1/admin/users/{member}/suspension',
    params: suspendedSchema,
    query: suspendedUserSchema,
    body: suspensionBodySchema,
  },
  openapi: {
    method: 'GET',
    path: '/v1/openapi.json',
    params: nothing,
    query: nothing,
    body: null,
  },
  asyncapi: {
    method: 'GET',
    path: '/v1/asyncapi.json',
    params: nothing,
    query: nothing,
    body: null,
  },
  health: {
    method: 'GET',
    path: '/v1/health',
    params: nothing,
    query: nothing,
    body: null,
  },
} as const;

export type HttpRouteName = keyof typeof HTTP_ROUTES;
