/** Addresses for uploads and downloads: signed here, without a word to S3. */
import { GetObjectCommand, type GetObjectCommandInput } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

import type { UploadForm } from '#core/attachments/upload.ts';
import { DOWNLOAD_TTL_SECONDS } from '#protocol/limits.ts';

import { newClient } from './s3.ts';

export type Signer = ReturnType<typeof openSigner>;

/** Opens the signer; its keys are those of the function's role, and its addresses end with them at the latest. */
export function openSigner() {
  const client = newClient();
  return {
    upload: async (request: PresignedPostOptions): Promise<UploadForm> =>
      createPresignedPost(client, request),
    download: async (request: GetObjectCommandInput): Promise<string> =>
      getSignedUrl(client, new GetObjectCommand(request), { expiresIn: DOWNLOAD_TTL_SECONDS }),
  };
}
