/** The bucket in memory, with the conditions of the real one; every request may be delayed, refused or raced. */
import type { KeepCommand, KeptFile, Upload } from '#core/attachments/attach.ts';
import type { Place } from '#core/attachments/download.ts';
import type { UploadPolicy } from '#core/attachments/upload.ts';
import { measure } from '#runtime/objects/measure.ts';
import type { ObjectStore } from '#runtime/objects/object-store.ts';
import type { Signer } from '#runtime/objects/signing.ts';

import { CUSTOMER } from './builders.ts';

/** A file as it was copied to its room. */
export type FakeKept = KeptFile & { readonly etag: string; readonly disposition: string };

/** What begins as a PNG of 4 by 3 dots. */
export const A_PNG = new Uint8Array(
  Buffer.from('89504e470d0a1a0a0000000d49484452000000040000000308060000000000', 'hex'),
);

let uploads = 0;

/** What somebody uploaded: a picture of the customer's unless told. */
export function anUpload(overrides: Partial<Upload> & Pick<Upload, 'roomId'>): Upload {
  uploads += 1;
  return {
    etag: `"etag-${uploads}"`,
    member: CUSTOMER,
    contentType: 'image/png',
    size: 48_211,
    firstBytes: A_PNG,
    ...overrides,
  };
}

export class FakeFiles {
  readonly pending = new Map<string, Upload>();
  readonly kept = new Map<string, FakeKept>();
  /** What was signed, in order. */
  readonly policies: UploadPolicy[] = [];
  /** Every request, as `read k1`. */
  readonly requests: string[] = [];
  /** What happens at a request: it may change things, or throw. */
  onRequest: (request: string) => Promise<void> | void = () => {};

  readonly objects: ObjectStore & Signer = {
    newKey: () => `key-${this.policies.length + 1}`,
    measure,
    signUpload: async (policy) => {
      this.policies.push(policy);
      return { url: 'https://files.example', fields: { key: policy.key } };
    },
    signDownload: async (place) => `https://files.example/${keyOf(place)}`,
    readUpload: async (key) => {
      await this.#meet(`read ${key}`);
      return this.pending.get(key) ?? null;
    },
    keep: async (command) => {
      await this.#meet(`keep ${command.key}`);
      return this.#keep(command);
    },
    findKept: async (place) => {
      await this.#meet(`find ${place.key}`);
      return this.kept.get(keyOf(place)) ?? null;
    },
    hasKept: async (place) => this.kept.has(keyOf(place)),
    remove: async (roomId, keys) => {
      for (const key of keys) this.kept.delete(keyOf({ roomId, key }));
    },
  };

  keptOf(roomId: string, key: string): FakeKept | undefined {
    return this.kept.get(keyOf({ roomId, key }));
  }

  async #meet(request: string): Promise<void> {
    this.requests.push(request);
    await this.onRequest(request);
  }

  #keep(command: KeepCommand): boolean {
    const { key, etag, file, disposition } = command;
    const at = keyOf(command);
    if (this.pending.get(key)?.etag !== etag || this.kept.has(at)) return false;
    this.kept.set(at, { ...file, etag, disposition });
    return true;
  }
}

function keyOf({ roomId, key }: Place): string {
  return `${roomId}/${key}`;
}
