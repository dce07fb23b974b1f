/** Events on the deployment's EventBridge bus, for the marketplace's own mails, pushes and statistics. Their `source` stands in `ids.ts`. */
import * as z from 'zod/mini';

import { memberSchema, positionSchema, roomIdSchema, seqSchema, timeSchema } from './fields.ts';
import { messageSchema, productSchema } from './message.ts';

/**
 * Delivered at least once: `key` names one version of one fact, so a receiver that has seen a key skips it.
 * `version` is of the detail's shape; a later one only adds fields.
 */
const common = {
  version: z.literal(1),
  key: z.string(),
  at: timeSchema,
  roomId: roomIdSchema,
  customer: memberSchema,
  vendor: memberSchema,
};

/** What a mail to somebody who is away says. */
const waiting = {
  /** How the two are called. */
  customerName: z.string(),
  vendorName: z.string(),
  /** Unread messages, as the room says it; 0 where the vendor has read and not answered. */
  unread: positionSchema,
  /** The first message that no device of the receiver took while it was away, and when it was written. */
  seq: seqSchema,
  since: timeSchema,
  /** The newest message of the other side in one line, at most 240 bytes. */
  preview: z.string(),
  product: z.optional(productSchema),
};

/** Every event's detail by its `detail-type`. */
export const BUS_EVENTS = {
  /** A room got its first message. */
  'room.created': z.object({ ...common, product: z.optional(productSchema) }),
  /** The message as an outsider reads it: nobody's agent. */
  'message.created': z.object({ ...common, message: messageSchema }),
  /** Edited, deleted or reacted to, as it was right after; `changes` is the room's number then or a later one. */
  'message.updated': z.object({ ...common, message: messageSchema, changes: positionSchema }),
  'room.closed': z.object({ ...common, seq: seqSchema }),
  /**
   * A member without a live connection still has not read, after the deployment's delay. Once per room and
   * absence: the next one begins with the first message that comes after a device of it was there.
   */
  'member.unread': z.object({ ...common, ...waiting, member: memberSchema }),
  /** A vendor that was away still owes an answer, after the deployment's longer delay. Once per room and absence. */
  'customer.waiting': z.object({ ...common, ...waiting }),
};

export type BusEventType = keyof typeof BUS_EVENTS;

/** The detail of an event by its type. */
export type BusEventDetail<T extends BusEventType = BusEventType> = {
  [K in BusEventType]: z.infer<(typeof BUS_EVENTS)[K]>;
}[T];

/** An event as it goes on the bus. */
export type BusEvent = {
  [K in BusEventType]: {
    readonly type: K;
    readonly detail: z.infer<(typeof BUS_EVENTS)[K]>;
  };
}[BusEventType];
