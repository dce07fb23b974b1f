import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createChatClient } from '#client/chat-client.ts';
import type { ChatClient, ChatOptions } from '#client/chat.ts';
import { memoryStorage } from '#client/ports.ts';

import { FakeClock, type FakeDevice, fakeDevice, settled } from '../support/fake-ports.ts';
import { type Claims, FakeServer, fakeToken } from '../support/fake-server.ts';

const NINO: Claims = { sub: '42', role: 'customer', name: 'Nino' };
const ANA: Claims = { sub: 'ana', role: 'vendor', vendor_id: '7', name: 'Ana' };

let clock: FakeClock;
let server: FakeServer;
const opened: ChatClient[] = [];

function clientOf(
  claims: Claims,
  device: FakeDevice,
  options: Partial<ChatOptions> = {},
): ChatClient {
  const client = createChatClient({
    api: 'http://fake/v1',
    socket: 'ws://fake/ws',
    token: async () => fakeToken({ ...claims, exp: Math.floor(clock.now() / 1000) + 3600 }),
    ports: device.ports,
    ...options,
  });
  opened.push(client);
  return client;
}

function texts(client: ChatClient, roomId: string): (string | null)[] {
  return client
    .room(roomId)
    .getState()
    .messages.map(({ text }) => text);
}

function statuses(client: ChatClient, roomId: string): (string | null)[] {
  return client
    .room(roomId)
    .getState()
    .messages.map(({ status }) => status);
}

beforeEach(() => {
  clock = new FakeClock();
  server = new FakeServer(clock.now);
});

afterEach(() => {
  for (const client of opened.splice(0)) client.close();
});

/** Nino in her room with Ana's shop, and Ana in her inbox, both online. */
async function conversation() {
  const ninosDevice = fakeDevice({ server, clock });
  const anasDevice = fakeDevice({ server, clock });
  const nino = clientOf(NINO, ninosDevice);
  const ana = clientOf(ANA, anasDevice);
  nino.connect();
  ana.connect();
  await ana.rooms().load();
  const room = await nino.openRoom({ vendorId: '7' });
  await room.loadLatest();
  room.watch();
  await settled();
  return { nino, ana, ninosDevice, anasDevice, room, roomId: room.roomId };
}

describe('a conversation', () => {
  it('shows a message at once and with its status as it travels', async () => {
    const { nino, ana, room, roomId } = await conversation();
    room.send({ text: '  Is it dishwasher safe? ' });
    expect(texts(nino, roomId)).toEqual(['Is it dishwasher safe?']);
    expect(statuses(nino, roomId)).toEqual(['sending']);
    await settled();
    expect(statuses(nino, roomId)).toEqual(['delivered']);
    const [listed] = ana.rooms().getState().rooms;
    expect(listed).toMatchObject({ roomId, unread: 1 });
    expect(listed?.lastMessage?.preview).toBe('Is it dishwasher safe?');
    const hers = ana.room(roomId);
    await hers.loadLatest();
    hers.markRead();
    await settled();
    expect(statuses(nino, roomId)).toEqual(['read']);
    expect(ana.rooms().getState().rooms[0]?.unread).toBe(0);
  });

  it('keeps the key of a message from the tap to the end', async () => {
    const { room } = await conversation();
    const id = room.send({ text: 'hello' });
    const before = room.getState().messages[0];
    await settled();
    const after = room.getState().messages[0];
    expect([before?.key, after?.key]).toEqual([id, id]);
    expect(after?.seq).toBe(1);
  });

  it('keeps snapshots and unchanged messages the same objects', async () => {
    const { room } = await conversation();
    room.send({ text: 'one' });
    await settled();
    const before = room.getState();
    expect(room.getState()).toBe(before);
    room.send({ text: 'two' });
    await settled();
    expect(room.getState().messages[0]).toBe(before.messages[0]);
    expect(room.getState().people[1]).toBe(before.people[1]);
  });

  it('shows typing and ends it after six seconds by itself', async () => {
    const { ana, room, roomId } = await conversation();
    const hers = ana.room(roomId);
    room.setTyping(true);
    await settled();
    expect(hers.getState().typing.map(({ member }) => member)).toEqual(['customer:42']);
    await clock.advance(5_900);
    expect(hers.getState().typing).toHaveLength(1);
    await clock.advance(200);
    expect(hers.getState().typing).toEqual([]);
  });

  it('repeats typing no more often than every five seconds', async () => {
    const { room } = await conversation();
    for (let key = 0; key < 60; key += 1) {
      room.setTyping(true);
      await clock.advance(100);
    }
    room.setTyping(false);
    room.setTyping(false);
    await settled();
    const typed = server.frames.filter(({ action }) => action === 'typing');
    expect(typed.map(({ typing }) => typing)).toEqual([true, true, false]);
  });

  it('ends typing with the message', async () => {
    const { ana, room, roomId } = await conversation();
    const hers = ana.room(roomId);
    room.setTyping(true);
    await settled();
    room.send({ text: 'done' });
    await settled();
    expect(hers.getState().typing).toEqual([]);
  });

  it('refuses blank and too long texts, and mends lone surrogates', async () => {
    const { room } = await conversation();
    expect(() => room.send({ text: ' \n ' })).toThrow('Write something');
    expect(() => room.send({ text: 'x'.repeat(4001) })).toThrow('4000');
    room.send({ text: 'a\uD800b' });
    await settled();
    expect(room.getState().messages[0]?.text).toBe('a\uFFFDb');
  });
});

describe('events', () => {
  it('tell of a message once, however often it is pushed', async () => {
    const { ana, roomId } = await conversation();
    const heard: number[] = [];
    ana.on('message', ({ message }) => heard.push(message.seq));
    server.held = [];
    const stored = server.write(server.roomOf('customer:42', 'vendor:7'), 'customer:42', 'twice');
    for (const push of [...server.held, ...server.held]) push();
    expect(heard).toEqual([stored.seq]);
    expect(
      ana
        .rooms()
        .getState()
        .rooms.map((room) => room.roomId),
    ).toEqual([]);
    await settled();
    expect(
      ana
        .rooms()
        .getState()
        .rooms.map((room) => room.roomId),
    ).toEqual([roomId]);
  });

  it('tell who I am where the server knows me under a prefix', async () => {
    const token = async () => fakeToken({ ...NINO, exp: clock.now() / 1000 + 3600 });
    const device = fakeDevice({ server, clock });
    const nino = clientOf(NINO, device, { token });
    const prefixed = server.roomOf('customer:shop|42', 'vendor:7');
    await nino.room(prefixed.roomId).loadLatest();
    expect(nino.getState().me?.member).toBe('customer:shop|42');
    server.write(prefixed, 'customer:shop|42', 'mine');
    await nino.room(prefixed.roomId).loadLatest();
    expect(statuses(nino, prefixed.roomId)).toEqual(['sent']);
  });
});

describe('a client whose network fails', () => {
  it('sends once what was written offline, when the network is back', async () => {
    const { nino, ninosDevice, room, roomId } = await conversation();
    server.fault = () => 'unreachable';
    server.socketsWork = false;
    ninosDevice.signal('offline');
    room.send({ text: 'one' });
    room.send({ text: 'two' });
    await clock.advance(60_000);
    expect(statuses(nino, roomId)).toEqual(['sending', 'sending']);
    expect(nino.getState()).toMatchObject({ connection: 'waiting', unsent: 2 });
    server.fault = () => null;
    server.socketsWork = true;
    ninosDevice.signal('online');
    await settled();
    expect(server.rooms.get(roomId)?.messages.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(nino.getState()).toMatchObject({ connection: 'online', unsent: 0 });
  });

  it('does not wait for the next try of a message when its socket is back', async () => {
    const { nino, room, roomId } = await conversation();
    server.socketsWork = false;
    server.cut();
    server.fault = (call) => (call.startsWith('POST') ? 'unreachable' : null);
    room.send({ text: 'waiting' });
    await clock.advance(120_000);
    expect(statuses(nino, roomId)).toEqual(['sending']);
    server.socketsWork = true;
    server.fault = () => null;
    nino.disconnect();
    nino.connect();
    await settled();
    expect(statuses(nino, roomId)).toEqual(['sent']);
  });

  it('stores a message once although its answer was lost', async () => {
    const { nino, room, roomId } = await conversation();
    nino.disconnect();
    let losses = 2;
    server.fault = (call) => (call.startsWith('POST') && losses-- > 0 ? 'lost answer' : null);
    room.send({ text: 'once' });
    await clock.advance(30_000);
    expect(server.rooms.get(roomId)?.messages).toHaveLength(1);
    expect(statuses(nino, roomId)).toEqual(['sent']);
  });

  it('sends over the socket when HTTP does not answer', async () => {
    const { nino, room, roomId } = await conversation();
    server.fault = (call) => (call.startsWith('POST') ? 'unreachable' : null);
    room.send({ text: 'over the socket' });
    await settled();
    expect(statuses(nino, roomId)).toEqual(['delivered']);
    expect(server.frames.some(({ action }) => action === 'send')).toBe(true);
  });

  it('keeps what is unsent across a reload when the storage does', async () => {
    const storage = memoryStorage();
    const first = clientOf(NINO, fakeDevice({ server, clock, storage }));
    const room = await first.openRoom({ vendorId: '7' });
    await room.loadLatest();
    server.fault = () => 'unreachable';
    room.send({ text: 'kept' });
    await settled();
    first.close();
    server.fault = () => null;
    const second = clientOf(NINO, fakeDevice({ server, clock, storage }));
    second.connect();
    await clock.advance(1_000);
    expect(server.rooms.get(room.roomId)?.messages.map(({ text }) => text)).toEqual(['kept']);
    expect(await storage.load()).toEqual([]);
  });

  it('fetches what it missed while it was away', async () => {
    const { nino, room, roomId } = await conversation();
    room.send({ text: 'one' });
    await settled();
    server.cut();
    const stored = server.rooms.get(roomId);
    if (!stored) throw new Error('The room is missing.');
    server.write(stored, 'vendor:7', 'two');
    server.write(stored, 'vendor:7', 'three');
    await clock.advance(15_000);
    expect(texts(nino, roomId)).toEqual(['one', 'two', 'three']);
  });

  it('goes on asking for what it missed while the server has trouble, and is whole in the end', async () => {
    const { nino, roomId } = await conversation();
    server.cut();
    server.write(server.roomOf('customer:42', 'vendor:7'), 'vendor:7', 'Meanwhile');
    // Both looks after the reconnect fall into it, and nothing is pushed later.
    server.fault = () => ({ status: 503, body: { code: 'unavailable' } });
    await clock.advance(30_000);
    expect([nino.getState().connection, texts(nino, roomId)]).toEqual(['online', []]);
    server.fault = () => null;
    await clock.advance(31_000);
    expect(texts(nino, roomId)).toEqual(['Meanwhile']);
  });

  it('waits 300 ms before it fills a gap, and asks nothing when it closes by itself', async () => {
    const { nino, room, roomId } = await conversation();
    const stored = server.roomOf('customer:42', 'vendor:7');
    room.send({ text: 'one' });
    await settled();
    server.held = [];
    server.write(stored, 'vendor:7', 'two');
    server.write(stored, 'vendor:7', 'three');
    const [two, , three] = server.held;
    const asked = server.calls.length;
    three?.();
    expect(texts(nino, roomId)).toEqual(['one']);
    await clock.advance(200);
    two?.();
    await clock.advance(1_000);
    expect(texts(nino, roomId)).toEqual(['one', 'two', 'three']);
    expect(server.calls.slice(asked)).toEqual([]);
  });

  it('fills a gap that stays', async () => {
    const { nino, room, roomId } = await conversation();
    const stored = server.roomOf('customer:42', 'vendor:7');
    room.send({ text: 'one' });
    await settled();
    server.held = [];
    server.write(stored, 'vendor:7', 'two');
    server.held = null;
    server.write(stored, 'vendor:7', 'three');
    expect(texts(nino, roomId)).toEqual(['one']);
    await clock.advance(301);
    expect(texts(nino, roomId)).toEqual(['one', 'two', 'three']);
  });
});

describe('refusals', () => {
  it('parks a refused message with its reason and sends the rest', async () => {
    const { nino, room, roomId } = await conversation();
    let refusals = 1;
    const body = { code: 'invalid', detail: 'Too rude.' };
    server.fault = (call) =>
      call.startsWith('POST') && refusals-- > 0 ? { status: 400, body } : null;
    const id = room.send({ text: 'rude' });
    room.send({ text: 'kind' });
    await settled();
    expect(server.rooms.get(roomId)?.messages.map(({ text }) => text)).toEqual(['kind']);
    const failed = room.getState().messages.find((message) => message.id === id);
    expect(failed).toMatchObject({ status: 'failed', seq: null });
    expect(failed?.error?.message).toBe('Too rude.');
    room.retry(id);
    await settled();
    expect(texts(nino, roomId)).toEqual(['kind', 'rude']);
    expect(nino.getState().unsent).toBe(0);
  });

  it('waits as long as a rate limit says', async () => {
    const { room, roomId } = await conversation();
    let refusals = 1;
    const body = { code: 'rate_limited', retryAfter: 4 };
    server.fault = (call) =>
      call.startsWith('POST') && refusals-- > 0 ? { status: 429, body } : null;
    room.send({ text: 'fast' });
    await clock.advance(3_900);
    expect(server.rooms.get(roomId)?.messages).toEqual([]);
    await clock.advance(200);
    expect(server.rooms.get(roomId)?.messages).toHaveLength(1);
  });

  it('stops connecting when the server does not want the user, and says why', async () => {
    server.socketsWork = false;
    server.fault = () => ({ status: 403, body: { code: 'blocked', detail: 'Suspended.' } });
    const nino = clientOf(NINO, fakeDevice({ server, clock }));
    nino.connect();
    await clock.advance(60_000);
    expect(nino.getState()).toMatchObject({ connection: 'refused', error: { code: 'blocked' } });
    expect(server.handshakes).toBe(1);
  });

  it('takes a fresh token when the one in hand was refused', async () => {
    const tokens = ['old', 'new'].map((sub) => fakeToken({ ...NINO, name: sub, exp: 4e9 }));
    server.refusedTokens.add(tokens[0] ?? '');
    let calls = 0;
    const token = async () => tokens[Math.min(calls++, 1)] ?? '';
    const nino = clientOf(NINO, fakeDevice({ server, clock }), { token });
    nino.connect();
    await settled();
    expect(nino.getState().connection).toBe('online');
    expect(calls).toBe(2);
  });

  it('does not take a token of somebody else', async () => {
    const claims = [NINO, { ...NINO, sub: '43' }];
    const token = async () =>
      fakeToken({ ...(claims.shift() ?? NINO), exp: clock.now() / 1000 + 90 });
    const nino = clientOf(NINO, fakeDevice({ server, clock }), { token });
    await nino.openRoom({ vendorId: '7' });
    await clock.advance(80_000);
    await expect(nino.openRoom({ vendorId: '7' })).rejects.toThrow('another user');
  });
});

describe('createChatClient', () => {
  it('says which address is wrong', () => {
    const token = async () => '';
    expect(() => createChatClient({ api: '/v1', socket: 'ws://x/ws', token })).toThrow('"api"');
    expect(() => createChatClient({ api: 'http://x/v1', socket: 'x', token })).toThrow('"socket"');
  });
});
