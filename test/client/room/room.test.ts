import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MAX_UNSENT } from '#client/outbox.ts';

import { ANA, FakeChat, heard, NINO } from '../../support/fake-chat.ts';
import { settled } from '../../support/fake-ports.ts';

let chat: FakeChat;

beforeEach(() => {
  chat = new FakeChat();
});

afterEach(() => chat.close());

const refused = { status: 403, body: { code: 'forbidden', detail: 'No.' } };

describe('marks of my side', () => {
  it('show at once in the room and its lists, and reach my other devices', async () => {
    const { ana, hers, room, roomId } = await chat.conversation('hello');
    await ana.rooms('all').load();
    const { client: phone } = chat.client(ANA, { device: 'phone' });
    phone.connect();
    await phone.rooms('unread').load();
    hers.markRead();
    await settled();
    const done = hers.setMine({ markedUnread: true, labels: ['vip'] });
    expect(hers.getState().room?.mine).toMatchObject({ markedUnread: true, labels: ['vip'] });
    expect(ana.rooms('all').getState().rooms[0]?.mine.labels).toEqual(['vip']);
    await done;
    await settled();
    expect(
      phone
        .rooms('unread')
        .getState()
        .rooms.map((it) => it.roomId),
    ).toEqual([roomId]);
    expect(room.getState().room?.mine.labels).toEqual([]);
  });

  it('are taken back with a reason when they are refused', async () => {
    const { ana, hers, roomId } = await chat.conversation('hello');
    const rollbacks = heard(ana, 'rollback');
    chat.server.fault = (call) => (call.endsWith('/mine') ? refused : null);
    const done = hers.setMine({ muted: true });
    expect(hers.getState().room?.mine.muted).toBe(true);
    await expect(done).rejects.toMatchObject({ code: 'forbidden' });
    expect(hers.getState().room?.mine.muted).toBe(false);
    expect(rollbacks).toMatchObject([
      { roomId, change: { type: 'mine' }, error: { message: 'No.' } },
    ]);
  });

  it('go one after the other, so that the last one stands', async () => {
    const { hers, stored } = await chat.conversation('hello');
    let losses = 1;
    chat.server.fault = (call) => (call.endsWith('/mine') && losses-- > 0 ? 'unreachable' : null);
    const both = [hers.setMine({ muted: true }), hers.setMine({ muted: false })];
    await chat.clock.advance(10_000);
    await Promise.all(both);
    expect(stored.mine.get('vendor:7')?.muted).toBe(false);
    expect(hers.getState().room?.mine.muted).toBe(false);
  });

  it('of unread end with reading', async () => {
    const { hers, stored } = await chat.conversation('hello');
    hers.markRead();
    await hers.setMine({ markedUnread: true });
    hers.markRead();
    await settled();
    expect(hers.getState().room?.mine.markedUnread).toBe(false);
    expect(stored.mine.get('vendor:7')?.markedUnread).toBe(false);
  });
});

describe('a status', () => {
  it('is set by the shop and shown to both; a system message is never unread by itself', async () => {
    const { ana, nino, room, hers } = await chat.conversation('hello');
    hers.markRead();
    await settled();
    const told = heard(nino, 'message');
    await hers.close();
    await chat.clock.advance(1_000);
    for (const { getState } of [room, hers]) {
      expect(getState().room?.status).toBe('closed');
      expect(getState().messages.at(-1)?.system?.event).toBe('closed');
      expect(getState().unread).toBe(0);
    }
    expect(told).toHaveLength(1);
    await hers.reopen();
    await chat.clock.advance(1_000);
    expect(room.getState().room?.status).toBe('open');
    expect(ana.room(hers.roomId).getState().room?.status).toBe('open');
  });

  it('that is refused stays as it was', async () => {
    const { room } = await chat.conversation('hello');
    chat.server.fault = (call) => (call.startsWith('PATCH') ? refused : null);
    await expect(room.close()).rejects.toMatchObject({ code: 'forbidden' });
    expect(room.getState().room?.status).toBe('open');
  });
});

describe('sending', () => {
  it.each(['before', 'after'])(
    'is no failure where the message is in the room: it is read %s the refusal',
    async (order) => {
      const { room, nino, stored } = await chat.conversation();
      const isBefore = order === 'before';
      const isSend = (call: string) => call.startsWith('POST') && call.endsWith('/messages');
      const failed = heard(nino, 'failed');
      let tries = 0;
      chat.server.socketsWork = false;
      chat.server.fault = (call) => {
        if (!isSend(call)) return null;
        tries += 1;
        return tries === 1 ? 'lost answer' : { status: 400, body: { code: 'invalid' } };
      };
      room.send({ text: 'hello' });
      await chat.clock.advance(5_000);
      if (isBefore) await room.loadLatest();
      await chat.clock.advance(30_000);
      expect(stored.messages).toHaveLength(1);
      expect(nino.getState().unsent).toBe(isBefore ? 0 : 1);
      chat.server.socketsWork = true;
      chat.server.fault = () => null;
      await room.loadLatest();
      expect(room.getState().messages.map(({ status }) => status)).toEqual(['sent']);
      expect(nino.getState().unsent).toBe(0);
      expect(failed).toHaveLength(isBefore ? 0 : 1);
    },
  );

  it('reads what the server takes as read with it, without a mark of its own', async () => {
    const { ana, room, hers } = await chat.conversation('one');
    await ana.rooms().load();
    room.send({ text: 'two' });
    await settled();
    expect(hers.getState().unread).toBe(2);
    hers.send({ text: 'to all of it' });
    await settled();
    expect(hers.getState().unread).toBe(0);
    expect(ana.rooms().getState().rooms[0]?.unread).toBe(0);
    expect(room.getState().messages.map(({ status }) => status)).toEqual(['read', 'read', null]);
  });

  it('carries product cards and answers', async () => {
    const { room, stored } = await chat.conversation('hello');
    const product = { id: 'sku-1', title: 'Blue bowl', url: 'https://shop.example/1' };
    room.sendProduct({ product });
    room.sendProduct({ product, text: ' This one ' });
    room.send({ text: 'and?', replyTo: 1 });
    await settled();
    expect(stored.messages.slice(1)).toMatchObject([
      { type: 'product', product, text: null },
      { type: 'product', product, text: 'This one' },
      { type: 'text', replyTo: 1 },
    ]);
  });

  it('says when a rate limit lets it go on', async () => {
    const { room } = await chat.conversation('hello');
    let refusals = 1;
    chat.server.fault = (call) =>
      call.startsWith('POST') && refusals-- > 0
        ? { status: 429, body: { code: 'rate_limited', retryAfter: 4 } }
        : null;
    expect(room.getState().retryAt).toBeNull();
    room.send({ text: 'fast' });
    await settled();
    const dueAt = new Date(chat.clock.now() + 4_000).toISOString();
    expect(room.getState().retryAt).toBe(dueAt);
    await chat.clock.advance(4_100);
    expect(room.getState()).toMatchObject({ retryAt: null });
    expect(room.getState().messages.at(-1)?.status).toBe('delivered');
  });

  it('says that no more is taken while too much waits, files included', async () => {
    const { client } = chat.client(NINO);
    const room = await client.openRoom({ vendorId: '7' });
    chat.server.fault = () => 'unreachable';
    for (let count = 1; count < MAX_UNSENT; count += 1) room.send({ text: `${count}` });
    expect(client.getState()).toMatchObject({ unsent: MAX_UNSENT - 1, outboxError: null });
    const body = new Uint8Array([1]);
    const file = { name: 'a.png', contentType: 'image/png', size: 1, body };
    const { cancel } = room.sendFiles({ files: [file] });
    const { outboxError } = client.getState();
    expect(outboxError).toMatchObject({ code: 'unavailable' });
    expect(() => room.sendFiles({ files: [file] })).toThrow('200 messages wait');
    cancel();
    expect(client.getState().outboxError).toBeNull();
    room.send({ text: 'the last' });
    expect(client.getState().outboxError).toBe(outboxError);
    expect(() => room.send({ text: 'one more' })).toThrow('200 messages wait');
  });
});

describe('a discontinuity', () => {
  it('is told when a room moved on too far to connect, and not otherwise', async () => {
    const { nino, room, stored } = await chat.conversation('one', 'two');
    const told = heard(nino, 'discontinuity');
    nino.disconnect();
    for (let count = 0; count < 400; count += 1) chat.server.write(stored, 'vendor:7', 'more');
    nino.connect();
    await chat.clock.advance(5_000);
    expect(room.getState().messages).toHaveLength(402);
    expect(told).toEqual([]);
    nino.disconnect();
    for (let count = 0; count < 600; count += 1) chat.server.write(stored, 'vendor:7', 'more');
    nino.connect();
    await chat.clock.advance(5_000);
    expect(told).toEqual([{ roomId: room.roomId, reason: 'behind' }]);
    expect(room.getState()).toMatchObject({ hasOlder: true });
    expect(room.getState().messages.at(-1)?.seq).toBe(1_002);
  });
});

describe('events', () => {
  it('tell of a room that the server told of by itself', async () => {
    const { ana, hers } = await chat.conversation('hello');
    const { client: phone } = chat.client(ANA, { device: 'phone' });
    phone.connect();
    await settled();
    const told = heard(ana, 'room');
    await phone.room(hers.roomId).setMine({ muted: true });
    await settled();
    expect(told).toMatchObject([{ room: { roomId: hers.roomId, mine: { muted: true } } }]);
  });
});
