/** Who may change what a message says: its own side, within a day. */
import { ChatError } from '#protocol/errors.ts';
import { EDIT_WINDOW_HOURS } from '#protocol/limits.ts';

import type { StoredMessage } from '../message.ts';
import type { ChangeAuthor } from './change.ts';

const EDIT_WINDOW_MS = EDIT_WINDOW_HOURS * 3_600_000;

/**
 * All staff of a vendor are one member. A system message is nobody's.
 * @throws ChatError `forbidden` for every other message
 */
export function checkOwn({ sender }: StoredMessage, { member }: ChangeAuthor): void {
  if (sender === member) return;
  throw refusal(
    sender === undefined
      ? 'Messages of the system cannot be changed.'
      : 'Only its sender can change what a message says.',
  );
}

/** @throws ChatError `forbidden` for a message older than a day */
export function checkAge({ at }: StoredMessage, { nowMs }: ChangeAuthor): void {
  if (nowMs - Date.parse(at) <= EDIT_WINDOW_MS) return;
  throw refusal(`A message can be edited or deleted for ${EDIT_WINDOW_HOURS} hours.`);
}

/** @throws ChatError `forbidden` for a message that was deleted */
export function checkUndeleted({ deletedAt }: StoredMessage): void {
  if (deletedAt !== undefined) throw refusal('This message was deleted.');
}

function refusal(message: string): ChatError {
  return new ChatError('forbidden', { message });
}
