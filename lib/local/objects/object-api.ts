/** S3's REST API, path style: which operation a request asks for, CORS, and how answers and refusals are written. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

import { signedRequestOf, type Access, type SignedRequest } from '../aws/signature.ts';
import type { Guard, Right } from '../iam/roles.ts';
import type { BucketModel, Clock } from '../model.ts';
import { requireSignature } from './authentication.ts';
import { postObject } from './browser-upload.ts';
import { corsHeaders, preflightHeaders } from './bucket-cors.ts';
import type { ObjectAnswer, ObjectCall } from './object-call.ts';
import type { ObjectStore } from './object-store.ts';
import { objectRights } from './object-rights.ts';
import { getObject } from './reads.ts';
import { errorXml, S3Error } from './s3-error.ts';
import { deleteObject, deleteObjects, putObject } from './writes.ts';

/** What the API stands before. */
export interface ObjectApiOptions {
  readonly buckets: readonly BucketModel[];
  readonly store: ObjectStore;
  readonly access: Access;
  readonly guard: Guard;
  readonly clock: Clock;
  /** What stands before the bucket in a path: `/local/s3`. */
  readonly root: string;
  readonly onError: (error: unknown) => void;
}

/** The API behind its address. */
export interface ObjectApi {
  /** Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Operations on an object by method. */
const OPERATIONS: Readonly<
  Record<string, (call: ObjectCall) => ObjectAnswer | Promise<ObjectAnswer>>
> = { GET: getObject, HEAD: getObject, PUT: putObject, DELETE: deleteObject };

/** Builds the API. */
export function createObjectApi(options: ObjectApiOptions): ObjectApi {
  return {
    async handle(request, response) {
      const cors = corsOf(options, request);
      try {
        const { status, headers, body } = await answer(options, request);
        const given = { ...cors, ...headers };
        // What of the body nobody read must flow off, or the connection cannot be used again.
        request.resume();
        writeHead(response, status, given);
        if (typeof body === 'string' || body === undefined) response.end(body);
        else await pipeline(body, response);
      } catch (error) {
        refuse(options, { request, response, cors, error });
      }
    },
  };
}

interface Place {
  readonly bucketName: string;
  /** Empty for the bucket itself. */
  readonly key: string;
}

async function answer(options: ObjectApiOptions, request: IncomingMessage): Promise<ObjectAnswer> {
  const signed = signedRequestOf(request);
  if (!signed) throw new S3Error('InvalidURI', 'The path has a broken escape.');
  const { bucketName, key } = placeOf(options, signed);
  const bucket = options.buckets.find((it) => it.bucketName === bucketName);
  if (!bucket) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');
  if (request.method === 'OPTIONS') {
    return { status: 200, headers: preflightHeaders(bucket.cors, request.headers) };
  }
  const { store, access, guard, clock } = options;
  if (isForm(request) && key === '') {
    const location = `http://${request.headers.host}${options.root}/${bucketName}`;
    return postObject({ request, store, bucketName, location, access, guard, now: clock.now() });
  }
  const { payloadHash, accessKeyId } = requireSignature(signed, access, clock.now());
  const require = (rights: readonly Right[]) => {
    const refusal = guard(accessKeyId, rights);
    if (refusal !== undefined) throw new S3Error('AccessDenied', refusal);
  };
  const call: ObjectCall = { store, bucket, key, request, signed, payloadHash, require };
  if (key === '' && request.method === 'POST' && signed.query.has('delete')) {
    return deleteObjects(call);
  }
  const operation = OPERATIONS[request.method ?? ''];
  if (operation && key !== '') {
    require(objectRights(call));
    return operation(call);
  }
  throw new S3Error(
    'NotImplemented',
    `The local runtime does not know ${request.method} of ${key === '' ? 'a bucket' : 'an object'}.`,
  );
}

function placeOf({ root }: ObjectApiOptions, { path }: SignedRequest): Place {
  const [bucketName = '', ...key] = path
    .slice(root.length + 1)
    .split('/')
    .map(decodeURIComponent);
  return { bucketName, key: key.join('/') };
}

function isForm({ method, headers }: IncomingMessage): boolean {
  return method === 'POST' && (headers['content-type'] ?? '').startsWith('multipart/form-data');
}

/** Refusals carry them too: a browser shows a page nothing of an answer without. */
function corsOf(options: ObjectApiOptions, request: IncomingMessage) {
  const signed = signedRequestOf(request);
  const { bucketName } = signed ? placeOf(options, signed) : { bucketName: '' };
  const bucket = options.buckets.find((it) => it.bucketName === bucketName);
  if (request.method === 'OPTIONS') return {};
  return corsHeaders(bucket?.cors ?? [], request.headers.origin, request.method ?? '');
}

interface Refusal {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly cors: Readonly<Record<string, string>>;
  readonly error: unknown;
}

function refuse({ onError }: ObjectApiOptions, { request, response, cors, error }: Refusal): void {
  // The client left, in the middle of its body or of ours.
  if (response.headersSent || (request.destroyed && !request.complete))
    return void response.destroy();
  request.resume();
  if (!(error instanceof S3Error)) onError(error);
  const refusal =
    error instanceof S3Error ? error : new S3Error('InternalError', 'Something failed inside.');
  const xml = errorXml(refusal, randomUUID());
  writeHead(response, refusal.status, { ...cors, 'content-type': 'application/xml' });
  response.end(request.method === 'HEAD' ? undefined : xml);
}

function writeHead(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, {
    ...Object.fromEntries(Object.entries(headers).map(([name, it]) => [name, printable(it)])),
    'x-amz-request-id': randomUUID(),
    // S3 leaves this to whoever delivers; here nothing may ever be taken for a page.
    'x-content-type-options': 'nosniff',
  });
}

/** A field of a form may be any text, a header not: S3 writes it as a mail's subject is written. */
function printable(value: string): string {
  if (/^[\t\u0020-\u007E\u0080-\u00FF]*$/u.test(value)) return value;
  return `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
}
