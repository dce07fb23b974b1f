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
  const result = pending.reduce((base, it) => changed(base, it, me), message);
  laidOver.set(message, { first: pending[0], last, result });
  return result;
}

/** By the message as it is stored, so that what looks the same stays the same object. */
const laidOver = new WeakMap<
  Message,
  { first: PendingChange | undefined; last: PendingChange; result: Message }
>();

/** The message after one change; one that is deleted, here or elsewhere, takes no more. */
export function changed(
  message: Message,
  { change, at }: Pick<PendingChange, 'change' | 'at'>,
  me: Member | null,
): Message {
  if (message.deletedAt !== null) return message;
  switch (change.type) {
    case 'edit':
      return { ...message, text: change.text, editedAt: at };
    case 'remove':
      return { ...message, ...NOTHING, deletedAt: at };
    case 'react':
    default:
      return me === null ? message : { ...message, reactions: withReaction(message, change, me) };
  }
}

/** What a deleted message loses. */
const NOTHING = {
  text: null,
  attachments: [],
  product: null,
  replyTo: null,
  reactions: {},
} satisfies Partial<Message>;

function withReaction(
  { reactions }: Message,
  { emoji, on }: Extract<MessageChange, { type: 'react' }>,
  me: Member,
): Message['reactions'] {
  const others = (reactions[emoji] ?? []).filter((member) => member !== me);
  const { [emoji]: _before, ...rest } = reactions;
  const members = on ? [...others, me] : others;
  return members.length === 0 ? rest : { ...reactions, [emoji]: members };
}
