/** What can be done to a stored message, and what it is then. Pure. */
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';

import type { MessageChange, PendingChange } from './changing.ts';

/** A change that waits for the server, and knows how the message looks meanwhile. */
export function pendingChange(asked: Omit<PendingChange, 'layOver'>): PendingChange {
  return { ...asked, layOver: (message, me) => changed(message, asked, me) };
}

/** The message after one change; one that is deleted, here or elsewhere, takes no more. */
function changed(
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
