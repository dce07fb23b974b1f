/** Somebody whose session ends while the chat is open: they are told so, and what they write waits until they are back. */
import { afterEach, expect, it } from 'vitest';

import { createChatClient } from '#client/chat-client.ts';
import type { ChatClient } from '#client/chat.ts';

import { FakeClock, fakeDevice, settled } from '../support/fake-ports.ts';
import { FakeServer, fakeToken } from '../support/fake-server.ts';

const MINUTE_MS = 60_000;

let nino: ChatClient | undefined;
afterEach(() => nino?.close());

it('is signed out, not offline, and sends by itself what was written meanwhile', async () => {
  const clock = new FakeClock();
  const server = new FakeServer(clock.now);
  let isSignedIn = true;
  nino = createChatClient({
    api: 'http://fake/v1',
    socket: 'ws://fake/ws',
    // the page's own server says that nobody is signed in
    token: async () =>
      isSignedIn ? fakeToken({ sub: '42', role: 'customer', exp: clock.now() / 1000 + 300 }) : '',
    ports: fakeDevice({ server, clock }).ports,
  });
  nino.connect();
  const room = await nino.openRoom({ vendorId: '7' });
  await settled();
  expect(nino.getState().connection).toBe('online');

  isSignedIn = false;
  await clock.advance(6 * MINUTE_MS);
  server.cut();
  await clock.advance(MINUTE_MS);
  const heard = new Set<string>();
  const stop = nino.subscribe(() => heard.add(nino?.getState().connection ?? ''));
  room.send({ text: 'Is anybody there?' });
  await clock.advance(5 * MINUTE_MS);
  stop();
  expect(nino.getState()).toMatchObject({
    connection: 'refused',
    error: { code: 'unauthorized' },
    unsent: 1,
  });
  // tried again and again, and said once
  expect([...heard]).toEqual(['refused']);
  expect(room.getState().messages.map(({ status }) => status)).toEqual(['sending']);

  isSignedIn = true;
  await clock.advance(MINUTE_MS);
  expect(nino.getState()).toMatchObject({ connection: 'online', error: null, unsent: 0 });
  expect(server.rooms.get(room.roomId)?.messages.map(({ text }) => text)).toEqual([
    'Is anybody there?',
  ]);
});
