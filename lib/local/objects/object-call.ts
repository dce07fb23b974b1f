/** A call of the object store, and its answer. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

import type { SignedRequest } from '../aws/signature.ts';
import type { Right } from '../iam/roles.ts';
import type { BucketModel } from '../model.ts';
import type { ObjectHeaders, ObjectStore, StoredObject } from './object-store.ts';

/** A call about one object, or about a bucket where the key is empty. Its signature is right. */
export interface ObjectCall {
  readonly store: ObjectStore;
  readonly bucket: BucketModel;
  readonly key: string;
  readonly request: IncomingMessage;
  readonly signed: SignedRequest;
  /** The body's SHA-256 in hex as it was signed, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
  /** @throws S3Error AccessDenied where the caller lacks one of them */
  readonly require: (rights: readonly Right[]) => void;
}

/** What goes back. */
export interface ObjectAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

/** What S3 keeps of a request's headers, or of an upload's fields. */
const KEPT =
  /^(?:content-(?:type|disposition|encoding|language)|cache-control|expires|x-amz-meta-.+)$/u;

/** The headers that are stored with an object. Names in lower case. */
export function keptHeaders(given: Readonly<Record<string, unknown>>): ObjectHeaders {
  const entries = Object.entries(given).filter(([name, value]) => KEPT.test(name) && value !== '');
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** The headers that tell one version of an object from another. */
export function versionHeaders({ etag, lastModified }: StoredObject) {
  return { etag: `"${etag}"`, 'last-modified': new Date(lastModified).toUTCString() };
}

/** Whether an `if-match` or `if-none-match` header names the object's version. */
export function namesVersion(header: unknown, { etag }: StoredObject): boolean {
  const names = String(header)
    .split(',')
    .map((it) => it.trim().replaceAll(/^W\/|"/gu, ''));
  return names.includes('*') || names.includes(etag);
}
