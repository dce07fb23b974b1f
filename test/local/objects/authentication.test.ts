import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { BUCKET, ORIGIN, startBucket, type BucketFixture } from '../fixtures/bucket.ts';
import { ACCESS, clientOptions } from '../fixtures/services.ts';

let bucket: BucketFixture;
beforeAll(async () => {
  bucket = await startBucket();
});
afterAll(() => bucket.stop());
beforeEach(async () => {
  const body = { Bucket: BUCKET, Key: 'rooms/a b/1', Body: 'hello', ContentType: 'text/html' };
  await bucket.client.send(new PutObjectCommand(body));
});

const presign = (more: object = {}, expiresIn = 300, client = bucket.client) =>
  getSignedUrl(client, new GetObjectCommand({ Bucket: BUCKET, Key: 'rooms/a b/1', ...more }), {
    expiresIn,
  });

async function read(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, text, headers: response.headers };
}

describe('a presigned address', () => {
  it('opens one object, as its query asks for', async () => {
    const { status, text, headers } = await read(
      await presign({
        ResponseContentDisposition: 'attachment; filename="a b.txt"',
        ResponseContentType: 'application/octet-stream',
        ResponseCacheControl: 'private',
      }),
      { headers: { origin: ORIGIN } },
    );
    expect({ status, text }).toEqual({ status: 200, text: 'hello' });
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-disposition': 'attachment; filename="a b.txt"',
      'content-type': 'application/octet-stream',
      'cache-control': 'private',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': ORIGIN,
    });
  });

  it('gives the part that a player asks for', async () => {
    const { status, text } = await read(await presign(), { headers: { range: 'bytes=0-1' } });
    expect({ status, text }).toEqual({ status: 206, text: 'he' });
  });

  it('lives as long as it says, and no longer', async () => {
    const url = await presign({}, 60);
    bucket.clock.advance(58_000);
    expect((await read(url)).status).toBe(200);
    bucket.clock.advance(3_000);
    const late = await read(url);
    expect(late).toMatchObject({ status: 403, text: expect.stringContaining('has expired') });
    bucket.clock.advance(-61_000);
  });

  it.each<[string, (url: URL) => void]>([
    ['another object', (url) => void (url.pathname += '2')],
    ['a longer life', (url) => url.searchParams.set('X-Amz-Expires', '3600')],
    ['another name', (url) => url.searchParams.set('response-content-type', 'text/html')],
    ['another signature', (url) => url.searchParams.set('X-Amz-Signature', '0'.repeat(64))],
    ['another host', (url) => void (url.hostname = 'localhost')],
  ])('does not open %s', async (_, change) => {
    const url = new URL(await presign());
    change(url);
    const { status, text } = await read(url.href);
    expect(status).toBe(403);
    expect(text).toContain('SignatureDoesNotMatch');
  });

  it('reads only: what it opens cannot be written', async () => {
    const { status } = await read(await presign(), { method: 'PUT', body: 'mine' });
    expect(status).toBe(403);
  });

  it.each(['0', '604801', 'x', ''])('refuses a life of %j seconds', async (seconds) => {
    const url = new URL(await presign());
    url.searchParams.set('X-Amz-Expires', seconds);
    expect((await read(url.href)).text).toContain('AuthorizationQueryParametersError');
  });

  it('refuses what another key signed', async () => {
    const client = new S3Client(
      clientOptions(bucket.endpoint, { ...ACCESS, secretAccessKey: 'guessed' }),
    );
    expect((await read(await presign({}, 300, client))).status).toBe(403);
  });

  it.each([
    ['a letter beyond Latin', 'attachment; filename="ბ.png"'],
    ['a line break', 'attachment\r\nset-cookie: a=b'],
  ])('refuses a header with %s', async (_, ResponseContentDisposition) => {
    const { status, text, headers } = await read(await presign({ ResponseContentDisposition }));
    expect({ status, cookie: headers.get('set-cookie') }).toEqual({ status: 400, cookie: null });
    expect(text).toContain('InvalidArgument');
  });

  it('takes an upload that a signed address allows', async () => {
    const command = new PutObjectCommand({ Bucket: BUCKET, Key: 'put' });
    const url = await getSignedUrl(bucket.client, command, { expiresIn: 60 });
    const { status } = await read(url, { method: 'PUT', body: 'mine' });
    expect(status).toBe(200);
    expect(bucket.store.get({ bucket: BUCKET, key: 'put' })?.size).toBe(4);
  });
});
