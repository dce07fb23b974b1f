/** `PutObject`, `CopyObject`, `DeleteObject` and `DeleteObjects`. */
import { keptHeaders, namesVersion, versionHeaders } from './object-call.ts';
import type { ObjectAnswer, ObjectCall } from './object-call.ts';
import { objectRight } from './object-rights.ts';
import type { StoredObject } from './object-store.ts';
import { S3Error, textsIn, xmlOf } from './s3-error.ts';

const MAX_KEY_BYTES = 1_024;
const MAX_DELETES = 1_000;

/**
 * Stores a body, or a copy where the request names a source.
 * @throws S3Error PreconditionFailed, XAmzContentSHA256Mismatch, NoSuchKey, KeyTooLongError …
 */
export async function putObject(call: ObjectCall): Promise<ObjectAnswer> {
  const { store, bucket, key, request, payloadHash } = call;
  requireKey(key);
  requireWritable(call);
  if (request.headers['x-amz-copy-source'] !== undefined) return copyObject(call);
  const object = await store.put(
    { bucket: bucket.bucketName, key },
    {
      source: request,
      headers: keptHeaders(request.headers),
      check: ({ sha256 }) => {
        if (payloadHash !== 'UNSIGNED-PAYLOAD' && sha256 !== payloadHash) {
          throw new S3Error(
            'XAmzContentSHA256Mismatch',
            'The body is not the one that was signed.',
          );
        }
        // Somebody may have been faster while the body came.
        requireWritable(call);
      },
    },
  );
  return { status: 200, headers: { etag: `"${object.etag}"` } };
}

/** Deletes an object; one that is not there is as good as deleted. */
export function deleteObject({ store, bucket, key }: ObjectCall): ObjectAnswer {
  store.delete({ bucket: bucket.bucketName, key });
  return { status: 204 };
}

/**
 * Deletes many objects at once.
 * @throws S3Error MalformedXML
 */
export async function deleteObjects(call: ObjectCall): Promise<ObjectAnswer> {
  const { store, bucket, request } = call;
  const xml = Buffer.concat(await request.toArray()).toString();
  const keys = textsIn(xml, 'Key');
  if (!keys || keys.length === 0 || keys.length > MAX_DELETES) {
    throw new S3Error('MalformedXML', `Name 1 to ${MAX_DELETES} keys.`);
  }
  call.require(keys.map((key) => objectRight('s3:DeleteObject', bucket.bucketName, key)));
  for (const key of keys) store.delete({ bucket: bucket.bucketName, key });
  const Deleted = keys.map((Key) => ({ Key }));
  return { status: 200, body: xmlOf('DeleteResult', { Deleted }) };
}

/** @throws S3Error KeyTooLongError */
export function requireKey(key: string): void {
  if (Buffer.byteLength(key) <= MAX_KEY_BYTES) return;
  throw new S3Error('KeyTooLongError', 'Your key is too long', { MaxSizeAllowed: MAX_KEY_BYTES });
}

/** `if-none-match: *` never replaces, `if-match` replaces that version only. */
function requireWritable({ store, bucket, key, request }: ObjectCall): void {
  const { 'if-match': wanted, 'if-none-match': unwanted } = request.headers;
  const object = store.get({ bucket: bucket.bucketName, key });
  if (wanted !== undefined && !object) throw new S3Error('NoSuchKey', 'There is no such object.');
  const isWanted = wanted === undefined || (object && namesVersion(wanted, object));
  const isUnwanted = unwanted !== undefined && object && namesVersion(unwanted, object);
  if (!isWanted || isUnwanted) throw preconditionFailed();
}

function copyObject(call: ObjectCall): ObjectAnswer {
  const { store, bucket, key, request } = call;
  const source = sourceOf(call);
  const directive = request.headers['x-amz-metadata-directive'] ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw new S3Error('InvalidArgument', 'Unknown metadata directive.');
  }
  const isReplaced = directive === 'REPLACE';
  const isItself = source.key === key && source.bucket === bucket.bucketName;
  if (isItself && !isReplaced) {
    throw new S3Error('InvalidRequest', 'A copy onto itself must change something.');
  }
  const headers = isReplaced ? keptHeaders(request.headers) : source.headers;
  const copy = store.copy(source, { bucket: bucket.bucketName, key }, headers);
  const { etag: ETag } = versionHeaders(copy);
  const LastModified = new Date(copy.lastModified).toISOString();
  return { status: 200, body: xmlOf('CopyObjectResult', { ETag, LastModified }) };
}

/** Of the same deployment, in the version that the conditions ask for. */
function sourceOf({ store, request }: ObjectCall): StoredObject {
  const {
    'x-amz-copy-source': named,
    'x-amz-copy-source-if-match': wanted,
    'x-amz-copy-source-if-none-match': unwanted,
  } = request.headers;
  const [bucket = '', ...key] = decode(String(named)).replace(/^\//u, '').split('/');
  const object = store.get({ bucket, key: key.join('/') });
  if (!object) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
  if (wanted !== undefined && !namesVersion(wanted, object)) throw preconditionFailed();
  if (unwanted !== undefined && namesVersion(unwanted, object)) throw preconditionFailed();
  return object;
}

function decode(source: string): string {
  try {
    return decodeURIComponent(source);
  } catch {
    throw new S3Error('InvalidArgument', 'The copy source has a broken escape.');
  }
}

function preconditionFailed(): S3Error {
  return new S3Error(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
  );
}
