/** What the client asks for a second time, because the first answer may have come too early or may be out of date. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createChatClient } from '#client/chat-client.ts';
import type { ChatClient } from '#client/chat.ts';

import { FakeClock, fakeDevice, settled } from '../support/fake-ports.ts';
import { type Claims, FakeServer, fakeToken } from '../support/fake-server.ts';

let clock: FakeClock;
let server: FakeServer;
const opened: ChatClient[] = [];

beforeEach(() => {
  clock = new FakeClock();
  server = new FakeServer(clock.now);
});

afterEach(() => {
  for (const client of opened.splice(0)) client.close();
});

function connected(claims: Claims): ChatClient {
  const client = createChatClient({
    api: 'http://fake/v1',
    socket: 'ws://fake/ws',
    token: async () => fakeToken({ ...claims, exp: Math.floor(clock.now() / 1000) + 36_000 }),
    ports: fakeDevice({ server, clock }).ports,
  });
  opened.push(client);
  client.connect();
  return client;
}

/** Ana in her inbox, and Nino looking at the room with her shop. */
async function conversation() {
  const nino = connected({ sub: '42', role: 'customer', name: 'Nino' });
  const ana = connected({ sub: 'ana', role: 'vendor', vendor_id: '7', name: 'Ana' });
  const room = await nino.openRoom({ vendorId: '7' });
  await room.loadLatest();
  room.watch();
  await settled();
  return { nino, ana, room };
}

describe('an afterthought', () => {
  it('looks a second time after it connected, for what senders pushed before they saw its row', async () => {
    const { room } = await conversation();
    const stored = server.roomOf('customer:42', 'vendor:7');
    server.held = [];
    server.write(stored, 'vendor:7', 'into the void');
    server.held = null;
    expect(room.getState().messages.map(({ text }) => text)).toEqual([]);
    await clock.advance(3_000);
    expect(room.getState().messages.map(({ text }) => text)).toEqual(['into the void']);
  });

  it('asks again before it calls a member offline, and believes what it hears', async () => {
    const { nino, ana, room } = await conversation();
    await room.loadPeople();
    const isAnaOnline = () => nino.presence.getState()['vendor:7']?.online;
    expect(isAnaOnline()).toBe(true);
    await clock.advance(16 * 60_000);
    expect(isAnaOnline()).toBe(true);
    const asked = () => server.calls.filter((call) => call.includes('participants')).length;
    const before = asked();
    ana.disconnect();
    await clock.advance(31 * 60_000);
    expect(isAnaOnline()).toBe(false);
    expect(asked() - before).toBeLessThanOrEqual(2);
  });

  it('asks once where the server says nothing new, and then shows the member offline', async () => {
    const { nino, room } = await conversation();
    server.onlineUntilMs = clock.now() + 900_000;
    await room.loadPeople();
    const asked = () => server.calls.filter((call) => call.includes('participants')).length;
    const before = asked();
    await clock.advance(895_000);
    expect(nino.presence.getState()['vendor:7']?.online).toBe(true);
    await clock.advance(10_000);
    expect(nino.presence.getState()['vendor:7']?.online).toBe(false);
    expect(asked() - before).toBe(1);
  });

  it('knocks again where the server cannot judge its token yet, and is not refused for good', async () => {
    const unavailable = { status: 503, body: { code: 'unavailable', retryAfter: 7 } };
    server.socketsWork = false;
    server.fault = () => unavailable;
    const nino = connected({ sub: '42', role: 'customer', name: 'Nino' });
    await clock.advance(10_000);
    expect(nino.getState()).toMatchObject({ connection: 'waiting', error: null });
    server.socketsWork = true;
    server.fault = () => null;
    await clock.advance(60_000);
    expect(nino.getState().connection).toBe('online');
  });
});
