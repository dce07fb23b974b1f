/** Uploads that are not what was asked for: of another size, type, key or place, twice, or named by a message they are not for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { A_PNG } from '../support/fake-files.ts';
import { aCustomer, aVendor } from './support/people.ts';
import { type Stage, startStage } from './support/stage.ts';
import { askForPlace, post, upload, type UploadPlace } from './support/uploads.ts';

let stage: Stage;
let token: string;
let staff: string;
let roomId: string;
let otherRoomId: string;

beforeAll(async () => {
  stage = await startStage();
  const shop = aVendor();
  token = await stage.token(aCustomer());
  staff = await stage.token(shop);
  const open = async (vendorId: string) =>
    String((await stage.call('POST', '/rooms', { token, body: { vendorId } })).body.roomId);
  roomId = await open(shop.vendor_id);
  otherRoomId = await open(aVendor().vendor_id);
});
afterAll(() => stage.stop());

const bytesOf = (size: number) => new Uint8Array(size).fill(65);

/** The policy with a condition of the attacker's own; its signature is of the old one. */
function forged({ upload: { fields } }: UploadPlace, bend: (policy: string) => string) {
  const name = 'Policy' in fields ? 'Policy' : 'policy';
  const policy = Buffer.from(String(fields[name]), 'base64').toString();
  expect(bend(policy)).not.toBe(policy);
  return { [name]: Buffer.from(bend(policy)).toString('base64') };
}

describe('an upload', () => {
  const keyField = ({ upload: { fields } }: UploadPlace) => String(fields['key']);

  it.each<[string, (place: UploadPlace) => Parameters<typeof post>[1]]>([
    ['a byte longer', () => ({ bytes: bytesOf(A_PNG.length + 1) })],
    ['a byte shorter', () => ({ bytes: bytesOf(A_PNG.length - 1) })],
    ['empty', () => ({ bytes: bytesOf(0) })],
    ['of 1 MB', () => ({ bytes: bytesOf(1024 * 1024) })],
    ['of another type', () => ({ fields: { 'Content-Type': 'text/html' } })],
    ['without its type', () => ({ fields: { 'Content-Type': undefined } })],
    ['under another key', (place) => ({ fields: { key: `${keyField(place)}x` } })],
    ['under a path', () => ({ fields: { key: 'pending/../rooms/x' } })],
    ['straight into a room', () => ({ fields: { key: `rooms/${roomId}/x` } })],
    ['for everybody to read', () => ({ fields: { acl: 'public-read' } })],
    [
      'with a way home of its own',
      () => ({ fields: { success_action_redirect: 'https://evil.example' } }),
    ],
    ['without a signature', () => ({ fields: { 'X-Amz-Signature': undefined } })],
    ['with the signature of another', () => ({ fields: { 'X-Amz-Signature': 'a'.repeat(64) } })],
    [
      'whose policy is longer lived',
      (place) => ({ fields: forged(place, (it) => it.replace(/20\d\d-/u, '2999-')) }),
    ],
    [
      'whose policy takes any size',
      (place) => ({
        fields: forged(place, (it) =>
          it.replace(/"content-length-range",\s*\d+,\s*\d+/u, '"content-length-range",0,99999999'),
        ),
      }),
    ],
  ])('%s is refused, and the key names nothing', async (_, bend) => {
    const place = await askForPlace(stage, { token, roomId });
    const status = await post(place, bend(place));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    const sent = await stage.call('POST', `/rooms/${roomId}/messages`, {
      token,
      body: fileOf(place.key),
    });
    expect([sent.status, sent.body.code]).toEqual([400, 'invalid']);
  });

  it.each([
    ['a page', 'text/html'],
    ['a drawing with scripts', 'image/svg+xml'],
    ['a program', 'application/x-msdownload'],
    ['no type', ''],
    ['a list of types', 'image/png, text/html'],
    ['a type with a line in it', 'image/png\r\nx: y'],
  ])('of %s gets no place', async (_, contentType) => {
    const body = { name: 'a', contentType, size: 5 };
    const answer = await stage.call('POST', `/rooms/${roomId}/attachments`, { token, body });
    expect([answer.status, answer.body.code]).toEqual([415, 'unsupported']);
  });

  it.each([
    [0, 400, 'invalid'],
    [-1, 400, 'invalid'],
    [1.5, 400, 'invalid'],
    [25 * 1024 * 1024 + 1, 413, 'too_large'],
    [1e300, 400, 'invalid'],
  ])('of %d bytes gets no place', async (size, status, code) => {
    const body = { name: 'a.png', contentType: 'image/png', size };
    const answer = await stage.call('POST', `/rooms/${roomId}/attachments`, { token, body });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

const fileOf = (key: string, type = 'image') => ({
  id: crypto.randomUUID(),
  type,
  attachments: [{ key, name: 'a.png' }],
});

describe('a file', () => {
  const send = (as: string, room: string, key: string) =>
    stage.call('POST', `/rooms/${room}/messages`, { token: as, body: fileOf(key) });

  it('that was uploaded for one room is none in another', async () => {
    const key = await upload(stage, { token, roomId });
    expect((await send(token, otherRoomId, key)).status).toBe(400);
    expect((await send(token, roomId, key)).status).toBe(201);
  });

  it('of one member is none of the other’s', async () => {
    const key = await upload(stage, { token, roomId });
    expect((await send(staff, roomId, key)).status).toBe(400);
  });

  it('belongs to one message', async () => {
    const key = await upload(stage, { token, roomId });
    expect((await send(token, roomId, key)).status).toBe(201);
    expect((await send(token, roomId, key)).status).toBe(400);
  });

  it('that is not what it was declared to be is refused', async () => {
    const html = new Uint8Array(Buffer.from('<script>alert(1)</script>'));
    const file = { name: 'a.png', contentType: 'image/png', size: html.length };
    const place = await askForPlace(stage, { token, roomId, file });
    expect(await post(place, { bytes: html })).toBe(204);
    expect((await send(token, roomId, place.key)).status).toBe(400);
  });

  it.each([
    // An address is made shorter by the client: these are other routes.
    ['..', 404],
    ['../pending', 404],
    ['a%2Fb', 400],
    ['pending%2Fx', 400],
    ['%00', 400],
    ['x'.repeat(500), 400],
    ['k'.repeat(22), 404],
  ])('is not found under %s', async (key, expected) => {
    const { status } = await stage.call('GET', `/rooms/${roomId}/attachments/${key}`, { token });
    expect(status).toBe(expected);
  });

  it('is read by no address but a signed one', async () => {
    const key = await upload(stage, { token, roomId });
    await send(token, roomId, key);
    const { body } = await stage.call('GET', `/rooms/${roomId}/attachments/${key}`, {
      token: staff,
    });
    const signed = new URL(body.url);
    const bare = `${signed.origin}${signed.pathname}`;
    expect((await fetch(bare)).status).toBe(403);
    signed.pathname = signed.pathname.replace(key, `${key}x`);
    expect((await fetch(signed)).status).toBe(403);
    const later = new URL(body.url);
    later.searchParams.set('X-Amz-Expires', '604800');
    expect((await fetch(later)).status).toBe(403);
    const written = await fetch(body.url, { method: 'PUT', body: 'x' });
    expect(written.status).toBe(403);
  });
});
