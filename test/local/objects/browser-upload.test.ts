import { Readable } from 'node:stream';

import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  BUCKET,
  ORIGIN,
  OTHER_BUCKET,
  startBucket,
  type BucketFixture,
} from '../fixtures/bucket.ts';
import { ACCESS, clientOptions } from '../fixtures/services.ts';

let bucket: BucketFixture;
beforeAll(async () => {
  bucket = await startBucket();
});
afterAll(() => bucket.stop());

const KEY = 'pending/customer:42/1';

/** A form as a function makes it: the key, the type, who it is and the size are fixed. */
function presign(more: Partial<PresignedPostOptions> = {}, client = bucket.client) {
  return createPresignedPost(client, {
    Bucket: BUCKET,
    Key: KEY,
    Conditions: [['content-length-range', 2, 5]],
    Fields: { 'Content-Type': 'image/png', 'x-amz-meta-member': 'customer:42' },
    Expires: 900,
    ...more,
  });
}

interface Upload {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Sends a form as a browser does. */
async function upload({ url, fields }: Upload, content: string | Blob = 'hell', origin = ORIGIN) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', content instanceof Blob ? content : new Blob([content]), 'picture.png');
  const response = await fetch(url, { method: 'POST', body: form, headers: { origin } });
  return answerOf(response);
}

async function answerOf(response: Response) {
  const text = await response.text();
  return {
    status: response.status,
    code: /<Code>(.*?)<\/Code>/u.exec(text)?.[1],
    text,
    headers: response.headers,
  };
}

interface Unended {
  readonly bytes: number;
  readonly signal?: AbortSignal;
}

/** Sends a form and the beginning of its file, and never more. */
async function sendUnended({ url, fields }: Upload, { bytes, signal }: Unended) {
  const part = (disposition: string, content: string) =>
    `--b\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n${content}`;
  const head = Object.entries(fields).map(([name, value]) =>
    part(`name="${name}"`, `${value}\r\n`),
  );
  const { promise: forever } = Promise.withResolvers<undefined>();
  async function* body() {
    yield Buffer.from(`${head.join('')}${part('name="file"; filename="a"', '')}`);
    yield Buffer.alloc(bytes);
    await forever;
  }
  const request: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: Readable.toWeb(Readable.from(body())) as unknown as ReadableStream,
    duplex: 'half',
    ...(signal && { signal }),
  };
  return answerOf(await fetch(url, request));
}

const without = (fields: Readonly<Record<string, string>>, name: string) =>
  Object.fromEntries(Object.entries(fields).filter(([it]) => it !== name));

describe("a browser's upload", () => {
  it('stores the file under the key, with the type and the words of its policy', async () => {
    const { status, headers } = await upload(await presign());
    expect(status).toBe(204);
    expect(headers.get('etag')).toBe('"4229d691b07b13341da53f17ab9f2416"');
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(headers.get('access-control-expose-headers')).toBe('ETag');
    expect(bucket.store.get({ bucket: BUCKET, key: KEY })).toMatchObject({
      size: 4,
      headers: { 'content-type': 'image/png', 'x-amz-meta-member': 'customer:42' },
    });
  });

  it.each([
    [1, 'EntityTooSmall', 400],
    [2, undefined, 204],
    [5, undefined, 204],
    [6, 'EntityTooLarge', 400],
    [3_000_000, 'EntityTooLarge', 400],
  ])('answers %i bytes of 2 to 5 with %s', async (bytes, code, status) => {
    const Key = `pending/size-${bytes}`;
    const before = bucket.bodies();
    expect(await upload(await presign({ Key }), 'x'.repeat(bytes))).toMatchObject({ status, code });
    expect(bucket.store.get({ bucket: BUCKET, key: Key }) !== undefined).toBe(status === 204);
    expect(bucket.bodies() - before).toBe(status === 204 ? 1 : 0);
  });

  it('says what a size may be', async () => {
    const { text } = await upload(await presign(), 'too large');
    expect(text).toContain('<MaxSizeAllowed>5</MaxSizeAllowed>');
  });

  it.each([
    ['another key', { key: 'rooms/d-1/1' }],
    ['another type', { 'Content-Type': 'text/html' }],
    ['another member', { 'x-amz-meta-member': 'customer:43' }],
    ['a field that no condition names', { 'x-amz-meta-other': '1' }],
    ['a redirect that no condition names', { success_action_redirect: 'https://a.example' }],
    ['rights that no condition names', { acl: 'public-read' }],
  ])('refuses %s', async (_, changed) => {
    const { url, fields } = await presign({ Key: 'pending/forged' });
    expect(await upload({ url, fields: { ...fields, ...changed } })).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      text: expect.stringContaining('Invalid according to Policy'),
    });
    expect(bucket.store.get({ bucket: BUCKET, key: 'pending/forged' })).toBeUndefined();
  });

  it.each([
    ['x-amz-meta-member', 'AccessDenied'],
    ['Content-Type', 'AccessDenied'],
    ['Policy', 'AccessDenied'],
    ['X-Amz-Signature', 'AccessDenied'],
    ['X-Amz-Credential', 'AccessDenied'],
    ['X-Amz-Algorithm', 'AccessDenied'],
    ['key', 'InvalidArgument'],
  ])('refuses a form without %s', async (name, code) => {
    const { url, fields } = await presign();
    expect(await upload({ url, fields: without(fields, name) })).toMatchObject({ code });
  });

  it('refuses a policy that somebody rewrote', async () => {
    const { url, fields } = await presign();
    const policy = Buffer.from(fields['Policy'] ?? '', 'base64')
      .toString()
      .replace('image/png', 'text/html');
    const forged = {
      ...fields,
      'Content-Type': 'text/html',
      Policy: Buffer.from(policy).toString('base64'),
    };
    expect(await upload({ url, fields: forged })).toMatchObject({
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
  });

  it.each([
    [{ ...ACCESS, secretAccessKey: 'guessed' }, 'SignatureDoesNotMatch'],
    [{ ...ACCESS, accessKeyId: 'other' }, 'InvalidAccessKeyId'],
  ])('refuses what %j signed', async (credentials, code) => {
    const client = new S3Client(clientOptions(bucket.endpoint, credentials));
    expect(await upload(await presign({}, client))).toMatchObject({ status: 403, code });
  });

  it('takes a form until its time is over', async () => {
    const form = await presign({ Key: 'pending/late', Expires: 60 });
    bucket.clock.advance(58_000);
    expect(await upload(form)).toMatchObject({ status: 204 });
    bucket.clock.advance(3_000);
    expect(await upload(form)).toMatchObject({
      code: 'AccessDenied',
      text: expect.stringContaining('Policy expired'),
    });
    bucket.clock.advance(-61_000);
  });

  it.each([
    [OTHER_BUCKET, 'AccessDenied'],
    ['lost', 'NoSuchBucket'],
  ])('refuses a form for one bucket at the bucket %s', async (other, code) => {
    const { fields } = await presign();
    const url = `${bucket.endpoint}/${other}`;
    expect(await upload({ url, fields })).toMatchObject({ code });
    expect(await upload({ url, fields: { ...fields, bucket: other } })).toMatchObject({ code });
  });

  it('puts the name of the file where the key asks for it', async () => {
    await upload(await presign({ Key: 'pending/names/${filename}' }));
    expect(bucket.store.get({ bucket: BUCKET, key: 'pending/names/picture.png' })).toBeDefined();
  });

  it('answers 201 with a document where the form asks for it', async () => {
    const answer = await upload(
      await presign({ Fields: { success_action_status: '201' }, Conditions: [] }),
    );
    expect(answer.status).toBe(201);
    expect(answer.text).toContain(`<Key>${KEY}</Key>`);
  });

  it('shows a refusal to the page of an allowed origin, and to no other', async () => {
    const { url, fields } = await presign();
    const forged = { url, fields: { ...fields, key: 'x' } };
    const allowed = await upload(forged);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    const other = await upload(forged, 'hell', 'https://evil.example');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('leaves nothing of an upload that breaks off', async () => {
    const form = await presign({
      Key: 'pending/broken',
      Conditions: [['content-length-range', 0, 10_000_000]],
    });
    const before = bucket.bodies();
    const abort = new AbortController();
    const sending = sendUnended(form, { bytes: 200_000, signal: abort.signal });
    await expect.poll(() => bucket.bodies()).toBe(before + 1);
    abort.abort();
    await expect(sending).rejects.toThrow();
    await expect.poll(() => bucket.bodies()).toBe(before);
    expect(bucket.store.get({ bucket: BUCKET, key: 'pending/broken' })).toBeUndefined();
  });

  it('refuses a file as soon as it is too large, not at its end', async () => {
    const { code } = await sendUnended(await presign(), { bytes: 200_000 });
    expect(code).toBe('EntityTooLarge');
  });

  it('keeps one of two uploads to the same key whole', async () => {
    const form = await presign({ Key: 'pending/two' });
    const answers = await Promise.all([upload(form, 'aaaa'), upload(form, 'bbbbb')]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expect([4, 5]).toContain(bucket.store.get({ bucket: BUCKET, key: 'pending/two' })?.size);
  });

  it('had no trouble inside', () => {
    expect(bucket.problems).toEqual([]);
  });
});
