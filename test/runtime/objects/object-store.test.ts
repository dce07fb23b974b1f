/** The bucket by the SDK: what it answers, what it cannot, and what a broken one leads to. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { KeepCommand } from '#core/attachments/attach.ts';
import { type ObjectStore, objectStore } from '#runtime/objects/object-store.ts';

import { BUCKET, type BucketFixture, startBucket } from '../../local/fixtures/bucket.ts';
import { ACCESS } from '../../local/fixtures/services.ts';
import { A_PNG } from '../../support/fake-files.ts';

let bucket: BucketFixture;
let objects: ObjectStore;
const place = (key: string) => ({ roomId: 'd-1', key });

function environment(endpoint: string): void {
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: ACCESS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ACCESS.secretAccessKey,
    AWS_ENDPOINT_URL_S3: endpoint,
  });
}

beforeAll(async () => {
  bucket = await startBucket();
  environment(bucket.endpoint);
  objects = objectStore(BUCKET);
});
afterAll(() => bucket.stop());

async function put(key: string, body: Uint8Array = A_PNG): Promise<string> {
  const { ETag = '' } = await bucket.client.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: `pending/${key}`,
      Body: body,
      ContentType: 'image/png',
      Metadata: { member: 'customer%3A42', room: 'd-1' },
    }),
  );
  return ETag;
}

const keep = (key: string, etag: string): KeepCommand => ({
  ...place(key),
  etag,
  file: {
    member: 'customer:42',
    messageId: 'm1',
    contentType: 'image/png',
    size: A_PNG.length,
    width: 4,
    height: 3,
  },
  disposition: 'inline; filename="a.png"',
});

describe('the object store', () => {
  it('reads an upload, its size and the first 128 KB', async () => {
    const large = new Uint8Array(300_000);
    large.set(A_PNG);
    const etag = await put('large', large);
    const upload = await objects.readUpload('large');
    expect(upload).toMatchObject({
      etag,
      member: 'customer:42',
      roomId: 'd-1',
      contentType: 'image/png',
      size: 300_000,
    });
    expect(upload?.firstBytes).toHaveLength(131_072);
    expect(await objects.readUpload('none')).toBeNull();
  });

  it('keeps a file, finds it and deletes it, each as often as it is asked', async () => {
    const etag = await put('k1');
    expect(await objects.hasKept(place('k1'))).toBe(false);
    expect(await objects.findKept(place('k1'))).toBeNull();
    expect(await objects.keep(keep('k1', etag))).toBe(true);
    expect(await objects.keep(keep('k1', etag))).toBe(false);
    expect(await objects.hasKept(place('k1'))).toBe(true);
    expect(await objects.findKept(place('k1'))).toEqual(keep('k1', etag).file);
    await objects.remove('d-1', ['k1', 'none']);
    await objects.remove('d-1', ['k1']);
    expect(await objects.findKept(place('k1'))).toBeNull();
    await objects.remove('d-1', []);
  });

  it('keeps nothing but the very bytes that were checked', async () => {
    const etag = await put('k2');
    await put('k2', new Uint8Array([...A_PNG, 0]));
    expect(await objects.keep(keep('k2', etag))).toBe(false);
    expect(await objects.keep(keep('none', etag))).toBe(false);
    expect(await objects.hasKept(place('k2'))).toBe(false);
  });

  it('keeps one of two copies at once', async () => {
    const etag = await put('k3');
    const copies = [objects.keep(keep('k3', etag)), objects.keep(keep('k3', etag))];
    const kept = await Promise.all(copies);
    expect(kept.filter(Boolean)).toHaveLength(1);
  });

  it('is unavailable where its bucket is not there', async () => {
    await expect(objectStore('nowhere').readUpload('k1')).rejects.toThrow(
      expect.objectContaining({ code: 'unavailable' }),
    );
  });
});

describe('a broken bucket', () => {
  const everything = (store: ObjectStore): (readonly [string, () => Promise<unknown>])[] => [
    ['read', () => store.readUpload('k')],
    ['keep', () => store.keep(keep('k', '"e"'))],
    ['find', () => store.findKept(place('k'))],
    ['has', () => store.hasKept(place('k'))],
    ['remove', () => store.remove('d-1', ['k', 'l'])],
  ];

  it.each([403, 500, 503])(
    'that answers %s is unavailable, whatever it is asked',
    async (status) => {
      const server = createServer((_, response) => response.writeHead(status).end());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      environment(`http://127.0.0.1:${port}`);
      const outcomes = await Promise.allSettled(
        everything(objectStore(BUCKET)).map(async ([, ask]) => ask()),
      );
      server.closeAllConnections();
      server.close();
      expect(outcomes).toHaveLength(5);
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
      }
    },
  );

  it('that hangs, before its answer or in it, is unavailable in time', async () => {
    const server = createServer((request, response) => {
      if (!request.url?.includes('half')) return;
      response.writeHead(206, {
        'content-length': '100',
        'content-range': 'bytes 0-99/100',
        etag: '"e"',
      });
      response.write('x');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    environment(`http://127.0.0.1:${port}`);
    const store = objectStore(BUCKET, 200);
    const from = performance.now();
    const outcomes = await Promise.allSettled([
      store.readUpload('silent'),
      store.readUpload('half'),
    ]);
    server.closeAllConnections();
    server.close();
    expect(performance.now() - from).toBeLessThan(3_000);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
    }
  });
});
