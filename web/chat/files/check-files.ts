/** Which of the chosen files can be sent, and why the others cannot: said by name, before anybody waits. */
import { toContentType } from '#protocol/attachments/content-types.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import { DEFAULT_LIMITS } from '#protocol/limits.ts';

/** A file that stays behind. */
export interface RefusedFile {
  readonly name: string;
  readonly code: ErrorCode;
}

/** As many at once: three full messages. */
const MAX_AT_ONCE = 3 * DEFAULT_LIMITS.maxAttachments;

/** Looks at names, types and sizes only. */
export function checkFiles(files: readonly File[]): {
  readonly allowed: readonly File[];
  readonly refused: readonly RefusedFile[];
} {
  const allowed: File[] = [];
  const refused: RefusedFile[] = [];
  for (const file of files) {
    const code = allowed.length < MAX_AT_ONCE ? whyNot(file) : 'rate_limited';
    if (code === null) allowed.push(file);
    else refused.push({ name: file.name, code });
  }
  return { allowed, refused };
}

function whyNot({ type, size }: File): ErrorCode | null {
  if (size > DEFAULT_LIMITS.maxAttachmentBytes) return 'too_large';
  if (size < 1) return 'invalid';
  return toContentType(type) === null ? 'unsupported' : null;
}
