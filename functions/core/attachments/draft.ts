/** The files of a message as its sender names them, before anybody looked at one. */
import { toContentType } from '#protocol/attachments/content-types.ts';
import { ChatError, type FieldError } from '#protocol/errors.ts';
import type { Limits } from '#protocol/limits.ts';
import type { Attachment, OutgoingMessage } from '#protocol/message.ts';

import { cleanName, nameFor } from './names.ts';

type Wish = Extract<OutgoingMessage, { type: 'image' | 'file' }>['attachments'][number];

const KEY = /^[\w-]{1,128}$/u;
/** As long as a type's name and a file's size can be, so that a message too large is refused before a file is copied. */
const UNREAD = { contentType: 'x'.repeat(80), size: Number.MAX_SAFE_INTEGER } as const;

/** What a key is called that names no upload, or somebody else's: one answer for both. */
export const NOT_YOURS = 'is no upload of yours for this room';

/** @throws ChatError `invalid` where there are too many, and naming each that is no key or stands there twice */
export function checkWishes(wishes: readonly Wish[], { maxAttachments }: Limits): void {
  if (wishes.length > maxAttachments) {
    const message = `must have at most ${maxAttachments} items`;
    throw new ChatError('invalid', { errors: [{ path: 'message.attachments', message }] });
  }
  const keys = wishes.map(({ key }) => key);
  const errors = keys.flatMap((key, n) => {
    if (!KEY.test(key)) return [errorAt(n, NOT_YOURS)];
    return keys.indexOf(key) === n ? [] : [errorAt(n, 'stands here twice')];
  });
  if (errors.length > 0) throw new ChatError('invalid', { errors });
}

/** The files with their names made safe, and all that only their bytes tell at its longest. */
export function draftAttachments(wishes: readonly Wish[]): Attachment[] {
  return wishes.map(({ key, name, width, height }) => ({
    key,
    name: cleanName(name),
    ...UNREAD,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  }));
}

/** True where a retry names the files of the stored message: their names differ by what their types added. */
export function isSameFiles(
  stored: readonly Attachment[] = [],
  drafts: readonly Attachment[] = [],
): boolean {
  return (
    stored.length === drafts.length &&
    drafts.every((draft, n) => {
      const file = stored[n];
      return file?.key === draft.key && file.name === nameIn(file, draft);
    })
  );
}

/** What a draft's file is called, now that its type is known. */
export function nameIn({ contentType }: { contentType: string }, { name }: Attachment): string {
  const type = toContentType(contentType);
  return type === null ? name : nameFor(name, type);
}

/** A file of a message, and what is wrong with it. */
export function errorAt(n: number, message: string): FieldError {
  return { path: `message.attachments.${n}.key`, message };
}
