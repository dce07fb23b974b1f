/** The client of a page: lists and what the staff have at once, and the late parts when they are wanted. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ChatClient } from '#client/chat.ts';
import { createPageClient } from '#client/parts/page-client.ts';

import { ANA, FakeChat } from '../../support/fake-chat.ts';
import { fakeDevice } from '../../support/fake-ports.ts';
import { fakeToken } from '../../support/fake-server.ts';

let chat: FakeChat;
let ana: ChatClient;

beforeEach(() => {
  chat = new FakeChat();
  ana = createPageClient({
    api: 'http://fake/v1',
    socket: 'ws://fake/ws',
    token: async () => fakeToken({ ...ANA, exp: Math.floor(chat.clock.now() / 1000) + 36_000 }),
    ports: fakeDevice({ server: chat.server, clock: chat.clock }).ports,
  });
});

afterEach(() => {
  ana.close();
  chat.close();
});

describe('the client of a page', () => {
  it('lists, notes and answers, and changes an answer once the code for it is there', async () => {
    const stored = chat.server.roomOf('customer:42', 'vendor:7');
    chat.server.write(stored, 'customer:42', 'Hello');
    const list = ana.rooms('waiting');
    await list.load();
    expect(list.getState().rooms).toHaveLength(1);
    const room = ana.room(list.getState().rooms[0]?.roomId ?? '');
    await room.loadLatest();
    await room.notes.add('Knows what she wants');
    expect(room.notes.getState().notes).toHaveLength(1);
    room.send({ text: 'Helo' });
    await chat.clock.advance(1_000);
    await room.edit(2, 'Hello, Nino');
    expect(room.getState().messages.map(({ text }) => text)).toEqual(['Hello', 'Hello, Nino']);
  });
});
