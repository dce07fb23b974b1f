/** The bucket as the domain uses it. What S3 fails at is `unavailable`: nothing is stored before it succeeded. */
import { randomBytes } from 'node:crypto';

import type { AttachPorts } from '#core/attachments/attach.ts';
import type { DownloadPorts, Place } from '#core/attachments/download.ts';
import type { UploadPorts } from '#core/attachments/upload.ts';
import { ChatError } from '#protocol/errors.ts';

import { measure } from './measure.ts';
import {
  keepRequest,
  keptRequest,
  readUploadRequest,
  toKept,
  toUpload,
  uploadRequest,
} from './requests.ts';

/** Everything the domain asks of the bucket. */
export type ObjectStore = AttachPorts['objects'] &
  DownloadPorts['objects'] &
  UploadPorts['objects'] & {
    /** Deletes files of a room; those that are gone are fine. */
    remove: (roomId: string, keys: readonly string[]) => Promise<void>;
  };

/** Bytes of a key: more than anybody can guess. */
const KEY_BYTES = 18;

/** The bucket's files. Clients and libraries are loaded when they are first needed. */
export function objectStore(bucket: string): ObjectStore {
  const s3 = once(async () => (await import('./s3.ts')).openS3());
  const signer = once(async () => (await import('./signing.ts')).openSigner());
  const findKept = async (place: Place) =>
    ask(async () => toKept(await (await s3()).head(keptRequest(bucket, place))));
  return {
    newKey: () => randomBytes(KEY_BYTES).toString('base64url'),
    signUpload: async (policy) => (await signer()).upload(uploadRequest(bucket, policy)),
    signDownload: async (place) => (await signer()).download(keptRequest(bucket, place)),
    readUpload: async (key) =>
      ask(async () => {
        const output = await (await s3()).get(readUploadRequest(bucket, key));
        return toUpload(output, (await output.Body?.transformToByteArray()) ?? new Uint8Array());
      }),
    measure,
    keep: async (command) => {
      const copied = ask(async () => (await s3()).copy(keepRequest(bucket, command)));
      return (await copied) !== null;
    },
    findKept,
    hasKept: async (place) => (await findKept(place)) !== null,
    remove: async (roomId, keys) => {
      const gone = keys.map(async (key) =>
        ask(async () => (await s3()).remove(keptRequest(bucket, { roomId, key }))),
      );
      await Promise.all(gone);
    },
  };
}

/** Statuses that say how things are: none there; two at once, or a condition that does not hold. */
const ANSWERS: ReadonlySet<unknown> = new Set([404, 409, 412]);

/** @returns null where the object is not there, or not as it was to be. @throws ChatError `unavailable` */
async function ask<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (ANSWERS.has(statusOf(error))) return null;
    throw new ChatError('unavailable', {}, { cause: error });
  }
}

function statusOf(error: unknown): unknown {
  const isAnswer = typeof error === 'object' && error !== null && '$metadata' in error;
  const metadata = isAnswer ? error.$metadata : undefined;
  const isNamed = typeof metadata === 'object' && metadata !== null;
  return isNamed && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return async () => (made ??= make());
}
