/** What files may be sent at all: they are checked before anybody waits for them. */
import { isImageType, toContentType } from '#protocol/attachments/content-types.ts';
import { ChatError } from '#protocol/errors.ts';
import { DEFAULT_LIMITS } from '#protocol/limits.ts';

import type { FileToSend } from '../conversation.ts';

/**
 * Files with the types that servers know them by, and the type of their message.
 * @throws ChatError `invalid` for none or too many, `too_large` or `unsupported` for one of them
 */
export function cleanFiles(files: readonly FileToSend[]): {
  readonly type: 'image' | 'file';
  readonly files: readonly FileToSend[];
} {
  if (files.length === 0) throw new ChatError('invalid', { message: 'Choose a file first.' });
  if (files.length > DEFAULT_LIMITS.maxAttachments) {
    const message = `A message has at most ${DEFAULT_LIMITS.maxAttachments} files.`;
    throw new ChatError('invalid', { message });
  }
  const clean = files.map(cleanFile);
  const isAllImages = clean.every(({ contentType }) => isImageType(contentType));
  return { type: isAllImages ? 'image' : 'file', files: clean };
}

function cleanFile(file: FileToSend): FileToSend {
  const name = file.name.toWellFormed().slice(-255).toWellFormed().trim() || 'file';
  const contentType = toContentType(file.contentType);
  const refuse = (code: 'invalid' | 'too_large' | 'unsupported', why: string) =>
    new ChatError(code, { message: `${name}: ${why}` });
  if (contentType === null) throw refuse('unsupported', 'files of this kind cannot be sent.');
  if (file.size < 1) throw refuse('invalid', 'the file is empty.');
  if (file.size > DEFAULT_LIMITS.maxAttachmentBytes) {
    const most = DEFAULT_LIMITS.maxAttachmentBytes / 1024 / 1024;
    throw refuse('too_large', `a file has at most ${most} MB.`);
  }
  return { ...file, name, contentType };
}
