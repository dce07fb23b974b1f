/** Frames that a client sends. `action` selects the route; `ref` is repeated by the reply. */
import * as z from 'zod/mini';

import { emojiSchema, positionSchema, refSchema, roomIdSchema, seqSchema } from './fields.ts';
import { outgoingMessageSchema, textSchema } from './message.ts';

const ref = z.exactOptional(refSchema);
const roomId = roomIdSchema;

/** Every action and its frame. The keys are the socket's routes. */
export const CLIENT_FRAMES = {
  /** `after`: the last seq the client had when it first tried this id; kept on retries. */
  send: z.object({
    action: z.literal('send'),
    ref,
    roomId,
    after: z.exactOptional(positionSchema),
    message: outgoingMessageSchema,
  }),
  read: z.object({ action: z.literal('read'), ref, roomId, seq: positionSchema }),
  /** Repeated every 5 s while it lasts; never answered unless it fails. */
  typing: z.object({ action: z.literal('typing'), ref, roomId, typing: z.boolean() }),
  edit: z.object({ action: z.literal('edit'), ref, roomId, seq: seqSchema, text: textSchema }),
  delete: z.object({ action: z.literal('delete'), ref, roomId, seq: seqSchema }),
  react: z.object({
    action: z.literal('react'),
    ref,
    roomId,
    seq: seqSchema,
    emoji: emojiSchema,
    on: z.boolean(),
  }),
  /** Tells colleagues which room this person looks at, null for none; `replying` while writing. Repeated every minute, never answered unless it fails. */
  focus: z.object({
    action: z.literal('focus'),
    ref,
    roomId: z.nullable(roomIdSchema),
    replying: z.exactOptional(z.boolean()),
  }),
  /** With `ref` a probe, answered by pong; without, it keeps the socket alive. */
  ping: z.object({ action: z.literal('ping'), ref }),
};

export type Action = keyof typeof CLIENT_FRAMES;

/** A frame by its action, as the schemas leave it: unknown fields gone, text trimmed. */
export type ClientFrame<A extends Action = Action> = {
  [K in Action]: z.infer<(typeof CLIENT_FRAMES)[K]>;
}[A];
