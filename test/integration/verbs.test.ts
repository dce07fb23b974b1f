/** Everything the client can do, at the real stack: what one person does is what the others see. */
import { deflateSync } from 'node:zlib';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { ChatClient, ChatEvents } from '#client/chat.ts';
import type { RoomHandle } from '#client/conversation.ts';

import { type LocalStack, startLocalStack, type TokenClaims } from '../support/local-stack.ts';
import { aCustomer, aVendor, connected, eventually, personAt, textsOf } from './people.ts';

let stack: LocalStack;
const opened: ChatClient[] = [];

beforeAll(async () => {
  stack = await startLocalStack();
});

afterEach(() => {
  for (const client of opened.splice(0)) client.close();
});

afterAll(async () => {
  await stack.stop();
});

async function online(claims: TokenClaims) {
  const person = personAt(stack, claims);
  opened.push(person.client);
  await connected(person.client);
  return person;
}

/** Nino and Ana in a room with some questions of Nino's, both looking at it. */
async function conversation(...texts: string[]) {
  const shop = aVendor();
  const ninosDevice = await online(aCustomer());
  const anasDevice = await online(shop);
  const { client: nino } = ninosDevice;
  const { client: ana } = anasDevice;
  await ana.rooms('all').load();
  const room = await nino.openRoom({ vendorId: shop.vendor_id });
  const { roomId } = room;
  await room.loadLatest();
  room.watch();
  for (const text of texts) room.send({ text });
  await eventually(() => expect(nino.getState().unsent).toBe(0));
  const hers = ana.room(roomId);
  await hers.loadLatest();
  hers.watch();
  return { nino, ana, ninosDevice, anasDevice, room, hers, roomId, shop };
}

const firstOf = (room: RoomHandle) => room.getState().messages[0];

function heard<Name extends keyof ChatEvents>(client: ChatClient, name: Name) {
  const events: ChatEvents[Name][] = [];
  client.on(name, (event) => events.push(event));
  return events;
}

/** A picture of one colour that any decoder takes. */
function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((width + 1) * height));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([signature, ...parts]));
}

describe('messages', () => {
  it('are edited, reacted to, answered and deleted, and everybody sees the same', async () => {
    const { room, hers } = await conversation('helo', 'secret');
    await room.edit(1, 'hello');
    await hers.react(1, '👍', true);
    await room.react(1, '👍', true);
    await room.remove(2);
    hers.send({ text: 'Hi!', replyTo: 1 });
    await eventually(() => {
      for (const messages of [room.getState().messages, hers.getState().messages]) {
        expect(messages).toMatchObject([
          { text: 'hello', reactions: { '👍': expect.arrayContaining([expect.any(String)]) } },
          { seq: 2, text: null, deletedAt: expect.any(String) },
          { text: 'Hi!', replyTo: 1 },
        ]);
        expect(messages[0]?.reactions['👍']).toHaveLength(2);
      }
    });
    expect(room.getState().messages.every(({ isChanging }) => !isChanging)).toBe(true);
  });

  it('that somebody may not change stay as they are, with a reason', async () => {
    const { ana, hers } = await conversation('mine');
    const rollbacks = heard(ana, 'rollback');
    const refused = hers.edit(1, 'not yours');
    expect(firstOf(hers)?.text).toBe('not yours');
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    expect(firstOf(hers)?.text).toBe('mine');
    expect(rollbacks).toMatchObject([{ change: { type: 'edit', seq: 1 } }]);
  });

  it('are the same for whoever was away while they changed', async () => {
    const { room, hers, anasDevice } = await conversation('one', 'two', 'three');
    anasDevice.setNetwork(false);
    await room.edit(1, 'uno');
    await room.remove(2);
    await room.react(3, '🎉', true);
    room.send({ text: 'four' });
    await eventually(() => expect(room.getState().messages.at(-1)?.seq).toBe(4));
    anasDevice.setNetwork(true);
    const shown = ({ getState }: RoomHandle) =>
      getState().messages.map(({ seq, text, reactions, version }) => ({
        seq,
        text,
        reactions,
        version,
      }));
    await eventually(() => expect(shown(hers)).toEqual(shown(room)));
    expect(shown(hers).map(({ text }) => text)).toEqual(['uno', null, 'three', 'four']);
  });

  it('carry product cards', async () => {
    const { room, hers } = await conversation('hello');
    const product = { id: 'sku-1', title: 'Blue bowl', url: 'https://shop.example/p/1' };
    room.sendProduct({ product, text: 'This one' });
    await eventually(() =>
      expect(hers.getState().messages.at(-1)).toMatchObject({
        type: 'product',
        product,
        text: 'This one',
      }),
    );
  });
});

describe('files', () => {
  it('go up, out, and down again', async () => {
    const { room, hers } = await conversation('hello');
    const body = png(4, 2);
    const file = { name: 'bowl.png', contentType: 'image/png', size: body.byteLength, body };
    const steps: number[] = [];
    room.sendFiles({ files: [file], text: 'Look', onProgress: (it) => steps.push(it.progress) });
    await eventually(() =>
      expect(hers.getState().messages.at(-1)).toMatchObject({
        type: 'image',
        text: 'Look',
        attachments: [{ name: 'bowl.png', contentType: 'image/png', width: 4, height: 2 }],
      }),
    );
    expect(steps.at(-1)).toBe(1);
    const key = hers.getState().messages.at(-1)?.attachments[0]?.key ?? '';
    const response = await fetch(await hers.attachmentUrl(key));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(body);
    expect(room.getState().messages.at(-1)?.uploads).toEqual([]);
  });

  it('that are not what they say fail with a reason, and can be discarded', async () => {
    const { nino, room } = await conversation('hello');
    const failed = heard(nino, 'failed');
    const body = new TextEncoder().encode('<html>no picture</html>');
    const file = { name: 'x.png', contentType: 'image/png', size: body.byteLength, body };
    const { id } = room.sendFiles({ files: [file] });
    await eventually(() => expect(failed).toMatchObject([{ id }]));
    expect(room.getState().messages.at(-1)).toMatchObject({ id, status: 'failed' });
    room.discard(id);
    expect(textsOf(nino, room.roomId)).toEqual(['hello']);
  });
});

describe('a room', () => {
  it('is closed and reopened by the shop, for both sides', async () => {
    const { ana, room, hers } = await conversation('hello');
    await hers.close();
    expect(hers.getState().room?.status).toBe('closed');
    await eventually(() => {
      expect(room.getState().room?.status).toBe('closed');
      expect(room.getState().messages.at(-1)?.system?.event).toBe('closed');
      expect(hers.getState().messages.at(-1)?.system?.event).toBe('closed');
    });
    await ana.rooms('closed').load();
    expect(ana.rooms('closed').getState().rooms).toHaveLength(1);
    await expect(room.close()).rejects.toMatchObject({ code: 'forbidden' });
    room.send({ text: 'One more thing' });
    await eventually(() => {
      expect(hers.getState().room?.status).toBe('open');
      expect(ana.rooms('closed').getState().rooms).toEqual([]);
    });
  });

  it('keeps marks of one side private, and the same on all its devices', async () => {
    const { ana, hers, room, roomId, shop } = await conversation('hello');
    hers.markRead();
    const { client: phone } = await online(shop);
    await phone.room(roomId).loadLatest();
    const done = hers.setMine({ markedUnread: true, labels: ['vip'], assignee: 'ana' });
    expect(hers.getState().room?.mine).toMatchObject({ markedUnread: true, labels: ['vip'] });
    await done;
    await eventually(() =>
      expect(phone.room(roomId).getState().room?.mine).toMatchObject({ assignee: 'ana' }),
    );
    expect(room.getState().room?.mine).toMatchObject({ labels: [], assignee: null });
    await eventually(() => expect(ana.getState().connection).toBe('online'));
    await expect(room.setMine({ labels: ['x'] })).rejects.toMatchObject({ code: 'forbidden' });
    expect(room.getState().room?.mine.labels).toEqual([]);
  });

  it('counts as waiting until the shop answers', async () => {
    const { ana, hers } = await conversation('hello');
    await ana.unread.load();
    expect(ana.unread.getState()).toEqual({ rooms: 1, messages: 1, waiting: 1 });
    hers.markRead();
    hers.send({ text: 'Hi!' });
    await eventually(() =>
      expect(ana.unread.getState()).toEqual({ rooms: 0, messages: 0, waiting: 0 }),
    );
  });
});

describe('staff of one shop', () => {
  it('see one another and their notes; the customer sees neither', async () => {
    const { nino, room, hers, roomId, shop } = await conversation('hello');
    const { client: gio } = await online({ ...shop, sub: `gio-${shop.vendor_id}`, name: 'Gio' });
    const his = gio.room(roomId);
    await his.loadLatest();
    his.setFocus('replying');
    await eventually(() =>
      expect(hers.getState().colleagues).toMatchObject([{ name: 'Gio', replying: true }]),
    );
    await Promise.all([hers.notes.load(), his.notes.load()]);
    await his.notes.add('Wants it blue');
    await eventually(() =>
      expect(hers.notes.getState().notes).toMatchObject([
        { text: 'Wants it blue', author: { name: 'Gio' } },
      ]),
    );
    const noteId = hers.notes.getState().notes[0]?.noteId ?? '';
    await expect(hers.notes.remove(noteId)).rejects.toMatchObject({ code: 'forbidden' });
    expect(hers.notes.getState().notes).toHaveLength(1);
    await his.notes.remove(noteId);
    await eventually(() => expect(hers.notes.getState().notes).toEqual([]));
    await eventually(() => expect(his.notes.getState().notes).toEqual([]));
    his.setFocus(null);
    await eventually(() => expect(hers.getState().colleagues).toEqual([]));
    await expect(room.notes.load()).rejects.toMatchObject({ code: 'forbidden' });
    expect(nino.room(roomId).getState().colleagues).toEqual([]);
  });

  it('keep its settings and saved replies, and everybody sees the shop', async () => {
    const { nino, ana, shop } = await conversation('hello');
    await ana.settings.load();
    const settings = ana.settings.getState().value;
    if (!settings) throw new Error('There are no settings.');
    await ana.settings.save({ ...settings, name: 'თბილისის კერამიკა', greeting: 'Hello!' });
    const vendor = nino.vendor(shop.vendor_id);
    await vendor.load();
    expect(vendor.getState().value).toMatchObject({
      name: 'თბილისის კერამიკა',
      greeting: 'Hello!',
    });
    await ana.savedReplies.load();
    const body = { shortcut: 'hi', messages: ['Hello {{customer}}!'] };
    const { replyId } = await ana.savedReplies.add(body);
    await ana.savedReplies.change(replyId, { ...body, shortcut: 'hello' });
    expect(ana.savedReplies.getState().value).toMatchObject([{ shortcut: 'hello' }]);
    expect(ana.savedReplies.fillIn(body, { customer: 'Nino' })).toEqual(['Hello Nino!']);
    await ana.savedReplies.remove(replyId);
    await ana.savedReplies.load();
    expect(ana.savedReplies.getState().value).toEqual([]);
  });
});

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
