/** Frames that are wrong, strange or too many: each gets a clear answer, and the socket lives on. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ANA, deploy, type Deployment, NINO, type TestSocket } from '../../support/deployment.ts';
import { aContext, frameEvent } from '../../support/events.ts';

let chat: Deployment;
let socket: TestSocket;
let roomId: string;
const text = (overrides: object = {}) => ({
  id: randomUUID(),
  type: 'text',
  text: 'hello',
  ...overrides,
});
const sendFrame = (overrides: object = {}) => ({
  action: 'send',
  ref: 'r',
  roomId,
  message: text(),
  ...overrides,
});

beforeAll(async () => {
  chat = await deploy({ LIMITS: '{"framesPer10Seconds":100000,"messagesPer10Seconds":20}' });
  socket = await chat.open(chat.token(NINO), 'phone');
  const room = await chat.call('openRoom', { token: chat.token(NINO), body: { vendorId: '7' } });
  roomId = room.body.roomId;
});
afterAll(() => chat.stop());

describe('a frame that does not fit', () => {
  it.each([
    ['no JSON', '{"action":'],
    ['a text', '"send"'],
    ['a number', '1e309'],
    ['an array', '[{"action":"send"}]'],
    ['null', 'null'],
    ['10,000 levels of arrays', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['an unknown action', '{"action":"fly"}'],
    ['no action', '{}'],
    ['an action that is a number', '{"action":1}'],
    ["an action that is an object's own", '{"action":"constructor"}'],
    ['__proto__ as action', '{"action":"__proto__"}'],
    ['a lifecycle route as action', '{"action":"$connect"}'],
  ])('%s is answered with invalid', async (_, body) => {
    expect(await socket.send(body)).toMatchObject({ event: 'error', code: 'invalid' });
  });

  it('is answered with its ref where one can be read', async () => {
    expect(await socket.send({ action: 'fly', ref: 'r7' })).toMatchObject({
      code: 'invalid',
      ref: 'r7',
    });
    expect(await socket.send({ action: 'fly', ref: 7 })).not.toHaveProperty('ref');
    expect(await socket.send({ action: 'fly', ref: 'x'.repeat(65) })).not.toHaveProperty('ref');
  });

  it.each<[string, object]>([
    ['blanks', text({ text: ' \n\t ' })],
    ['4,001 characters', text({ text: 'x'.repeat(4_001) })],
    ['half a character', text({ text: 'a\uD800' })],
    ['no id', text({ id: undefined })],
    ['an id that is no UUID', text({ id: '1' })],
    ['the type system', text({ type: 'system' })],
    [
      '10,000 levels',
      { id: randomUUID(), type: 'text', text: JSON.parse('['.repeat(10_000) + ']'.repeat(10_000)) },
    ],
  ])('a message of %s is invalid', async (_, message) => {
    const body = `{"action":"send","ref":"r","roomId":"${roomId}","message":${stringify(message)}}`;
    expect(await socket.send(body)).toMatchObject({ event: 'error', ref: 'r', code: 'invalid' });
  });

  it.each(['-1', '"1"', '1.5', '1e309', 'null', '{}'])(
    'a read mark of %s is invalid',
    async (seq) => {
      const body = `{"action":"read","ref":"r","roomId":"${roomId}","seq":${seq}}`;
      expect(await socket.send(body)).toMatchObject({
        code: 'invalid',
        ref: 'r',
        errors: [{ path: 'seq', message: expect.any(String) }],
      });
    },
  );

  it.each(['', '\ud800', 'x'.repeat(129), 7, null])('a room id of %j is invalid', async (id) => {
    expect(await socket.send({ action: 'read', ref: 'r', roomId: id, seq: 1 })).toMatchObject({
      code: 'invalid',
      ref: 'r',
      errors: [{ path: 'roomId', message: expect.any(String) }],
    });
  });

  it('has its error pushed where the route has no response', async () => {
    expect(
      await socket.send({ action: 'typing', ref: 't', roomId, typing: 'yes' }),
    ).toBeUndefined();
    expect(socket.received().at(-1)).toMatchObject({ event: 'error', code: 'invalid', ref: 't' });
  });
});

describe('a frame', () => {
  it('that is empty is ignored', async () => {
    const answer = await chat.handlers.frame.handler(
      frameEvent(socket.connectionId, {}, ''),
      aContext(),
    );
    expect(answer).toEqual({ statusCode: 200 });
  });

  it('has its own sender, seq and time ignored, and __proto__ too', async () => {
    const message = JSON.stringify({
      ...text(),
      sender: { member: 'vendor:7' },
      seq: 99,
      at: '2000-01-01',
    });
    const body = `{"action":"send","roomId":"${roomId}","__proto__":{"a":1},"message":${message.replace('{', '{"__proto__":{"type":"system"},')}}`;
    const ack = await socket.send(body);
    expect(ack).toMatchObject({ event: 'ack', seq: 1 });
    expect(ack.at > '2026').toBe(true);
    const { body: page } = await chat.call('listMessages', {
      token: chat.token(NINO),
      params: { roomId },
    });
    expect(page.items[0]).toMatchObject({
      seq: 1,
      type: 'text',
      sender: { member: 'customer:42' },
    });
  });

  it('of a room of others and of no room are answered alike', async () => {
    const other = await chat.open(chat.token({ sub: '43', role: 'customer' }));
    const ofOthers = await other.send(sendFrame());
    const ofNobody = await other.send(sendFrame({ roomId: 'd-nobody' }));
    expect(ofOthers).toEqual(ofNobody);
    expect(ofOthers).toMatchObject({ event: 'error', code: 'not_found' });
  });

  it('with the id of another message is a conflict, and the stored one stays', async () => {
    const message = text();
    const ack = await socket.send(sendFrame({ message }));
    const conflict = await socket.send(sendFrame({ message: { ...message, text: 'other' } }));
    expect(conflict).toMatchObject({ event: 'error', code: 'conflict' });
    expect(await socket.send(sendFrame({ message }))).toMatchObject({ event: 'ack', seq: ack.seq });
  });

  it('that edits, reacts or deletes is answered with ok, as often as it comes', async () => {
    const other = await chat.open(chat.token(NINO), 'tablet');
    const { seq } = await socket.send(sendFrame());
    const frames = [
      { action: 'edit', text: 'other' },
      { action: 'react', emoji: '👍', on: true },
      { action: 'delete' },
    ];
    for (const [index, frame] of frames.entries()) {
      const body = { ...frame, ref: 'u', roomId, seq };
      expect(await socket.send(body)).toEqual({ event: 'ok', ref: 'u' });
      const told = other.received().filter(({ event }) => event === 'message.updated');
      expect(told).toHaveLength(index + 1);
      expect(told.at(-1)).toMatchObject({ message: { seq, version: index + 1 } });
    }
    expect(await socket.send({ action: 'delete', ref: 'u', roomId, seq })).toEqual({
      event: 'ok',
      ref: 'u',
    });
    const gone = other.received().at(-1);
    expect(gone).toMatchObject({ message: { text: null, reactions: {} } });
    expect(socket.received().map(({ event }) => event)).not.toContain('message.updated');
  });

  it.each([
    ['edit', { text: 'x' }],
    ['delete', {}],
    ['react', { emoji: '👍', on: true }],
  ])('%s of a message that is not there is not found', async (action, body) => {
    const frame = { action, ref: 'u', roomId, seq: 9_999, ...body };
    expect(await socket.send(frame)).toMatchObject({ code: 'not_found', ref: 'u' });
  });

  it.each([
    { action: 'edit', seq: 1, text: ' ' },
    { action: 'edit', seq: 0, text: 'x' },
    { action: 'react', seq: 1, emoji: 'no emoji', on: true },
    { action: 'react', seq: 1, emoji: '👍', on: 'yes' },
    { action: 'delete', seq: '1' },
  ])('%j is invalid', async (frame) => {
    expect(await socket.send({ ...frame, ref: 'u', roomId })).toMatchObject({
      code: 'invalid',
      ref: 'u',
    });
  });

  it('ping with a ref is answered by a pushed pong, without one by nothing', async () => {
    const before = socket.received().length;
    expect(await socket.send({ action: 'ping' })).toBeUndefined();
    expect(socket.received()).toHaveLength(before);
    expect(await socket.send({ action: 'ping', ref: 'p' })).toBeUndefined();
    expect(socket.received().at(-1)).toMatchObject({
      event: 'pong',
      ref: 'p',
      at: expect.any(String),
    });
  });

  it('too many is limited, with the seconds to wait', async () => {
    const answers = [];
    for (let sent = 0; sent < 40; sent += 1) answers.push(await socket.send(sendFrame()));
    const limited = answers.filter((answer) => answer.code === 'rate_limited');
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0].retryAfter).toBeGreaterThan(0);
    expect(answers.every((one) => one.event === 'ack' || one.code === 'rate_limited')).toBe(true);
  });
});

describe('a socket', () => {
  it('is not served past its token', async () => {
    const authorizer = {
      user: '42',
      role: 'customer',
      member: 'customer:42',
      name: 'Nino',
      expiresAtMs: String(Date.now() - 1),
    };
    const event = frameEvent(
      'Ended=',
      authorizer,
      '{"action":"read","ref":"r","roomId":"d-x","seq":1}',
    );
    const answer = await chat.handlers.frame.handler(event, aContext());
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ code: 'token_expired', ref: 'r' });
  });

  it('without a row is closed, so that it comes back', async () => {
    const gone = await chat.open(chat.token(ANA));
    await gone.close();
    await gone.send({ action: 'ping' });
    expect(chat.managed).toContain(`DELETE ${gone.connectionId}`);
  });

  it('of an eleventh device closes the oldest', async () => {
    const token = chat.token({ sub: '77', role: 'customer' });
    const sockets: TestSocket[] = [];
    for (let device = 0; device < 11; device += 1)
      sockets.push(await chat.open(token, `d${device}`));
    const closed = chat.managed.filter((one) => one.startsWith('DELETE'));
    expect(closed).toContain(`DELETE ${sockets[0]?.connectionId}`);
    expect(closed).not.toContain(`DELETE ${sockets[1]?.connectionId}`);
  });

  it('that is busy twice is closed', async () => {
    const ana = await chat.open(chat.token(ANA), 'desk');
    chat.statuses.set(ana.connectionId, 429);
    const other = await chat.open(chat.token({ sub: '5', role: 'customer' }));
    const { body } = await chat.call('openRoom', {
      token: chat.token({ sub: '5', role: 'customer' }),
      body: { vendorId: '7' },
    });
    const ack = await other.send(sendFrame({ roomId: body.roomId }));
    expect(ack).toMatchObject({ event: 'ack', delivered: false });
    const asked = chat.managed.filter((one) => one.endsWith(` ${ana.connectionId}`));
    expect(asked.slice(-3).every((one) => /^(?:POST|DELETE) /u.test(one))).toBe(true);
    expect(asked.at(-1)).toBe(`DELETE ${ana.connectionId}`);
  });
});

/** JSON.stringify recurses, and would fail where the parser does not. */
function stringify(message: object): string {
  const { text: value, ...rest } = { text: undefined, ...message } as { text?: unknown };
  const isDeep = Array.isArray(value);
  const deep = '['.repeat(10_000) + ']'.repeat(10_000);
  const head = JSON.stringify(isDeep ? rest : message);
  return isDeep ? `${head.slice(0, -1)},"text":${deep}}` : head;
}
