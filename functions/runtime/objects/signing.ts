/** Addresses for uploads and downloads: signed here, without a word to S3. */
import { randomBytes } from 'node:crypto';

import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

import type { DownloadPorts } from '#core/attachments/download.ts';
import type { UploadPorts } from '#core/attachments/upload.ts';
import { DOWNLOAD_TTL_SECONDS } from '#protocol/limits.ts';

import { readEnv } from '../env.ts';
import { filePorts } from './ports.ts';
import { keptRequest, uploadRequest } from './requests.ts';
import { newClient } from './s3.ts';

/** What the domain asks to be signed. */
export type Signer = UploadPorts['objects'] & Pick<DownloadPorts['objects'], 'signDownload'>;

/** Bytes of a key: more than anybody can guess. */
const KEY_BYTES = 18;

/** Signs with the keys of the function's role: what it signs ends with them at the latest. */
export function signer(bucket: string): Signer {
  const client = newClient();
  return {
    newKey: () => randomBytes(KEY_BYTES).toString('base64url'),
    signUpload: async (policy) => createPresignedPost(client, uploadRequest(bucket, policy)),
    signDownload: async (place) =>
      getSignedUrl(client, new GetObjectCommand(keptRequest(bucket, place)), {
        expiresIn: DOWNLOAD_TTL_SECONDS,
      }),
  };
}

/** The ports of the calls that give out addresses. Only their function has this code. */
export const addressPorts = {
  ...filePorts,
  objects: { ...filePorts.objects, ...signer(readEnv('ATTACHMENTS_BUCKET')) },
};
