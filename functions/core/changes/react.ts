/** Reactions: one of each emoji per member. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import { MAX_REACTION_KINDS } from '#protocol/limits.ts';
import type { Message } from '#protocol/message.ts';

import type { Caller } from '../access.ts';
import type { StoredMessage } from '../message.ts';
import { changeMessage, type ChangePorts, type MessageKey, type Rewrite } from './change.ts';
import { checkUndeleted } from './own.ts';

export interface ReactCommand extends MessageKey {
  readonly emoji: string;
  readonly on: boolean;
}

/**
 * Switches a reaction of the caller's side on or off. As it is already changes nothing.
 * @throws ChatError `not_found`, `forbidden`, `invalid` for one kind too many, `too_large`, `rate_limited`, `unavailable`
 */
export async function react(
  ports: ChangePorts,
  caller: Caller,
  { roomId, seq, emoji, on }: ReactCommand,
): Promise<Message> {
  return changeMessage(ports, caller, { roomId, seq, rewrite: toReaction(emoji, on) });
}

function toReaction(emoji: string, on: boolean): Rewrite {
  return (message, { member }) => {
    if (message.type === 'system') {
      throw new ChatError('forbidden', { message: 'Messages of the system take no reactions.' });
    }
    checkUndeleted(message);
    const members = message.reactions?.[emoji] ?? [];
    if (members.includes(member) === on) return null;
    const others = members.filter((one) => one !== member);
    return withMembers(message, emoji, on ? [...others, member] : others);
  };
}

function withMembers(message: StoredMessage, emoji: string, members: Member[]): StoredMessage {
  const { reactions, ...rest } = message;
  const { [emoji]: _before, ...others } = reactions ?? {};
  const kinds = members.length === 0 ? others : { ...others, [emoji]: members };
  if (Object.keys(kinds).length > MAX_REACTION_KINDS) {
    const text = `would be more than ${MAX_REACTION_KINDS} kinds on one message`;
    throw new ChatError('invalid', { errors: [{ path: 'emoji', message: text }] });
  }
  return Object.keys(kinds).length === 0 ? rest : { ...rest, reactions: kinds };
}
