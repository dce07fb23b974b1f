/** A customer's client: it chats, finds its room, brings late parts when they are wanted, and has nothing of the staff. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ChatClient } from '#client/chat.ts';
import { createCustomerClient } from '#client/parts/customer-client.ts';

import { ANA, FakeChat, NINO } from '../../support/fake-chat.ts';
import { fakeDevice, settled } from '../../support/fake-ports.ts';
import { fakeToken } from '../../support/fake-server.ts';

let chat: FakeChat;
let client: ChatClient;

beforeEach(() => {
  chat = new FakeChat();
  client = createCustomerClient({
    api: 'http://fake/v1',
    socket: 'ws://fake/ws',
    token: async () => fakeToken({ ...NINO, exp: Math.floor(chat.clock.now() / 1000) + 36_000 }),
    ports: fakeDevice({ server: chat.server, clock: chat.clock }).ports,
  });
});

afterEach(() => {
  client.close();
  chat.close();
});

async function openRoom() {
  const room = await client.openRoom({ vendorId: '7' });
  await room.loadLatest();
  return room;
}

describe('a customer’s client', () => {
  it('writes, is answered, and counts what is unread', async () => {
    client.connect();
    const room = await openRoom();
    room.send({ text: 'Hello' });
    await chat.clock.advance(1_000);
    const { client: ana } = chat.client(ANA);
    const hers = ana.room(room.roomId);
    await hers.loadLatest();
    hers.send({ text: 'Hello, Nino' });
    await chat.clock.advance(1_000);
    expect(room.getState().messages.map(({ text }) => text)).toEqual(['Hello', 'Hello, Nino']);
    expect(room.getState().unread).toBe(1);
  });

  it('finds its room with a vendor, and makes none where there is none', async () => {
    expect(await client.findRoom('7')).toBeNull();
    expect(chat.server.rooms.size).toBe(0);
    const room = await client.openRoom({ vendorId: '7' });
    room.send({ text: 'Hello' });
    await chat.clock.advance(1_000);
    expect(await client.findRoom('7')).toBe(room);
    expect(await client.findRoom('8')).toBeNull();
  });

  it('changes a message once the code for it is there', async () => {
    const room = await openRoom();
    room.send({ text: 'Hello' });
    await chat.clock.advance(1_000);
    await room.edit(1, 'Hello!');
    expect(room.getState().messages[0]?.text).toBe('Hello!');
  });

  it('takes files once the code for them is there, and refuses them before', async () => {
    const room = await openRoom();
    const body = new Blob(['x']);
    const files = [{ name: 'a.txt', contentType: 'text/plain', size: 1, body }];
    expect(() => room.sendFiles({ files })).toThrow(
      expect.objectContaining({ code: 'unavailable' }),
    );
    await room.prepareFiles();
    room.sendFiles({ files });
    await settled();
    expect(room.getState().messages).toHaveLength(1);
  });

  it('has nothing of the staff: what a server would refuse is refused here', async () => {
    const room = await openRoom();
    const forbidden = { code: 'forbidden' };
    await expect(client.settings.load()).rejects.toMatchObject(forbidden);
    await expect(client.savedReplies.load()).rejects.toMatchObject(forbidden);
    await expect(room.notes.add('A note')).rejects.toMatchObject(forbidden);
    expect(() => room.setFocus('viewing')).not.toThrow();
    expect(room.getState().colleagues).toEqual([]);
  });

  it('has no lists, and says so', async () => {
    expect(() => client.rooms()).toThrow(expect.objectContaining({ code: 'unsupported' }));
    await expect(client.unread.load()).rejects.toMatchObject({ code: 'unsupported' });
  });
});
