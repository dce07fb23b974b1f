import { createHmac } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { DEFAULT_LIMITS } from '#protocol/limits.ts';

import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { aCustomer, aVendor, eventually } from './people.ts';

let stack: LocalStack;
let token: string;
let roomId: string;
const shop = aVendor();
const customer = aCustomer();
const sockets: RawSocket[] = [];

beforeAll(async () => {
  stack = await startLocalStack();
  token = await stack.token(customer);
  const opened = await call('POST', '/rooms', { vendorId: shop.vendor_id });
  roomId = String(opened.body.roomId);
});

afterEach(() => {
  for (const { socket } of sockets.splice(0)) socket.terminate();
});

afterAll(() => stack.stop());

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** One HTTP call; a text body is sent as it is. */
async function call(method: string, path: string, body?: unknown, as = token): Promise<Answer> {
  const response = await fetch(`${stack.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

const send = (body: object) => call('POST', `/rooms/${roomId}/messages`, body);
const aText = (change: object = {}) => ({
  id: crypto.randomUUID(),
  type: 'text',
  text: 'hello',
  ...change,
});

interface RawSocket {
  readonly socket: WebSocket;
  readonly frames: Record<string, unknown>[];
  readonly closed: Promise<number>;
}

async function rawSocket(): Promise<RawSocket> {
  const socket = new WebSocket(`${stack.socketUrl}?device=raw`, ['parley.v1', token]);
  const frames: Record<string, unknown>[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString())));
  socket.on('error', () => {});
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  await new Promise((resolve) => {
    socket.on('open', resolve);
  });
  const raw = { socket, frames, closed };
  sockets.push(raw);
  return raw;
}

/** That the socket still answers. */
async function expectAlive({ socket, frames }: RawSocket): Promise<void> {
  const ref = crypto.randomUUID();
  socket.send(JSON.stringify({ action: 'ping', ref }));
  await eventually(() =>
    expect(frames).toContainEqual(expect.objectContaining({ event: 'pong', ref })),
  );
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Tokens that nobody may come in with. */
async function badTokens(): Promise<Record<string, [string, string]>> {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const forged = `${part({ alg: 'HS256', typ: 'JWT' })}.${payload}`;
  return {
    'no token': ['', 'unauthorized'],
    'half a token': [`${header}.${payload}`, 'unauthorized'],
    'a broken signature': [`${header}.${payload}.${signature.slice(4)}`, 'unauthorized'],
    'alg none': [`${part({ alg: 'none', typ: 'JWT' })}.${payload}.`, 'unauthorized'],
    'a shared-secret signature': [
      `${forged}.${createHmac('sha256', 'secret').update(forged).digest('base64url')}`,
      'unauthorized',
    ],
    'another subject': [
      `${header}.${part({ ...claims, sub: 'root' })}.${signature}`,
      'unauthorized',
    ],
    'a foreign issuer': [
      `${header}.${part({ ...claims, iss: 'https://evil.example' })}.${signature}`,
      'unauthorized',
    ],
    'an ended token': [await stack.token({ ...customer, expiresIn: -60 }), 'token_expired'],
  };
}

describe('over HTTP', () => {
  it('refuses every bad token with 401 and a code', async () => {
    for (const [name, [bad, code]] of Object.entries(await badTokens())) {
      const { status, body } = await call('GET', '/unread', undefined, bad);
      expect([name, status, body.code]).toEqual([name, 401, code]);
    }
  });

  it('answers for the room of others as for one that does not exist', async () => {
    const other = await stack.token(aCustomer());
    const missing = 'd-doesnotexist';
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/messages', undefined],
      ['POST', '/messages', aText()],
      ['PUT', '/read', { seq: 1 }],
      ['GET', '/participants', undefined],
    ] as const) {
      const theirs = await call(method, `/rooms/${roomId}${path}`, body, other);
      const none = await call(method, `/rooms/${missing}${path}`, body, other);
      expect(theirs.status).toBe(404);
      expect({ ...theirs.body, requestId: '' }).toEqual({ ...none.body, requestId: '' });
    }
  });

  it('takes sender, seq and time from nobody', async () => {
    const forged = { sender: { member: 'vendor:x' }, seq: 99, at: '2001-01-01T00:00:00.000Z' };
    const { status, body } = await send(aText(forged));
    expect(status).toBe(201);
    expect(body.sender).toMatchObject({ member: `customer:${customer.sub}` });
    expect(body.seq).toBeLessThan(99);
    expect(String(body.at)).not.toContain('2001');
  });

  it.each([
    ['blanks', { text: ' \n\t ' }],
    ['4,001 characters', { text: 'x'.repeat(4_001) }],
    ['a lone surrogate', { text: 'a\uD800b' }],
    ['no text', { text: undefined }],
    ['an id that is no UUID', { id: 'x' }],
    ['an unknown type', { type: 'virus' }],
    ['a system message', { type: 'system' }],
    ['an http link', { product: { id: '1', title: 't', url: 'http://evil.example' } }],
    ['a script link', { product: { id: '1', title: 't', url: 'javascript:alert(1)' } }],
  ])('refuses a message with %s as invalid, naming the field', async (_, change) => {
    const { status, body } = await send(aText(change));
    expect([status, body.code]).toEqual([400, 'invalid']);
    expect(body.errors ?? body.detail).toBeTruthy();
  });

  it.each([['null'], ['[]'], ['"x"'], ['{'], ['['.repeat(10_000)], ['1']])(
    'refuses the body %.12s as invalid',
    async (body) => {
      const { status, body: problem } = await call('POST', `/rooms/${roomId}/messages`, body);
      expect([status, problem.code]).toEqual([400, 'invalid']);
    },
  );

  it('pollutes no prototype', async () => {
    const { status } = await call(
      'POST',
      `/rooms/${roomId}/messages`,
      `{"__proto__":{"polluted":1},"id":"${crypto.randomUUID()}","type":"text","text":"x"}`,
    );
    expect([201, 400]).toContain(status);
    expect(await call('GET', '/unread')).not.toHaveProperty('polluted');
  });

  it('answers a retry with the stored message, and the same id with other content with conflict', async () => {
    const message = aText();
    const first = await send(message);
    const again = await send(message);
    expect([first.status, again.status, again.body.seq]).toEqual([201, 200, first.body.seq]);
    const other = await send({ ...message, text: 'something else' });
    expect([other.status, other.body.code]).toEqual([409, 'conflict']);
  });

  it.each([
    ['backwards', 0, 204],
    ['beyond the end', 1e6, 204],
    ['negative', -1, 400],
    ['text', '"1"', 400],
    ['1e309', '1e309', 400],
    ['a fraction', 1.5, 400],
  ])('takes a read mark that is %s as the contract says', async (_, seq, status) => {
    const answer = await call('PUT', `/rooms/${roomId}/read`, `{"seq":${seq}}`);
    expect(answer.status).toBe(status);
    const { body } = await call('GET', `/rooms/${roomId}`);
    const read = JSON.parse(JSON.stringify(body.read));
    expect(read[`customer:${customer.sub}`]).toBeLessThanOrEqual(Number(body.seq));
  });

  it.each(['x', '%00', 'eyJhIjoxfQ', 'A'.repeat(1_000)])(
    'refuses the forged cursor %.10s',
    async (cursor) => {
      const { status, body } = await call('GET', `/rooms?cursor=${cursor}`);
      expect([status, body.code]).toEqual([400, 'invalid']);
    },
  );

  it('slows down 100 messages at once, and says for how long', async () => {
    const hasty = await stack.token(aCustomer());
    const room = await call('POST', '/rooms', { vendorId: shop.vendor_id }, hasty);
    const path = `/rooms/${String(room.body.roomId)}/messages`;
    const answers: Answer[] = [];
    const startedAt = performance.now();
    // Ten at once: what is in flight together may overrun the limit by its own number.
    for (let round = 0; round < 10; round += 1) {
      const batch = Array.from({ length: 10 }, () => call('POST', path, aText(), hasty));
      answers.push(...(await Promise.all(batch)));
    }
    const { messagesPer10Seconds } = DEFAULT_LIMITS;
    const windows = (performance.now() - startedAt) / 10_000;
    const limited = answers.filter(({ status }) => status === 429);
    // However slow the machine: a full bucket, what has come back to it since, and one batch of overrun.
    expect(answers.length - limited.length).toBeLessThanOrEqual(
      Math.ceil((1 + windows) * messagesPer10Seconds) + 10,
    );
    expect(limited.length).toBeGreaterThan(0);
    expect(limited.every(({ body }) => body.code === 'rate_limited')).toBe(true);
    expect(limited.every(({ body }) => Number(body.retryAfter) >= 1)).toBe(true);
    const stored = answers.filter(({ status }) => status === 201).map(({ body }) => body.seq);
    const all = await call('GET', `${path}?limit=100`, undefined, hasty);
    expect(all.body.items).toHaveLength(stored.length);
    expect(new Set(stored).size).toBe(stored.length);
  });
});

describe('over the socket', () => {
  it('refuses every bad token before it opens', async () => {
    for (const [name, [bad]] of Object.entries(await badTokens())) {
      const offers = bad === '' ? ['parley.v1'] : ['parley.v1', bad];
      const socket = new WebSocket(stack.socketUrl, offers);
      const status = await new Promise((resolve) => {
        socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
        socket.on('open', () => resolve('open'));
        socket.on('error', () => {});
      });
      socket.terminate();
      expect([name, status]).toEqual([name, name === 'no token' ? 401 : 403]);
    }
  });

  it.each([
    ['no JSON', 'hello'],
    ['an array', '[]'],
    ['null', 'null'],
    ['a text', '"x"'],
    ['10,000 levels', `{"action":"send","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['an unknown action', '{"action":"dance"}'],
    ['an action of Object', '{"action":"constructor"}'],
    ['a prototype key', '{"action":"read","__proto__":{"roomId":"x","seq":1}}'],
    ['a text for a seq', '{"action":"read","roomId":"x","seq":"1"}'],
    ['1e309', '{"action":"read","roomId":"x","seq":1e309}'],
  ])('answers %s with invalid and lives on', async (_, text) => {
    const raw = await rawSocket();
    raw.socket.send(text);
    await eventually(() => {
      expect(raw.frames[0]).toMatchObject({ event: 'error', code: 'invalid' });
    });
    await expectAlive(raw);
  });

  it('repeats the ref of a frame that does not fit', async () => {
    const raw = await rawSocket();
    raw.socket.send('{"action":"read","ref":"77","roomId":"x","seq":-1}');
    await eventually(() => expect(raw.frames[0]).toMatchObject({ event: 'error', ref: '77' }));
  });

  it('says the same of the room of others and of none', async () => {
    const raw = await rawSocket();
    const theirs = await call('POST', '/rooms', { vendorId: 'x' }, await stack.token(aCustomer()));
    for (const room of [String(theirs.body.roomId), 'd-none']) {
      raw.socket.send(
        JSON.stringify({ action: 'send', ref: room, roomId: room, message: aText() }),
      );
    }
    await eventually(() => expect(raw.frames).toHaveLength(2));
    const [one, two] = raw.frames.map((frame) => ({ ...frame, ref: '' }));
    expect(one).toEqual(two);
    expect(one).toMatchObject({ event: 'error', code: 'not_found' });
  });

  it.each([
    ['a binary frame', Buffer.from([1, 2, 3]), 1003],
    ['a frame one byte too long', 'x'.repeat(32 * 1024 + 1), 1009],
  ])('closes on %s', async (_, data, code) => {
    const raw = await rawSocket();
    raw.socket.send(data);
    expect(await raw.closed).toBe(code);
  });
});
