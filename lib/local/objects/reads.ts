/** `GetObject` and `HeadObject`: conditions, ranges, and the headers that a presigned address may ask for. */
import { byteRange } from './byte-range.ts';
import { namesVersion, versionHeaders, type ObjectAnswer, type ObjectCall } from './object-call.ts';
import { bucketRight } from './object-rights.ts';
import type { ByteRange, StoredObject } from './object-store.ts';
import { S3Error } from './s3-error.ts';

/** Parameters of the query that replace a header of the answer. */
const OVERRIDES = [
  'content-type',
  'content-disposition',
  'content-encoding',
  'content-language',
  'cache-control',
  'expires',
] as const;

/** What S3 calls an object's type when nobody said it. */
const DEFAULT_TYPE = 'binary/octet-stream';

/**
 * An object, or the part of it that is asked for.
 * @throws S3Error NoSuchKey or AccessDenied, PreconditionFailed, InvalidRange
 */
export function getObject(call: ObjectCall): ObjectAnswer {
  const object = requireObject(call);
  const { headers } = call.request;
  if (headers['if-none-match'] !== undefined && namesVersion(headers['if-none-match'], object)) {
    return { status: 304, headers: versionHeaders(object) };
  }
  const range = byteRange(headers.range, object.size);
  const length = range ? range.end - range.start + 1 : object.size;
  return {
    status: range ? 206 : 200,
    headers: {
      'content-type': DEFAULT_TYPE,
      ...object.headers,
      ...overrides(call),
      ...versionHeaders(object),
      'accept-ranges': 'bytes',
      'content-length': String(length),
      ...(range && { 'content-range': rangeText(range, object) }),
    },
    ...(length > 0 &&
      call.request.method !== 'HEAD' && {
        body: call.store.read(object, range ?? { start: 0, end: object.size - 1 }),
      }),
  };
}

function requireObject({ store, bucket, key, request, require }: ObjectCall): StoredObject {
  const object = store.get({ bucket: bucket.bucketName, key });
  if (!object) {
    // whoever may not list shall not learn either that it is missing: they get AccessDenied
    require([bucketRight('s3:ListBucket', bucket.bucketName)]);
    throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
  }
  const wanted = request.headers['if-match'];
  if (wanted === undefined || namesVersion(wanted, object)) return object;
  throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions did not hold.', {
    Condition: 'If-Match',
  });
}

function overrides({ signed }: ObjectCall): Readonly<Record<string, string>> {
  const given = OVERRIDES.map((name): [string, string | null] => [
    name,
    signed.query.get(`response-${name}`),
  ]).filter((entry): entry is [string, string] => entry[1] !== null);
  for (const [name, value] of given) {
    // A line break would begin another header, a letter beyond Latin cannot be sent.
    if (/^[\t\u0020-\u007E\u0080-\u00FF]*$/u.test(value)) continue;
    throw new S3Error('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.', {
      ArgumentName: `response-${name}`,
    });
  }
  return Object.fromEntries(given);
}

function rangeText({ start, end }: ByteRange, { size }: StoredObject): string {
  return `bytes ${start}-${end}/${size}`;
}
