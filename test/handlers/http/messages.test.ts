/** Calls about messages that are wrong or not allowed: a problem document each, and nothing stored. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { problemSchema } from '#protocol/http-answers.ts';
import { messageSchema } from '#protocol/message.ts';
import { parse } from '#protocol/parse.ts';
import { roomSchema } from '#protocol/room.ts';

import { ANA, deploy, type Deployment, NINO } from '../../support/deployment.ts';
import { anIssuer, type Claims } from '../../support/issuer.ts';

let chat: Deployment;
let roomId: string;
const text = (overrides: object = {}) => ({
  id: randomUUID(),
  type: 'text',
  text: 'hello',
  ...overrides,
});

beforeAll(async () => {
  chat = await deploy();
  const room = await chat.call('openRoom', { token: chat.token(NINO), body: { vendorId: '7' } });
  roomId = room.body.roomId;
});
afterAll(() => chat.stop());

const sendAs = async (token: string | undefined, body: unknown, more: object = {}) =>
  chat.call('sendMessage', {
    ...(token === undefined ? {} : { token }),
    params: { roomId },
    body,
    ...more,
  });

describe('a call without a good token', () => {
  it.each<[string, () => string | undefined, string]>([
    ['none', () => undefined, 'unauthorized'],
    ['a broken one', () => 'x.y.z', 'unauthorized'],
    ['two of them', () => `${chat.token()} ${chat.token()}`, 'unauthorized'],
    ['a foreign one', () => anIssuer().sign(), 'unauthorized'],
    ['alg none', () => chat.issuer.sign({}, { alg: 'none' }), 'unauthorized'],
    ['an ended one', () => chat.token({ exp: Math.floor(Date.now() / 1000) - 1 }), 'token_expired'],
  ])('with %s is refused', async (_, token, code) => {
    const answer = await sendAs(token(), text());
    expect(answer).toMatchObject({ status: 401, body: { status: 401, code } });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    parse(problemSchema, answer.body);
  });

  it('with another scheme is refused', async () => {
    const answer = await chat.call('countUnread', {
      headers: { authorization: `Basic ${chat.token()}` },
    });
    expect(answer.status).toBe(401);
  });
});

describe('a message', () => {
  it.each<[string, unknown]>([
    ['no JSON', '{"id":'],
    ['nothing', undefined],
    ['an array', []],
    ['null', 'null'],
    ['blanks', text({ text: '  ' })],
    ['4,001 characters', text({ text: 'x'.repeat(4_001) })],
    ['half a character', text({ text: '\uDC00' })],
    ['a negative after', text({ after: -1 })],
    ['an after that is a text', text({ after: '1' })],
    [
      'a product whose address is no https',
      {
        id: randomUUID(),
        type: 'product',
        product: { id: '1', title: 'x', url: 'javascript:alert(1)' },
      },
    ],
  ])('of %s is a problem', async (_, body) => {
    const answer = await sendAs(chat.token(NINO), body);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: expect.any(Array) },
    });
    parse(problemSchema, answer.body);
  });

  it('of more than 128 KB is too large', async () => {
    const answer = await sendAs(chat.token(NINO), text({ text: 'x'.repeat(140_000) }));
    expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
  });

  it('may come in base64', async () => {
    const answer = await sendAs(chat.token(NINO), text({ text: 'ნახვამდის' }), { asBase64: true });
    expect(answer).toMatchObject({ status: 201, body: { text: 'ნახვამდის' } });
  });

  it('in a room of others and in no room looks the same', async () => {
    const other = chat.token({ sub: '43', role: 'customer' });
    const ofOthers = await sendAs(other, text());
    const ofNobody = await chat.call('sendMessage', {
      token: other,
      params: { roomId: 'd-nobody' },
      body: text(),
    });
    expect(ofOthers.status).toBe(404);
    const { requestId: _a, ...first } = ofOthers.body;
    const { requestId: _b, ...secondOne } = ofNobody.body;
    expect(first).toEqual(secondOne);
    expect(ofOthers.headers).toEqual(ofNobody.headers);
  });

  it('with the id of another one is a conflict', async () => {
    const id = randomUUID();
    await sendAs(chat.token(NINO), text({ id }));
    const conflict = await sendAs(chat.token(NINO), text({ id, text: 'other' }));
    expect(conflict).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('of an admin is forbidden', async () => {
    expect((await sendAs(chat.token({ role: 'admin' }), text())).status).toBe(403);
  });

  it('over the rate says when to come back, in a header too', async () => {
    const token = chat.token(NINO);
    const room = await chat.call('openRoom', { token, body: { vendorId: '8' } });
    // As if 120 had come at once: fewer are let through again while a slow machine looks.
    const { ports } = await import('../../../functions/runtime/compose.ts');
    const spend = { side: 'customer', costMs: 60_000, wholeAtMs: Date.now() } as const;
    const params = { roomId: String(room.body.roomId) };
    const spent = { ...params, vendor: 'vendor:8', expect: {}, spend } as const;
    expect(await ports.rooms.changeHead(spent)).toEqual({ changed: true });
    const answer = await chat.call('sendMessage', { token, params, body: text() });
    expect(answer).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(answer.body.retryAfter).toBeGreaterThan(0);
    expect(answer.body.retryAfter).toBeLessThanOrEqual(51);
    expect(answer.headers['retry-after']).toBe(String(answer.body.retryAfter));
  });
});

describe('a page of messages', () => {
  it.each([
    { after: '1', before: '2' },
    { limit: '0' },
    { limit: '101' },
    { limit: '1,2' },
    { after: '-1' },
    { after: '1e309' },
    { before: '0' },
  ])('with the query %o is a problem', async (query) => {
    const answer = await chat.call('listMessages', {
      token: chat.token(NINO),
      params: { roomId },
      query,
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('a change of a message', () => {
  const call = (
    name: 'editMessage' | 'deleteMessage' | 'react',
    seq: number | string,
    more: { claims?: Claims; body?: unknown; device?: string } = {},
  ) =>
    chat.call(name, {
      token: chat.token(more.claims ?? NINO),
      params: { roomId, seq: String(seq) },
      ...(more.body === undefined ? {} : { body: more.body }),
      headers: { 'parley-device': more.device ?? 'phone' },
    });
  const thumbs = { emoji: '👍', on: true };
  let seq: number;
  beforeEach(async () => {
    // What went before must not use up the quota.
    const room = await chat.call('openRoom', {
      token: chat.token(NINO),
      body: { vendorId: randomUUID() },
    });
    roomId = room.body.roomId;
    seq = (await sendAs(chat.token(NINO), text())).body.seq;
  });

  it('is answered with the message, and tells everybody but the device', async () => {
    const phone = await chat.open(chat.token(NINO), 'phone');
    const tablet = await chat.open(chat.token(NINO), 'tablet');
    const edited = await call('editMessage', seq, { body: { text: ' other ' } });
    const reacted = await call('react', seq, { body: thumbs });
    const deleted = await call('deleteMessage', seq);
    for (const { status, body } of [edited, reacted, deleted]) {
      expect(status).toBe(200);
      expect(parse(messageSchema, body)).toEqual(body);
    }
    expect(edited.body).toMatchObject({ text: 'other', editedAt: expect.any(String), version: 1 });
    expect(reacted.body).toMatchObject({ reactions: { '👍': ['customer:42'] }, version: 2 });
    expect(deleted.body).toMatchObject({ text: null, reactions: {}, version: 3 });
    expect(phone.received()).toEqual([]);
    const told = [edited, reacted, deleted].map(({ body: message }, index) => ({
      event: 'message.updated',
      message,
      changes: index + 1,
    }));
    expect(tablet.received()).toEqual(told);
    const { body: page } = await chat.call('listMessages', {
      token: chat.token(NINO),
      params: { roomId },
    });
    expect(page).toMatchObject({ changes: 3, items: [deleted.body] });
    const { body: room } = await chat.call('getRoom', {
      token: chat.token(NINO),
      params: { roomId },
    });
    expect(room).toMatchObject({ changes: 3, lastMessage: { seq, preview: '' } });
    expect(parse(roomSchema, room).lastMessage).toEqual(room.lastMessage);
  });

  it.each([
    ['editMessage', { text: ' ' }],
    ['editMessage', { text: 'x'.repeat(4_001) }],
    ['editMessage', {}],
    ['react', { emoji: '👍👍', on: true }],
    ['react', { emoji: 'x', on: true }],
    ['react', { emoji: '👍' }],
    ['react', { emoji: '__proto__', on: true }],
  ] as const)('%s with %j is a problem', async (name, body) => {
    expect(await call(name, seq, { body })).toMatchObject({
      status: 400,
      body: { code: 'invalid' },
    });
  });

  it.each(['0', '-1', 'x', '1e3'])('of the number %s is a problem', async (bad) => {
    expect(await call('deleteMessage', bad)).toMatchObject({ status: 400 });
  });

  it('of a number that is not there, and in a room of others, is not found', async () => {
    const missing = await call('deleteMessage', seq + 1);
    const foreign = await call('deleteMessage', seq, { claims: { sub: '43', role: 'customer' } });
    for (const { status, body } of [missing, foreign]) {
      expect([status, body.code]).toEqual([404, 'not_found']);
    }
  });

  it('of another side is forbidden, with the reason', async () => {
    const { body: room } = await chat.call('getRoom', {
      token: chat.token(NINO),
      params: { roomId },
    });
    const vendor = { ...ANA, vendor_id: room.members[1].member.slice('vendor:'.length) };
    const edit = await call('editMessage', seq, { claims: vendor, body: { text: 'x' } });
    expect(edit).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(edit.body.detail).toContain('its sender');
    const reaction = await call('react', seq, { claims: vendor, body: thumbs });
    expect(reaction).toMatchObject({ status: 200 });
  });
});

describe('the other calls', () => {
  it('answers are never stored nor sniffed', async () => {
    const { headers } = await chat.call('listMessages', {
      token: chat.token(NINO),
      params: { roomId },
    });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });
});
