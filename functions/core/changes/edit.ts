/** Editing: another text in the place of the first. */
import type { Message } from '#protocol/message.ts';

import type { Caller } from '../access.ts';
import { checkText } from '../message.ts';
import { changeMessage, type ChangePorts, type MessageKey, type Rewrite } from './change.ts';
import { checkAge, checkOwn, checkUndeleted } from './own.ts';

export interface EditCommand extends MessageKey {
  readonly text: string;
}

/**
 * Gives a message of the caller's side another text. The text it has already changes nothing.
 * @throws ChatError `not_found`, `forbidden`, `invalid`, `too_large`, `rate_limited`, `unavailable`
 */
export async function editMessage(
  ports: ChangePorts,
  caller: Caller,
  { roomId, seq, text }: EditCommand,
): Promise<Message> {
  checkText(text, ports.rules.limits, 'text');
  return changeMessage(ports, caller, { roomId, seq, rewrite: toText(text) });
}

function toText(text: string): Rewrite {
  return (message, author) => {
    checkOwn(message, author);
    checkUndeleted(message);
    // Before its age: the retry of an edit that was in time is no edit.
    if (message.text === text) return null;
    checkAge(message, author);
    return { ...message, text, editedAt: author.at };
  };
}
