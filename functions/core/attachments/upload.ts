/** A place to upload to: decided before a byte is sent, and fixed in its policy. */
import { type ContentType, toContentType } from '#protocol/attachments/content-types.ts';
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';

import { type Caller, enterRoom, type GetHead } from '../access.ts';
import { type Quota, takeFrom } from '../flood.ts';
import type { Rules } from '../product.ts';

/** What an upload must be, to the byte: whoever holds its address can put nothing else there. */
export interface UploadPolicy {
  readonly key: string;
  readonly roomId: string;
  readonly member: Member;
  readonly contentType: ContentType;
  /** In bytes. */
  readonly size: number;
}

/** Where and with which fields a client posts its file. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Record<string, string>;
}

export interface UploadPorts {
  readonly rooms: { getHead: GetHead };
  readonly profiles: { uploadQuota: (member: Member) => Quota };
  readonly objects: {
    /** One random segment that nobody can guess. */
    newKey: () => string;
    signUpload: (policy: UploadPolicy) => Promise<UploadForm>;
  };
  readonly rules: Rules;
  readonly now: () => number;
}

export interface UploadCommand {
  readonly roomId: string;
  readonly contentType: string;
  readonly size: number;
}

const HOUR_MS = 3_600_000;

/**
 * A place for one file of the caller's, for a quarter of an hour. What is not sent within a day is gone.
 * @throws ChatError `not_found`, `unsupported`, `too_large`, `rate_limited`
 */
export async function createUpload(
  ports: UploadPorts,
  caller: Caller,
  { roomId, contentType: declared, size }: UploadCommand,
): Promise<{ key: string; upload: UploadForm }> {
  const { limits } = ports.rules;
  const { member } = await enterRoom(ports.rooms, caller, roomId);
  const contentType = toContentType(declared);
  if (contentType === null) {
    throw new ChatError('unsupported', { message: 'Files of this type cannot be sent.' });
  }
  if (size > limits.maxAttachmentBytes) {
    const message = `A file may have at most ${limits.maxAttachmentBytes} bytes.`;
    throw new ChatError('too_large', { message });
  }
  const rate = { count: limits.uploadsPerHour, windowMs: HOUR_MS };
  await takeFrom(ports.profiles.uploadQuota(member), rate, ports.now);
  const key = ports.objects.newKey();
  const upload = await ports.objects.signUpload({ key, roomId, member, contentType, size });
  return { key, upload };
}
