/** Calls about messages that are wrong or not allowed: a problem document each, and nothing stored. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { problemSchema } from '#protocol/http-answers.ts';
import { parse } from '#protocol/parse.ts';

import { ANA, deploy, type Deployment, NINO } from '../../support/deployment.ts';
import { anIssuer } from '../../support/issuer.ts';

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
    const room = await chat.call('openRoom', { token: chat.token(NINO), body: { vendorId: '8' } });
    let answer;
    for (let sent = 0; sent < 25 && answer?.status !== 429; sent += 1) {
      answer = await chat.call('sendMessage', {
        token: chat.token(NINO),
        params: { roomId: room.body.roomId },
        body: text(),
      });
    }
    expect(answer).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(answer?.headers['retry-after']).toBe(String(answer?.body.retryAfter));
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

describe('the other calls', () => {
  it.each([
    ['editMessage', { seq: '1' }, { text: 'x' }],
    ['deleteMessage', { seq: '1' }, undefined],
    ['createUpload', {}, { name: 'a.jpg', contentType: 'image/jpeg', size: 1 }],
    ['getAttachment', { key: 'k' }, undefined],
  ] as const)('%s is not supported yet', async (name, params, body) => {
    const answer = await chat.call(name, {
      token: chat.token(ANA),
      params: { roomId, ...params },
      ...(body === undefined ? {} : { body }),
    });
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported' } });
  });

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
