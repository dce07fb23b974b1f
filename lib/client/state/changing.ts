/** What I do to stored messages before the server has confirmed it, laid over them. Pure. */
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';

/** What can be done to a message. */
export type MessageChange =
  | { readonly type: 'edit'; readonly text: string }
  | { readonly type: 'remove' }
  | { readonly type: 'react'; readonly emoji: string; readonly on: boolean };

/** A change that the server has not confirmed yet. */
export interface PendingChange {
  readonly id: string;
  readonly seq: number;
  readonly change: MessageChange;
  /** ISO time of the tap. */
  readonly at: string;
  /** The message after it. */
  readonly layOver: (message: Message, me: Member | null) => Message;
}

/** The message as it will be, should everything that is pending be accepted. */
export function withChanges(
  message: Message,
  pending: readonly PendingChange[],
  me: Member | null,
): Message {
  const last = pending.at(-1);
  if (last === undefined) return message;
  const cached = laidOver.get(message);
  if (cached?.last === last && cached.first === pending[0]) return cached.result;
  const result = pending.reduce((base, it) => it.layOver(base, me), message);
  laidOver.set(message, { first: pending[0], last, result });
  return result;
}

/** By the message as it is stored, so that what looks the same stays the same object. */
const laidOver = new WeakMap<
  Message,
  { first: PendingChange | undefined; last: PendingChange; result: Message }
>();
