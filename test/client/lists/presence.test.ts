import { afterEach, beforeEach, expect, it } from 'vitest';

import { createChatClient } from '#client/chat-client.ts';

import { ANA, FakeChat, NINO } from '../../support/fake-chat.ts';
import { fakeDevice } from '../../support/fake-ports.ts';
import { fakeToken } from '../../support/fake-server.ts';

const HOUR_MS = 3_600_000;

let chat: FakeChat;

beforeEach(() => {
  chat = new FakeChat();
});

afterEach(() => chat.close());

/** Nino in her room with Ana's shop, at a device whose clock is wrong by so much. */
async function openAt(aheadMs: number) {
  const { ports } = fakeDevice(chat);
  const nino = createChatClient({
    api: 'http://fake/v1',
    socket: 'ws://fake/ws',
    token: async () => fakeToken({ ...NINO, exp: Math.floor(chat.clock.now() / 1000) + 36_000 }),
    ports: { ...ports, now: () => chat.clock.now() + aheadMs },
  });
  const room = await nino.openRoom({ vendorId: '7' });
  nino.connect();
  room.watch();
  await room.loadLatest();
  await room.loadPeople();
  await chat.clock.advance(5_000);
  const isShown = () => ({
    inRoom: room.getState().people.find(({ member }) => member === 'vendor:7')?.online,
    inLists: nino.presence.getState()['vendor:7']?.online,
  });
  return { nino, isShown };
}

it.each([
  ['ahead', 5],
  ['behind', -5],
])(
  'who is here is shown where the clock of the device is hours %s, as long as it lasts',
  async (_, hours) => {
    const { client: ana } = chat.client(ANA);
    ana.connect();
    await chat.clock.advance(1_000);
    const { nino, isShown } = await openAt(hours * HOUR_MS);
    expect(isShown()).toEqual({ inRoom: true, inLists: true });
    // gone without a word, and nobody answers who asks
    chat.server.fault = () => 'unreachable';
    await chat.clock.advance(16 * 60_000);
    expect(isShown()).toEqual({ inRoom: false, inLists: false });
    nino.close();
  },
);
