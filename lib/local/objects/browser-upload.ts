/** A browser's upload by a presigned form: allowed by its signed policy and by nothing else. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

import { claimOf, verifyText, type Access } from '../aws/signature.ts';
import type { Guard } from '../iam/roles.ts';
import { requireValid } from './authentication.ts';
import { objectRight } from './object-rights.ts';
import { keptHeaders, type ObjectAnswer } from './object-call.ts';
import type { ObjectStore } from './object-store.ts';
import { requirePolicy, type FormFields, type SizeRange } from './post-policy.ts';
import { S3Error, xmlOf } from './s3-error.ts';
import { receiveForm, type UploadForm } from './upload-form.ts';
import { requireKey } from './writes.ts';

/** An upload on its way. */
export interface BrowserUpload {
  readonly request: IncomingMessage;
  readonly store: ObjectStore;
  readonly bucketName: string;
  /** The bucket's address, for the answer. */
  readonly location: string;
  readonly access: Access;
  readonly guard: Guard;
  readonly now: number;
}

/**
 * Stores the form's file under the form's key.
 * @throws S3Error naming what the form lacks, what its policy forbids, or that its file is too large or too small
 */
export function postObject(upload: BrowserUpload): Promise<ObjectAnswer> {
  return receiveForm(upload.request, async (form) => {
    const key = keyOf(form);
    // The bucket counts as a field: a policy for one must not open another.
    const fields: FormFields = { ...form.fields, key, bucket: upload.bucketName };
    const accessKeyId = requireSigned(fields, upload.access);
    requireRight(upload, accessKeyId, key);
    const sizes = requirePolicy(fields['policy'] ?? '', fields, upload.now);
    requireKey(key);
    if (fields['success_action_redirect'] !== undefined) {
      throw new S3Error('NotImplemented', 'The local runtime redirects nowhere after an upload.');
    }
    const { etag } = await upload.store.put(
      { bucket: upload.bucketName, key },
      {
        source: bounded(form.file, sizes.max),
        headers: keptHeaders(fields),
        check: ({ size }) => requireSize(size, sizes),
      },
    );
    return answerOf(upload, fields, `"${etag}"`);
  });
}

/** `${filename}` in the key is what the browser calls its file. */
function keyOf({ fields, fileName }: UploadForm): string {
  const { key } = fields;
  if (key) return key.replaceAll('${filename}', fileName);
  throw new S3Error(
    'InvalidArgument',
    "Bucket POST must contain a field named 'key'. If it is specified, please check the order of the fields.",
  );
}

/** @returns the id of the key that signed the policy */
function requireSigned(fields: FormFields, access: Access): string {
  const claim = claimOf({
    credential: fields['x-amz-credential'],
    date: fields['x-amz-date'] ?? '',
    signedHeaders: undefined,
    signature: fields['x-amz-signature'],
  });
  const { policy } = fields;
  if (!claim || !policy || fields['x-amz-algorithm'] !== 'AWS4-HMAC-SHA256') {
    throw new S3Error('AccessDenied', 'Access Denied');
  }
  requireValid(verifyText(policy, claim, access));
  return claim.accessKeyId;
}

/** An upload is its signer's: what they may not do, a form of theirs may not either. */
function requireRight(
  { bucketName, guard }: BrowserUpload,
  accessKeyId: string,
  key: string,
): void {
  const refusal = guard(accessKeyId, [objectRight('s3:PutObject', bucketName, key)]);
  if (refusal !== undefined) throw new S3Error('AccessDenied', refusal);
}

/** Ends the upload where it grows beyond its bound, not where it ends. */
async function* bounded(file: Readable, max: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of file) {
    const part = Buffer.from(chunk);
    size += part.length;
    if (size > max) throw tooLarge(size, max);
    yield part;
  }
}

function requireSize(size: number, { min, max }: SizeRange): void {
  if (size > max) throw tooLarge(size, max);
  if (size >= min) return;
  throw new S3Error(
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size',
    { ProposedSize: size, MinSizeAllowed: min },
  );
}

function tooLarge(size: number, max: number): S3Error {
  return new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    ProposedSize: size,
    MaxSizeAllowed: max,
  });
}

function answerOf({ bucketName, location }: BrowserUpload, fields: FormFields, ETag: string) {
  const { key: Key = '', success_action_status: status } = fields;
  const Location = `${location}/${Key.split('/').map(encodeURIComponent).join('/')}`;
  const headers = { etag: ETag, location: Location };
  if (status === '200') return { status: 200, headers };
  if (status !== '201') return { status: 204, headers };
  const body = xmlOf('PostResponse', { Location, Bucket: bucketName, Key, ETag });
  return { status: 201, headers, body };
}
