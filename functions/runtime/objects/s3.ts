/** The client of S3 with the calls that are used. Loaded by the first of them: most invocations have nothing to do with files. */
import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  DeleteObjectCommand,
  type DeleteObjectCommandInput,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  type HeadObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';

const DEFAULT_TIMEOUT_MS = 4_000;

/** Opens the client. Region, endpoint and credentials the SDK finds by itself. */
export function openS3(timeoutMs?: number) {
  const client = newClient(timeoutMs);
  return {
    get: async (input: GetObjectCommandInput) => client.send(new GetObjectCommand(input)),
    head: async (input: HeadObjectCommandInput) => client.send(new HeadObjectCommand(input)),
    copy: async (input: CopyObjectCommandInput) => client.send(new CopyObjectCommand(input)),
    remove: async (input: DeleteObjectCommandInput) => client.send(new DeleteObjectCommand(input)),
  };
}

/** A client whose hung requests end before the gateway gives up. */
export function newClient(timeoutMs = DEFAULT_TIMEOUT_MS): S3Client {
  return new S3Client({
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      // Without this the SDK only warns and waits on.
      throwOnRequestTimeout: true,
    },
    // Parts of objects have no checksum to compare with.
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Else an address for a download carries the checksum of an empty body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
}
