/** What the object store asks of a caller's role, by the real SDK. */
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { BUCKET, startBucket, type BucketFixture } from '../fixtures/bucket.ts';
import { ACCESS, clientOptions, refusalOf } from '../fixtures/services.ts';

let bucket: BucketFixture;
let stranger: S3Client;
beforeAll(async () => {
  bucket = await startBucket();
  const credentials = { ...ACCESS, accessKeyId: 'local.stranger' };
  stranger = new S3Client({ ...clientOptions(bucket.endpoint, credentials), forcePathStyle: true });
  const put = new PutObjectCommand({ Bucket: BUCKET, Key: 'pending/a', Body: 'hello' });
  await bucket.client.send(put);
});
afterAll(async () => {
  stranger.destroy();
  await bucket.stop();
});

const arn = (key: string) => `arn:aws:s3:::${BUCKET}/${key}`;

describe('the object store', () => {
  it.each([
    [new GetObjectCommand({ Bucket: BUCKET, Key: 'pending/a' }), ['s3:GetObject']],
    [new HeadObjectCommand({ Bucket: BUCKET, Key: 'pending/a' }), ['s3:GetObject']],
  ])('judges %o as %j', async (command, actions) => {
    bucket.judged.length = 0;
    // oxlint-disable-next-line typescript/no-unsafe-argument -- each of them is a command
    await bucket.client.send(command as never);
    expect(bucket.judged).toEqual(
      actions.map((action) => ({ action, resource: arn('pending/a') })),
    );
  });

  it('judges a copy for what it writes and for what it reads', async () => {
    bucket.judged.length = 0;
    await bucket.client.send(
      new CopyObjectCommand({ Bucket: BUCKET, Key: 'rooms/a', CopySource: `${BUCKET}/pending/a` }),
    );
    expect(bucket.judged).toEqual([
      { action: 's3:PutObject', resource: arn('rooms/a') },
      { action: 's3:GetObject', resource: arn('pending/a') },
    ]);
  });

  it('judges many deletions one by one', async () => {
    bucket.judged.length = 0;
    const Objects = [{ Key: 'rooms/x' }, { Key: 'rooms/y' }];
    await bucket.client.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects } }));
    expect(bucket.judged.map(({ resource }) => resource)).toEqual([arn('rooms/x'), arn('rooms/y')]);
  });

  it('says that an object is missing only to whoever may list', async () => {
    bucket.judged.length = 0;
    const call = bucket.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'lost' }));
    expect(await refusalOf(call)).toMatchObject({ name: 'NoSuchKey' });
    expect(bucket.judged.at(-1)).toEqual({
      action: 's3:ListBucket',
      resource: `arn:aws:s3:::${BUCKET}`,
    });
  });

  it('refuses whoever lacks the right', async () => {
    const call = stranger.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'pending/a' }));
    expect(await refusalOf(call)).toMatchObject({ name: 'AccessDenied', status: 403 });
  });

  it('takes no upload by a form whose signer may not put', async () => {
    const { url, fields } = await createPresignedPost(stranger, {
      Bucket: BUCKET,
      Key: 'pending/b',
    });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob(['hello']));
    const answer = await fetch(url, { method: 'POST', body: form });
    expect(answer.status).toBe(403);
    expect(bucket.store.get({ bucket: BUCKET, key: 'pending/b' })).toBeUndefined();
  });
});
