/** Messages: what is stored and shown, and what a client may send. */
import * as z from 'zod/mini';

import {
  linkSchema,
  memberSchema,
  messageIdSchema,
  positionSchema,
  roomIdSchema,
  seqSchema,
  timeSchema,
  wellFormed,
} from './fields.ts';
import { DEFAULT_LIMITS } from './limits.ts';

/** A product as a shop names it; `price` is a decimal number as text. */
export const productSchema = z.object({
  id: wellFormed(128).check(z.minLength(1)),
  title: wellFormed(200).check(z.minLength(1)),
  url: linkSchema,
  image: z.exactOptional(linkSchema),
  price: z.exactOptional(z.string().check(z.regex(/^\d{1,12}(\.\d{1,4})?$/u, 'must be a decimal'))),
  currency: z.exactOptional(z.string().check(z.regex(/^[A-Z]{3}$/u, 'must be an ISO 4217 code'))),
});
export type Product = z.infer<typeof productSchema>;

export const attachmentSchema = z.object({
  key: z.string().check(z.minLength(1), z.maxLength(128)),
  name: wellFormed(255),
  contentType: z.string().check(z.maxLength(127)),
  size: positionSchema,
  width: z.exactOptional(seqSchema),
  height: z.exactOptional(seqSchema),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** Who wrote: `agent` is the person of the vendor's staff, null for everybody but the staff. */
export const senderSchema = z.object({
  member: memberSchema,
  name: z.string(),
  agent: z.nullable(z.object({ user: z.string(), name: z.string() })),
});

export const messageTypeSchema = z.enum(['text', 'image', 'file', 'product', 'system']);
export type MessageType = z.infer<typeof messageTypeSchema>;

/** A message as every member reads it. A deleted one keeps its seq and has text null. */
export const messageSchema = z.object({
  roomId: roomIdSchema,
  seq: seqSchema,
  id: z.string(),
  type: messageTypeSchema,
  sender: z.nullable(senderSchema),
  text: z.nullable(z.string()),
  attachments: z.array(attachmentSchema),
  product: z.nullable(productSchema),
  replyTo: z.nullable(seqSchema),
  system: z.nullable(z.object({ event: z.string(), params: z.record(z.string(), z.unknown()) })),
  reactions: z.record(z.string(), z.array(memberSchema)),
  at: timeSchema,
  editedAt: z.nullable(timeSchema),
  deletedAt: z.nullable(timeSchema),
  /** How often it changed: of two states of a message, the higher is the later. Absent for one that never did. */
  version: z.optional(seqSchema),
});
export type Message = z.infer<typeof messageSchema>;

/** A text that a person wrote: trimmed, not blank. The deployment's own maximum is checked by the domain. */
export const textSchema = wellFormed(4 * DEFAULT_LIMITS.maxTextLength).check(
  z.trim(),
  z.minLength(1, 'must not be blank'),
);

/** The deployment's own maximum is checked by the domain. */
const outgoingAttachments = z
  .array(
    z.object({
      key: z.string().check(z.minLength(1), z.maxLength(128)),
      name: wellFormed(255).check(z.minLength(1)),
      width: z.exactOptional(seqSchema),
      height: z.exactOptional(seqSchema),
    }),
  )
  .check(z.minLength(1), z.maxLength(4 * DEFAULT_LIMITS.maxAttachments));

const common = { id: messageIdSchema, replyTo: z.exactOptional(seqSchema) };

/** What a client may send, by type. Everything else in it (sender, seq, at …) is ignored. */
export const outgoingMessageSchema = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('text'),
    text: textSchema,
    product: z.exactOptional(productSchema),
  }),
  z.object({
    ...common,
    type: z.enum(['image', 'file']),
    text: z.exactOptional(textSchema),
    attachments: outgoingAttachments,
  }),
  z.object({
    id: messageIdSchema,
    type: z.literal('product'),
    product: productSchema,
    text: z.exactOptional(textSchema),
  }),
]);
export type OutgoingMessage = z.infer<typeof outgoingMessageSchema>;
