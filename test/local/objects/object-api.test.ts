import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { BUCKET, startBucket, type BucketFixture } from '../fixtures/bucket.ts';
import { ACCESS, clientOptions, refusalOf } from '../fixtures/services.ts';

let bucket: BucketFixture;
beforeAll(async () => {
  bucket = await startBucket();
});
afterAll(() => bucket.stop());

const put = (Key: string, Body: string | Buffer, more: object = {}) =>
  bucket.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more }));
const get = (Key: string, more: object = {}) =>
  bucket.client.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...more }));
const textOf = async (Key: string) => (await get(Key)).Body?.transformToString();

describe('objects', () => {
  it('keeps a body with its type, its metadata and its MD5', async () => {
    const { ETag } = await put('a/b c/ü+.txt', 'hello', {
      ContentType: 'text/plain',
      Metadata: { owner: 'customer:42' },
    });
    expect(ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    const answer = await get('a/b c/ü+.txt');
    expect(await answer.Body?.transformToString()).toBe('hello');
    expect(answer).toMatchObject({
      ETag,
      ContentLength: 5,
      ContentType: 'text/plain',
      Metadata: { owner: 'customer:42' },
      LastModified: expect.any(Date),
    });
  });

  it('tells of a body without sending it', async () => {
    await put('told', 'hello', { ContentType: 'text/plain' });
    const answer = await bucket.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'told' }));
    expect(answer).toMatchObject({ ContentLength: 5, ContentType: 'text/plain' });
  });

  it('keeps an empty body', async () => {
    await put('empty', '');
    expect(await textOf('empty')).toBe('');
  });

  it('keeps a body of many chunks', async () => {
    const large = Buffer.alloc(3_000_000, 'parley');
    await put('large', large);
    const body = await (await get('large')).Body?.transformToByteArray();
    expect(Buffer.from(body ?? []).equals(large)).toBe(true);
  });

  it('replaces an object, and leaves nothing of the old one', async () => {
    await put('twice', 'old');
    const before = bucket.bodies();
    await put('twice', 'new');
    expect(await textOf('twice')).toBe('new');
    expect(bucket.bodies()).toBe(before);
  });

  it('reads the version on its way to the end while another one takes its place', async () => {
    const old = Buffer.alloc(8_000_000, 'old');
    await put('swapped', old);
    const answer = await get('swapped');
    await put('swapped', 'new');
    const body = await answer.Body?.transformToByteArray();
    expect(Buffer.from(body ?? []).equals(old)).toBe(true);
  });

  it.each([
    ['bytes=1-3', 'ell', 'bytes 1-3/5'],
    ['bytes=3-', 'lo', 'bytes 3-4/5'],
    ['bytes=-2', 'lo', 'bytes 3-4/5'],
    ['bytes=0-99', 'hello', 'bytes 0-4/5'],
  ])('sends the part %s', async (Range, text, ContentRange) => {
    await put('parts', 'hello');
    const answer = await get('parts', { Range });
    expect(answer).toMatchObject({ ContentRange, $metadata: { httpStatusCode: 206 } });
    expect(await answer.Body?.transformToString()).toBe(text);
  });

  it('refuses a part that begins behind the end', async () => {
    await put('parts', 'hello');
    expect(await refusalOf(get('parts', { Range: 'bytes=5-' }))).toMatchObject({
      name: 'InvalidRange',
      status: 416,
    });
  });

  it('sends one version only where a version is asked for', async () => {
    const { ETag } = await put('version', 'one');
    expect((await get('version', { IfMatch: ETag })).ContentLength).toBe(3);
    await put('version', 'two');
    expect(await refusalOf(get('version', { IfMatch: ETag }))).toMatchObject({
      name: 'PreconditionFailed',
      status: 412,
    });
  });

  it('sends nothing that the caller has already', async () => {
    const { ETag } = await put('cached', 'one');
    expect(await refusalOf(get('cached', { IfNoneMatch: ETag }))).toMatchObject({ status: 304 });
  });

  it('deletes an object, also one that is gone', async () => {
    await put('gone', 'x');
    const remove = () =>
      bucket.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'gone' }));
    await remove();
    await remove();
    expect(await refusalOf(get('gone'))).toMatchObject({ name: 'NoSuchKey', status: 404 });
    const head = bucket.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'gone' }));
    expect(await refusalOf(head)).toMatchObject({ name: 'NotFound', status: 404 });
  });

  it('deletes many at once, whatever their keys hold', async () => {
    const keys = ['many/<a>&"\'', 'many/ü', 'many/3'];
    for (const key of keys) await put(key, 'x');
    const Objects = keys.map((Key) => ({ Key }));
    const answer = await bucket.client.send(
      new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects } }),
    );
    expect(answer.Deleted?.map(({ Key }) => Key)).toEqual(keys);
    expect(bucket.store.list(BUCKET).filter(({ key }) => key.startsWith('many/'))).toEqual([]);
  });

  it('stores where nothing is, and only there, if asked to', async () => {
    await put('first', 'one', { IfNoneMatch: '*' });
    expect(await refusalOf(put('first', 'two', { IfNoneMatch: '*' }))).toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(await textOf('first')).toBe('one');
  });

  it('lets one of two writers be first', async () => {
    const results = await Promise.allSettled(
      ['one', 'two', 'three'].map((body) => put('race', body, { IfNoneMatch: '*' })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('copies', () => {
  const copy = (Key: string, CopySource: string, more: object = {}) =>
    bucket.client.send(new CopyObjectCommand({ Bucket: BUCKET, Key, CopySource, ...more }));

  it('copies a body with what is said of it', async () => {
    const { ETag } = await put('from/a b', 'hello', {
      ContentType: 'text/plain',
      Metadata: { a: 'b' },
    });
    const answer = await copy('to/a', `${BUCKET}/from/a%20b`, { CopySourceIfMatch: ETag });
    expect(answer.CopyObjectResult).toMatchObject({ ETag, LastModified: expect.any(Date) });
    expect(await get('to/a')).toMatchObject({ ContentType: 'text/plain', Metadata: { a: 'b' } });
    expect(await textOf('to/a')).toBe('hello');
  });

  it('says other things of the copy where asked to', async () => {
    await put('from/replaced', 'hello', { ContentType: 'text/html', Metadata: { a: 'b' } });
    await copy('to/replaced', `${BUCKET}/from/replaced`, {
      MetadataDirective: 'REPLACE',
      ContentType: 'image/png',
    });
    expect(await get('to/replaced')).toMatchObject({ ContentType: 'image/png', Metadata: {} });
  });

  it('copies no other version than the one that was checked', async () => {
    const { ETag } = await put('from/checked', 'checked');
    await put('from/checked', 'exchanged');
    const refusal = refusalOf(
      copy('to/checked', `${BUCKET}/from/checked`, { CopySourceIfMatch: ETag }),
    );
    expect(await refusal).toMatchObject({ name: 'PreconditionFailed', status: 412 });
    expect(bucket.store.get({ bucket: BUCKET, key: 'to/checked' })).toBeUndefined();
  });

  it.each([
    ['nothing', `${BUCKET}/from/lost`, {}, 'NoSuchKey'],
    ['another bucket', 'lost/from/a', {}, 'NoSuchKey'],
    ['onto itself unchanged', `${BUCKET}/to/self`, {}, 'InvalidRequest'],
  ])('refuses to copy %s', async (_, source, more, name) => {
    await put('to/self', 'x');
    expect(await refusalOf(copy('to/self', source, more))).toMatchObject({ name });
  });
});

describe('who may call', () => {
  const as = (credentials: typeof ACCESS) =>
    new S3Client(clientOptions(bucket.endpoint, credentials));
  const read = new GetObjectCommand({ Bucket: BUCKET, Key: 'secret' });

  it('refuses another secret', async () => {
    const client = as({ ...ACCESS, secretAccessKey: 'guessed' });
    expect(await refusalOf(client.send(read))).toMatchObject({
      name: 'SignatureDoesNotMatch',
      status: 403,
    });
  });

  it('refuses another key', async () => {
    const client = as({ ...ACCESS, accessKeyId: 'other' });
    expect(await refusalOf(client.send(read))).toMatchObject({ name: 'InvalidAccessKeyId' });
  });

  it.each(['GET', 'PUT', 'DELETE', 'HEAD'])('refuses an unsigned %s', async (method) => {
    const response = await fetch(`${bucket.endpoint}/${BUCKET}/secret`, { method });
    expect(response.status).toBe(403);
  });

  it('refuses a body that is not the one that was signed', async () => {
    const client = as(ACCESS);
    client.middlewareStack.add(
      (next) => (args) =>
        next({ ...args, request: Object.assign(args.request as object, { body: 'HELLO' }) }),
      { step: 'finalizeRequest', priority: 'low' },
    );
    const call = client.send(
      new PutObjectCommand({ Bucket: BUCKET, Key: 'forged', Body: 'hello' }),
    );
    expect(await refusalOf(call)).toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
    expect(bucket.store.get({ bucket: BUCKET, key: 'forged' })).toBeUndefined();
  });

  it('refuses a bucket that is not in the template', async () => {
    const call = bucket.client.send(new GetObjectCommand({ Bucket: 'other', Key: 'a' }));
    expect(await refusalOf(call)).toMatchObject({ name: 'NoSuchBucket', status: 404 });
  });

  it('names an operation that it does not know', async () => {
    const call = bucket.client.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(await refusalOf(call)).toMatchObject({ name: 'NotImplemented', status: 501 });
  });

  it('refuses a key beyond 1,024 bytes, and takes one of 1,024', async () => {
    await put('k'.repeat(1_024), 'x');
    expect(await refusalOf(put('k'.repeat(1_025), 'x'))).toMatchObject({
      name: 'KeyTooLongError',
    });
  });

  it('lets nothing be taken for a page', async () => {
    const response = await fetch(`${bucket.endpoint}/${BUCKET}/secret`);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toContain('<Code>AccessDenied</Code>');
  });

  it('had no trouble inside', () => {
    expect(bucket.problems).toEqual([]);
  });
});
