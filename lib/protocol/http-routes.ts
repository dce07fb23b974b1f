/** The HTTP calls: method, path, what they take and what they answer. */
import * as z from 'zod/mini';

import {
  positionSchema,
  roomIdSchema,
  seqSchema,
  timeSchema,
  vendorIdSchema,
  wellFormed,
} from './fields.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './limits.ts';
import { messageSchema, outgoingMessageSchema, productSchema, textSchema } from './message.ts';
import { mineSchema, participantSchema, roomSchema, roomStatusSchema } from './room.ts';

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
const nothing = z.object({});

/** A page of a list; `next` is opaque. */
const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), next: z.nullable(z.string()) });

/** Which rooms a list shows. */
export const roomFilterSchema = z.enum(['all', 'unread', 'waiting', 'closed']);
export type RoomFilter = z.infer<typeof roomFilterSchema>;

/** A message as its sender gets it back; `delivered`: a device of another member took it; absent on a retry. */
export const sentMessageSchema = z.extend(messageSchema, {
  delivered: z.optional(z.boolean()),
});
export type SentMessage = z.infer<typeof sentMessageSchema>;

const sendBodySchema = z.intersection(
  outgoingMessageSchema,
  z.object({ after: z.exactOptional(positionSchema) }),
);

/** Every call by its name. `params` are in the path, `query` behind it; `answers` maps a status to its body. */
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
    answers: { 201: roomSchema, 200: roomSchema },
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
    answers: { 200: listOf(roomSchema) },
  },
  getRoom: {
    method: 'GET',
    path: '/v1/rooms/{roomId}',
    params: room,
    query: nothing,
    body: null,
    answers: { 200: roomSchema },
  },
  updateRoom: {
    method: 'PATCH',
    path: '/v1/rooms/{roomId}',
    params: room,
    query: nothing,
    body: z.object({ status: roomStatusSchema }),
    answers: { 200: roomSchema },
  },
  updateMine: {
    method: 'PATCH',
    path: '/v1/rooms/{roomId}/mine',
    params: room,
    query: nothing,
    body: z.partial(mineSchema),
    answers: { 200: roomSchema },
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
    answers: {
      200: z.object({
        items: z.array(messageSchema),
        hasMore: z.boolean(),
        changes: positionSchema,
      }),
    },
  },
  sendMessage: {
    method: 'POST',
    path: '/v1/rooms/{roomId}/messages',
    params: room,
    query: nothing,
    body: sendBodySchema,
    answers: { 201: sentMessageSchema, 200: sentMessageSchema },
  },
  editMessage: {
    method: 'PATCH',
    path: '/v1/rooms/{roomId}/messages/{seq}',
    params: message,
    query: nothing,
    body: z.object({ text: textSchema }),
    answers: { 200: messageSchema },
  },
  deleteMessage: {
    method: 'DELETE',
    path: '/v1/rooms/{roomId}/messages/{seq}',
    params: message,
    query: nothing,
    body: null,
    answers: { 200: messageSchema },
  },
  readRoom: {
    method: 'PUT',
    path: '/v1/rooms/{roomId}/read',
    params: room,
    query: nothing,
    body: z.object({ seq: positionSchema }),
    answers: { 204: null },
  },
  listParticipants: {
    method: 'GET',
    path: '/v1/rooms/{roomId}/participants',
    params: room,
    query: nothing,
    body: null,
    answers: { 200: z.object({ items: z.array(participantSchema) }) },
  },
  countUnread: {
    method: 'GET',
    path: '/v1/unread',
    params: nothing,
    query: nothing,
    body: null,
    answers: { 200: z.object({ rooms: positionSchema, messages: positionSchema }) },
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
    answers: {
      201: z.object({
        key: z.string(),
        upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }),
      }),
    },
  },
  getAttachment: {
    method: 'GET',
    path: '/v1/rooms/{roomId}/attachments/{key}',
    params: attachment,
    query: nothing,
    body: null,
    answers: { 200: z.object({ url: z.string(), expiresAt: timeSchema }) },
  },
  health: {
    method: 'GET',
    path: '/v1/health',
    params: nothing,
    query: nothing,
    body: null,
    answers: { 200: z.object({ status: z.literal('ok') }) },
  },
} as const;

export type HttpRouteName = keyof typeof HTTP_ROUTES;

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
