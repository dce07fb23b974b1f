/** The bucket as the domain uses it. What S3 fails at is `unavailable`: nothing is stored before it succeeded. */
import type { AttachPorts } from '#core/attachments/attach.ts';
import type { DownloadPorts, Place } from '#core/attachments/download.ts';
import { ChatError } from '#protocol/errors.ts';

import { measure } from './measure.ts';
import { keepRequest, keptRequest, readUploadRequest, toKept, toUpload } from './requests.ts';

/** Everything the domain asks of the bucket. */
export type ObjectStore = AttachPorts['objects'] &
  Pick<DownloadPorts['objects'], 'hasKept'> & {
    /** Deletes files of a room; those that are gone are fine. */
    remove: (roomId: string, keys: readonly string[]) => Promise<void>;
  };

/**
 * The bucket's files. The client is loaded when it is first needed.
 * @param timeoutMs how long an attempt may take, and its answer may pause
 */
export function objectStore(bucket: string, timeoutMs?: number): ObjectStore {
  const s3 = once(async () => (await import('./s3.ts')).openS3(timeoutMs));
  const findKept = async (place: Place) =>
    ask(async () => toKept(await (await s3()).head(keptRequest(bucket, place))));
  return {
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
      // One that fails waits for the others: nothing may run on after the answer.
      await Promise.allSettled(gone);
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
    if (ANSWERS.has(statusOf(error)) && !isOurFault(error)) return null;
    throw new ChatError('unavailable', {}, { cause: error });
  }
}

/** A bucket that is not there is no missing file. */
function isOurFault(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchBucket';
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
