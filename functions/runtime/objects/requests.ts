/** What is asked of the bucket: each request by a pure function, and every name that stands in it. */
import type {
  CopyObjectCommandInput,
  DeleteObjectCommandInput,
  GetObjectCommandInput,
  GetObjectCommandOutput,
  HeadObjectCommandInput,
  HeadObjectCommandOutput,
} from '@aws-sdk/client-s3';
import type { PresignedPostOptions } from '@aws-sdk/s3-presigned-post';

import type { KeepCommand, KeptFile, Upload } from '#core/attachments/attach.ts';
import type { Place } from '#core/attachments/download.ts';
import type { UploadPolicy } from '#core/attachments/upload.ts';
import { DOWNLOAD_TTL_SECONDS, UPLOAD_TTL_SECONDS } from '#protocol/limits.ts';

/** Where uploads wait for their message; the bucket's lifecycle sweeps it. */
export const PENDING = 'pending/';
/** Where the files of rooms are. */
export const ROOMS = 'rooms/';

/** As much of a file as tells its type, and mostly a picture's measures, which may stand behind a preview. */
const FIRST_BYTES = 128 * 1024;

/** The form of an upload: key, type, exact size and owner are in its policy, and S3 refuses all else. */
export function uploadRequest(bucket: string, policy: UploadPolicy): PresignedPostOptions {
  const { key, roomId, member, contentType, size } = policy;
  return {
    Bucket: bucket,
    Key: PENDING + key,
    Fields: {
      'Content-Type': contentType,
      'x-amz-meta-member': encodeURIComponent(member),
      'x-amz-meta-room': encodeURIComponent(roomId),
    },
    // The fields become conditions by themselves.
    Conditions: [['content-length-range', size, size]],
    Expires: UPLOAD_TTL_SECONDS,
  };
}

/** One read that tells everything of an upload: headers and first bytes are of the same object. */
export function readUploadRequest(bucket: string, key: string): GetObjectCommandInput {
  return { Bucket: bucket, Key: PENDING + key, Range: `bytes=0-${FIRST_BYTES - 1}` };
}

/** @param firstBytes the answer's body */
export function toUpload(output: GetObjectCommandOutput, firstBytes: Uint8Array): Upload {
  const { ETag = '', Metadata = {}, ContentType = '', ContentLength = 0, ContentRange } = output;
  // `bytes 0-131071/5242880`
  const size = Number(/\/(\d+)$/u.exec(ContentRange ?? '')?.[1] ?? ContentLength);
  const member = decode(Metadata['member']);
  const roomId = decode(Metadata['room']);
  return { etag: ETag, member, roomId, contentType: ContentType, size, firstBytes };
}

/** A copy of these very bytes to a place where nothing is, with headers that nobody changes any more. */
export function keepRequest(bucket: string, command: KeepCommand): CopyObjectCommandInput {
  const { key, etag, file, disposition } = command;
  const { member, messageId, contentType, width, height } = file;
  return {
    Bucket: bucket,
    Key: keptKey(command),
    CopySource: `${bucket}/${PENDING}${key}`,
    CopySourceIfMatch: etag,
    IfNoneMatch: '*',
    MetadataDirective: 'REPLACE',
    ContentType: contentType,
    ContentDisposition: disposition,
    // No longer than an address lives: a deleted file is to be gone.
    CacheControl: `private, max-age=${DOWNLOAD_TTL_SECONDS}`,
    Metadata: {
      member: encodeURIComponent(member),
      message: messageId,
      ...(width === undefined ? {} : { width: String(width) }),
      ...(height === undefined ? {} : { height: String(height) }),
    },
  };
}

/** A file in its room; serves reading its headers, downloading and deleting alike. */
export function keptRequest(
  bucket: string,
  place: Place,
): HeadObjectCommandInput & GetObjectCommandInput & DeleteObjectCommandInput {
  return { Bucket: bucket, Key: keptKey(place) };
}

export function toKept(output: HeadObjectCommandOutput): KeptFile {
  const { Metadata = {}, ContentType = '', ContentLength = 0 } = output;
  const { member, message = '', width, height } = Metadata;
  return {
    member: decode(member),
    messageId: message,
    contentType: ContentType,
    size: ContentLength,
    ...(width === undefined ? {} : { width: Number(width) }),
    ...(height === undefined ? {} : { height: Number(height) }),
  };
}

function keptKey({ roomId, key }: Place): string {
  return `${ROOMS}${roomId}/${key}`;
}

/** Metadata is ASCII; what is not ours to read is nobody's. */
function decode(text = ''): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
