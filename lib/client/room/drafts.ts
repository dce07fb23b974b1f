/** What may be written at all: texts are checked before anybody waits for them. */
import { ChatError } from '#protocol/errors.ts';
import { DEFAULT_LIMITS } from '#protocol/limits.ts';

/** A text as it leaves: well-formed and trimmed. @throws ChatError `invalid` for a blank or too long one */
export function cleanText(text: string): string {
  const clean = text.toWellFormed().trim();
  if (clean === '') throw new ChatError('invalid', { message: 'Write something first.' });
  if (clean.length > DEFAULT_LIMITS.maxTextLength) {
    const message = `A message has at most ${DEFAULT_LIMITS.maxTextLength} characters.`;
    throw new ChatError('invalid', { message });
  }
  return clean;
}

/** Words that may be missing; undefined for blank ones. @throws ChatError `invalid` for too long ones */
export function optionalText(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : cleanText(text);
}
