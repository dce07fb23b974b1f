/** The bucket of a deployed site, to be written. */
import { PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

import type { SiteFile } from './files.ts';
import type { PutFile } from './publish.ts';

/** A bucket that takes files; close it when done. */
export interface SiteBucket {
  readonly put: PutFile;
  close(): void;
}

/** Opens it; credentials, and a region that is not given, are those that the SDK finds. */
export function openSiteBucket(name: string, config: S3ClientConfig = {}): SiteBucket {
  const client = new S3Client(config);
  return {
    put: (file) => client.send(putRequest(name, file)),
    close: () => client.destroy(),
  };
}

function putRequest(name: string, { key, body, contentType, cacheControl }: SiteFile) {
  return new PutObjectCommand({
    Bucket: name,
    Key: key,
    Body: body,
    ContentType: contentType,
    CacheControl: cacheControl,
  });
}
