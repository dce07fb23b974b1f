/** Deleting: the message keeps its number, its sender and its times, and nothing of what it said. */
import type { Message } from '#protocol/message.ts';

import type { Caller } from '../access.ts';
import type { StoredMessage } from '../message.ts';
import { changeMessage, type ChangePorts, type MessageKey, type Rewrite } from './change.ts';
import { checkAge, checkOwn } from './own.ts';

/**
 * Takes back a message of the caller's side. One that is deleted already changes nothing.
 * @throws ChatError `not_found`, `forbidden`, `rate_limited`, `unavailable`
 */
export async function deleteMessage(
  ports: ChangePorts,
  caller: Caller,
  { roomId, seq }: MessageKey,
): Promise<Message> {
  return changeMessage(ports, caller, { roomId, seq, rewrite: toNothing });
}

const toNothing: Rewrite = (message, author) => {
  checkOwn(message, author);
  if (message.deletedAt !== undefined) return null;
  checkAge(message, author);
  return tombstoneOf(message, author.at);
};

/** What is left of a message. The keys of what it had attached stay, so that whoever comes later can finish removing it. */
export function tombstoneOf(message: StoredMessage, deletedAt: string): StoredMessage {
  const { roomId, seq, id, type, sender, senderName, agent, at, editedAt } = message;
  const removedKeys = (message.attachments ?? []).map(({ key }) => key);
  return {
    roomId,
    seq,
    id,
    type,
    ...(sender === undefined ? {} : { sender }),
    ...(senderName === undefined ? {} : { senderName }),
    ...(agent === undefined ? {} : { agent }),
    at,
    ...(editedAt === undefined ? {} : { editedAt }),
    deletedAt,
    ...(removedKeys.length === 0 ? {} : { removedKeys }),
  };
}
