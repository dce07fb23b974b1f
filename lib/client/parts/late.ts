/** Parts whose code is fetched when it is first wanted: most people only write and read. */
import { ChatError } from '#protocol/errors.ts';

import type { Uploads, UploadsOptions } from '../uploads/uploads.ts';
import type { AddressesPart, ChangesPart, UploadsPart } from './parts.ts';

/** Brings a thing once; after a failure it is tried anew. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () => {
    loading ??= load().catch((cause: unknown) => {
      loading = null;
      throw new ChatError('unavailable', { message: 'A part did not come.' }, { cause });
    });
    return loading;
  };
}

/** Changes that begin once their code is there. */
export function lateChanges(load: () => Promise<ChangesPart>): ChangesPart {
  const get = once(load);
  return { make: async (seq, change) => (await get()).make(seq, change) };
}

/** Addresses that are asked for once their code is there. */
export function lateAddresses(load: () => Promise<AddressesPart>): AddressesPart {
  const get = once(load);
  return { get: async (roomId, key) => (await get()).get(roomId, key) };
}

const NONE: readonly never[] = [];

/** Uploads that there are none of before `prepare`. */
export function lateUploads(
  options: UploadsOptions,
  load: () => Promise<new (options: UploadsOptions) => Uploads>,
): UploadsPart {
  let uploads: Uploads | null = null;
  const get = once(load);
  return {
    prepare: async () => {
      const Made = await get();
      uploads ??= new Made(options);
    },
    add: (roomId, draft) => {
      if (uploads !== null) return uploads.add(roomId, draft);
      throw new ChatError('unavailable', { message: 'Await prepareFiles() before sendFiles().' });
    },
    of: (roomId) => uploads?.of(roomId) ?? NONE,
    get size() {
      return uploads?.size ?? 0;
    },
    has: (id) => uploads?.has(id) ?? false,
    retry: (id) => uploads?.retry(id),
    discard: (id) => uploads?.discard(id),
    forget: (id) => uploads?.forget(id),
    close: () => uploads?.close(),
  };
}
