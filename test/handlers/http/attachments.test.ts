/** Files from end to end: uploaded by a form, sent, downloaded, deleted, and forged in every way, over the local S3. */
import { randomUUID } from 'node:crypto';

import { CopyObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { HTTP_ANSWERS } from '#protocol/http-answers.ts';
import { parse } from '#protocol/parse.ts';

import { BUCKET } from '../../local/fixtures/bucket.ts';
import { ANA, type AnyJson, deploy, type Deployment, NINO } from '../../support/deployment.ts';
import { A_PNG } from '../../support/fake-files.ts';
import type { Claims } from '../../support/issuer.ts';

let chat: Deployment;
let roomId: string;
let otherRoomId: string;
const EKA = { sub: 'ეკა 43', role: 'customer', name: 'Eka' };
const pdf = Buffer.from('%PDF-1.7\n');

beforeAll(async () => {
  chat = await deploy();
  const openAs = async (claims: Claims) => {
    const token = chat.token(claims);
    return (await chat.call('openRoom', { token, body: { vendorId: '7' } })).body.roomId;
  };
  roomId = await openAs(NINO);
  otherRoomId = await openAs(EKA);
});
afterAll(() => chat.stop());

interface Declared {
  readonly claims?: Claims;
  readonly roomId?: string;
  readonly contentType?: string;
  readonly size?: number;
}

const askFor = async ({ claims = NINO, ...declared }: Declared = {}) =>
  chat.call('createUpload', {
    token: chat.token(claims),
    params: { roomId: declared.roomId ?? roomId },
    body: {
      name: 'bowl.png',
      contentType: declared.contentType ?? 'image/png',
      size: declared.size ?? A_PNG.length,
    },
  });

/** Posts a form as a browser does: the fields first, the file last. */
async function post(
  { url, fields }: { url: string; fields: Record<string, string> },
  file: Uint8Array,
): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(file)]));
  const answer = await fetch(url, { method: 'POST', body: form });
  await answer.arrayBuffer();
  return answer.status;
}

/** An upload that succeeded. */
async function upload(file: Uint8Array = A_PNG, declared: Declared = {}): Promise<string> {
  const { body } = await askFor({ size: file.length, ...declared });
  expect(await post(body.upload, file)).toBe(204);
  return body.key;
}

const sendAs = async (claims: Claims, message: object, params = { roomId }) =>
  chat.call('sendMessage', {
    token: chat.token(claims),
    params,
    body: { id: randomUUID(), type: 'image', ...message },
  });
const imageOf = (...keys: readonly string[]) => ({
  attachments: keys.map((key) => ({ key, name: 'ჯამი.png' })),
});
const addressOf = async (claims: Claims, key: string, room = roomId) =>
  chat.call('getAttachment', { token: chat.token(claims), params: { roomId: room, key } });
const headOf = async (Key: string) =>
  chat.bucket.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key }));
const errorsOf = ({ status, body }: { status: number | undefined; body: AnyJson }) => [
  status,
  body.code,
  body.errors?.map(({ path, message }: AnyJson) => `${path} ${message}`),
];
const NOT_YOURS = [
  400,
  'invalid',
  ['message.attachments.0.key is no upload of yours for this room'],
];

describe('a file', () => {
  it('is uploaded, sent, seen by both and downloaded as it was', async () => {
    const answer = await askFor();
    expect(answer.status).toBe(201);
    parse(HTTP_ANSWERS.createUpload[201], answer.body);
    expect(answer.body.key).toMatch(/^[\w-]{22,}$/u);
    expect(await post(answer.body.upload, A_PNG)).toBe(204);
    const { key } = answer.body;
    const ana = await chat.open(chat.token(ANA), 'ana-laptop');

    const sent = await sendAs(NINO, imageOf(key));
    expect(sent).toMatchObject({ status: 201, body: { type: 'image', delivered: true } });
    parse(HTTP_ANSWERS.sendMessage[201], sent.body);
    const attachment = {
      key,
      name: 'ჯამი.png',
      contentType: 'image/png',
      size: A_PNG.length,
      width: 4,
      height: 3,
    };
    expect(sent.body.attachments).toEqual([attachment]);
    expect(ana.received().find(({ event }) => event === 'message').message).toMatchObject({
      attachments: [attachment],
    });
    const room = await chat.call('getRoom', { token: chat.token(ANA), params: { roomId } });
    expect(room.body.lastMessage).toMatchObject({ type: 'image', preview: 'ჯამი.png' });

    const address = await addressOf(ANA, key);
    expect(address.status).toBe(200);
    parse(HTTP_ANSWERS.getAttachment[200], address.body);
    const left = Date.parse(address.body.expiresAt) - Date.now();
    expect(left).toBeGreaterThan(290_000);
    expect(left).toBeLessThanOrEqual(300_000);
    const download = await fetch(address.body.url);
    expect(download.status).toBe(200);
    expect(new Uint8Array(await download.arrayBuffer())).toEqual(A_PNG);
    expect(Object.fromEntries(download.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `inline; filename="____.png"; filename*=UTF-8''%E1%83%AF%E1%83%90%E1%83%9B%E1%83%98.png`,
      'cache-control': 'private, max-age=300',
    });
    await ana.close();
  });

  it('is sent over the socket too, by a member whose name is not ASCII', async () => {
    const eka = await chat.open(chat.token(EKA), 'eka-phone');
    const key = await upload(pdf, {
      claims: EKA,
      roomId: otherRoomId,
      contentType: 'application/pdf',
    });
    const message = {
      id: randomUUID(),
      type: 'file',
      text: 'the bill',
      attachments: [{ key, name: '..\\bill.exe' }],
    };
    const frame = { action: 'send', ref: '1', roomId: otherRoomId, after: 0, message };
    expect(await eka.send(frame)).toMatchObject({ event: 'ack', seq: 1 });
    // A retry finds its message; its file is asked for by nobody.
    expect(await eka.send(frame)).toMatchObject({ event: 'ack', seq: 1 });
    const { body } = await addressOf(EKA, key, otherRoomId);
    const download = await fetch(body.url);
    expect(download.headers.get('content-disposition')).toBe('attachment; filename="bill.exe.pdf"');
    await eka.close();
  });

  it('goes with its message when that is deleted', async () => {
    const key = await upload();
    const { body } = await sendAs(NINO, imageOf(key));
    const { url } = (await addressOf(ANA, key)).body;
    expect((await fetch(url)).status).toBe(200);
    await chat.call('deleteMessage', {
      token: chat.token(NINO),
      params: { roomId, seq: String(body.seq) },
    });
    expect((await addressOf(ANA, key)).status).toBe(404);
    expect((await fetch(url)).status).toBe(404);
  });
});

describe('an upload', () => {
  it.each<[string, (fields: Record<string, string>) => void, Uint8Array]>([
    ['a byte more', () => {}, new Uint8Array([...A_PNG, 0])],
    ['a byte less', () => {}, A_PNG.subarray(1)],
    ['another type', (fields) => (fields['Content-Type'] = 'text/html'), A_PNG],
    ['another key', (fields) => (fields['key'] = `rooms/x/${fields['key']}`), A_PNG],
    ['another member', (fields) => (fields['x-amz-meta-member'] = 'vendor%3A7'), A_PNG],
    ['another room', (fields) => (fields['x-amz-meta-room'] = 'd-x'), A_PNG],
    ['a message of its own', (fields) => (fields['x-amz-meta-message'] = 'm'), A_PNG],
    ['a public list', (fields) => (fields['acl'] = 'public-read'), A_PNG],
    ['a disposition', (fields) => (fields['Content-Disposition'] = 'inline'), A_PNG],
  ])('with %s is refused', async (_, forge, file) => {
    const { body } = await askFor();
    const fields = { ...body.upload.fields };
    forge(fields);
    expect(await post({ url: body.upload.url, fields }, file)).toBeGreaterThanOrEqual(400);
    expect(errorsOf(await sendAs(NINO, imageOf(body.key)))).toEqual(NOT_YOURS);
  });

  it('is refused once its time has passed', async () => {
    const { body } = await askFor();
    chat.bucket.clock.advance(14 * 60_000);
    expect(await post(body.upload, A_PNG)).toBe(204);
    chat.bucket.clock.advance(2 * 60_000);
    expect(await post(body.upload, A_PNG)).toBe(403);
    chat.bucket.clock.advance(-16 * 60_000);
  });

  it.each([
    [{ contentType: 'text/html' }, 415, 'unsupported'],
    [{ contentType: 'image/svg+xml' }, 415, 'unsupported'],
    [{ size: 25 * 1024 * 1024 + 1 }, 413, 'too_large'],
    [{ size: 0 }, 400, 'invalid'],
    [{ size: 1.5 }, 400, 'invalid'],
    [{ claims: EKA }, 404, 'not_found'],
    [{ roomId: 'd-none' }, 404, 'not_found'],
  ])('of %j has no place', async (declared, status, code) => {
    expect(await askFor(declared)).toMatchObject({ status, body: { code } });
  });

  it('needs a token', async () => {
    const { status } = await chat.call('createUpload', { params: { roomId }, body: {} });
    expect(status).toBe(401);
  });
});

describe('a message', () => {
  it('does not get what another member uploaded, by the same answer as for nothing', async () => {
    const hers = await upload(A_PNG, { claims: ANA });
    const elsewhere = await upload(A_PNG, { claims: EKA, roomId: otherRoomId });
    for (const key of [hers, elsewhere, 'A'.repeat(24), '../x', '']) {
      expect((await sendAs(NINO, imageOf(key))).status).toBe(400);
    }
    for (const key of [hers, elsewhere, 'A'.repeat(24), '../x']) {
      expect(errorsOf(await sendAs(NINO, imageOf(key)))).toEqual(NOT_YOURS);
    }
  });

  it('does not get what was uploaded for another room', async () => {
    const key = await upload(A_PNG, { claims: ANA, roomId: otherRoomId });
    expect(errorsOf(await sendAs(ANA, imageOf(key)))).toEqual(NOT_YOURS);
  });

  it('does not get what only says that it is a picture', async () => {
    const page = Buffer.from('<!DOCTYPE html><script>alert(1)</script>');
    for (const contentType of ['image/png', 'text/plain', 'application/pdf']) {
      const key = await upload(page, { contentType });
      const sent = await sendAs(NINO, { type: 'file', ...imageOf(key) });
      expect(errorsOf(sent)).toEqual([
        400,
        'invalid',
        ['message.attachments.0.key is not what it says it is'],
      ]);
    }
  });

  it('does not get one file for two messages', async () => {
    const key = await upload();
    expect((await sendAs(NINO, imageOf(key))).status).toBe(201);
    expect(errorsOf(await sendAs(NINO, imageOf(key)))).toEqual([
      400,
      'invalid',
      ['message.attachments.0.key belongs to another message'],
    ]);
  });

  it('of two tries at once is one, with one file', async () => {
    const key = await upload();
    const message = { id: randomUUID(), ...imageOf(key) };
    const tries = await Promise.all([sendAs(NINO, message), sendAs(NINO, message)]);
    expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([200, 201]));
    expect(new Set(tries.map(({ body }) => body.seq)).size).toBe(1);
    expect(tries[0]?.body.attachments).toEqual(tries[1]?.body.attachments);
  });

  it('whose first try died after the copy is stored by the next, also when the upload was swept', async () => {
    const key = await upload();
    const id = randomUUID();
    // As a handler that dies between the copy and the put leaves it.
    const from = await headOf(`pending/${key}`);
    await chat.bucket.client.send(
      new CopyObjectCommand({
        Bucket: BUCKET,
        Key: `rooms/${roomId}/${key}`,
        CopySource: `${BUCKET}/pending/${key}`,
        MetadataDirective: 'REPLACE',
        ContentType: 'image/png',
        Metadata: { member: from.Metadata?.['member'] ?? '', message: id, width: '4', height: '3' },
      }),
    );
    chat.bucket.store.delete({ bucket: BUCKET, key: `pending/${key}` });
    const sent = await sendAs(NINO, { id, ...imageOf(key) });
    expect(sent).toMatchObject({
      status: 201,
      body: { attachments: [{ key, size: A_PNG.length, width: 4, height: 3 }] },
    });
  });

  it('with the same id and another file is a conflict', async () => {
    const id = randomUUID();
    const [one, other] = await Promise.all([upload(), upload()]);
    expect((await sendAs(NINO, { id, ...imageOf(one) })).status).toBe(201);
    expect((await sendAs(NINO, { id, ...imageOf(one) })).status).toBe(200);
    expect(await sendAs(NINO, { id, ...imageOf(other) })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
  });

  it('keeps what was checked, whatever is uploaded to the same place later', async () => {
    const { body } = await askFor();
    expect(await post(body.upload, A_PNG)).toBe(204);
    expect((await sendAs(NINO, imageOf(body.key))).status).toBe(201);
    const other = A_PNG.slice();
    other[19] = 9;
    expect(await post(body.upload, other)).toBe(204);
    await sendAs(NINO, imageOf(body.key));
    const { url } = (await addressOf(NINO, body.key)).body;
    expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(A_PNG);
  });

  it('is not stored while the bucket cannot be reached, and is when it can', async () => {
    const key = await upload();
    const message = { id: randomUUID(), ...imageOf(key) };
    const { store } = chat.bucket;
    const intact = { ...store };
    const before = await chat.call('getRoom', { token: chat.token(NINO), params: { roomId } });
    Object.assign(store, {
      get: () => {
        throw new Error('The disk is gone.');
      },
    });
    const refused = await sendAs(NINO, message);
    Object.assign(store, intact);
    expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(JSON.stringify(refused.body)).not.toContain('disk');
    const sent = await sendAs(NINO, message);
    expect(sent).toMatchObject({ status: 201, body: { seq: before.body.seq + 1 } });
  });
});

describe('a download', () => {
  it('is for members only, of what a message carries', async () => {
    const key = await upload();
    for (const claims of [NINO, ANA, EKA]) {
      expect((await addressOf(claims, key)).status).toBe(404);
    }
    await sendAs(NINO, imageOf(key));
    expect((await addressOf(EKA, key)).status).toBe(404);
    expect((await addressOf(ANA, key)).status).toBe(200);
    // In another room the key names nothing.
    expect((await addressOf(ANA, key, otherRoomId)).status).toBe(404);
  });

  it('ends with its time, and is for that file as it is', async () => {
    const key = await upload();
    await sendAs(NINO, imageOf(key));
    const { url } = (await addressOf(NINO, key)).body;
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
    expect((await fetch(`${url}&response-content-type=text%2Fhtml`)).status).toBe(403);
    expect((await fetch(url.replace(key, `${key}x`))).status).toBe(403);
    // The address was signed by the real clock, which the bucket's has stood still behind.
    const later = Date.now() - chat.bucket.clock.now() + 310_000;
    chat.bucket.clock.advance(later);
    expect((await fetch(url)).status).toBe(403);
    chat.bucket.clock.advance(-later);
  });

  it('of a page is never one, even where somebody put it there', async () => {
    await chat.bucket.client.send(
      new PutObjectCommand({
        Bucket: BUCKET,
        Key: `rooms/${roomId}/page`,
        Body: '<script>alert(1)</script>',
      }),
    );
    const { body } = await addressOf(NINO, 'page');
    const download = await fetch(body.url);
    expect(download.headers.get('content-type')).not.toMatch(/html/u);
  });
});
