/** The message log in a real engine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { deleteMessage } from '#core/changes/delete.ts';
import { editMessage } from '#core/changes/edit.ts';
import { react } from '#core/changes/react.ts';
import { settleChange } from '#core/changes/settle-change.ts';
import { openRoom } from '#core/open-room.ts';
import { send } from '#core/send.ts';
import { messageStore, type MessageStore } from '#store/messages.ts';
import { type Database, openDatabase } from '#store/table.ts';

import {
  aCustomer,
  aMessage,
  aProduct,
  aText,
  aVendor,
  CUSTOMER,
  VENDOR,
} from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { type Engine, startEngine } from '../support/dynamodb.ts';
import { storeOver } from '../support/dynamodb-store.ts';

let engine: Engine;
let db: Database;
let messages: MessageStore;
beforeAll(async () => {
  engine = await startEngine();
  db = openDatabase(engine);
  messages = messageStore(db);
  for (let seq = 1; seq <= 7; seq += 1) await messages.put(aMessage({ roomId: 'log', seq }));
});
afterAll(async () => {
  db.close();
  await engine.stop();
});

const seqs = (found: readonly { seq: number }[]) => found.map(({ seq }) => seq);

describe('messages', () => {
  it('are stored once per number, whoever comes', async () => {
    const tries = await Promise.all(
      [1, 2, 3].map(() => messages.put(aMessage({ roomId: 'once' }))),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
  });

  it('come back as they were stored', async () => {
    const message = aMessage({
      roomId: 'same',
      product: aProduct(),
      agent: { user: 'ana', name: 'ანა' },
    });
    await messages.put(message);
    expect(await messages.listRange({ roomId: 'same', after: 0 })).toEqual([message]);
  });

  it('are replaced version by version, whoever comes', async () => {
    const message = aMessage({ roomId: 'versions' });
    expect(await messages.replace({ ...message, version: 1 })).toBe(false);
    await messages.put(message);
    for (const version of [1, 2, 3]) {
      const twins = ['a', 'b', 'c'].map((text) => messages.replace({ ...message, text, version }));
      const outcomes = await Promise.all(twins);
      expect(outcomes.filter(Boolean)).toHaveLength(1);
    }
    for (const version of [1, 3, 5]) {
      expect(await messages.replace({ ...message, version })).toBe(false);
    }
    const [stored] = await messages.listRange({ roomId: 'versions', after: 0 });
    expect(stored?.version).toBe(3);
  });

  it.each([
    [{ after: 0 }, [1, 2, 3, 4, 5, 6, 7]],
    [{ after: 2, through: 4 }, [3, 4]],
    [{ after: 7 }, []],
    [{ after: 4, through: 4 }, []],
  ])('in the range %j are %j', async (range, expected) => {
    expect(seqs(await messages.listRange({ roomId: 'log', ...range }))).toEqual(expected);
  });

  it.each([
    [{ limit: 3, from: 'newest' as const }, [5, 6, 7]],
    [{ before: 4, limit: 2, from: 'newest' as const }, [2, 3]],
    [{ before: 1, limit: 2, from: 'newest' as const }, []],
    [{ after: 2, limit: 2, from: 'oldest' as const }, [3, 4]],
    [{ after: 999_999_999_999_999, limit: 2, from: 'oldest' as const }, []],
    [{ after: Number.MAX_SAFE_INTEGER, limit: 2, from: 'oldest' as const }, []],
  ])('of the page %j are %j', async (page, expected) => {
    expect(seqs(await messages.listPage({ roomId: 'log', ...page }))).toEqual(expected);
  });

  it('have a newest one, or none', async () => {
    expect(await messages.newestSeq('log')).toBe(7);
    expect(await messages.newestSeq('nothing')).toBe(0);
  });
});

describe('changed messages', () => {
  it('count one by one in their room, whoever reacts at once', async () => {
    const ports = portsOver(storeOver(db), new World());
    const { room } = await openRoom(ports, aCustomer(), { vendorId: VENDOR.slice(7) });
    const { roomId } = room;
    await send(ports, aCustomer(), { roomId, after: 0, message: aText({ text: 'first' }) });
    const emojis = ['👍', '🎉', '❤️', '😀'];
    const reactions = [aCustomer(), aVendor()].flatMap((caller) =>
      emojis.map((emoji) => react(ports, caller, { roomId, seq: 1, emoji, on: true })),
    );
    await Promise.all(reactions);
    await editMessage(ports, aCustomer(), { roomId, seq: 1, text: 'second' });
    const [stored] = await messages.listRange({ roomId, after: 0 });
    expect(stored).toMatchObject({ text: 'second', version: 9 });
    for (const emoji of emojis) {
      expect(stored?.reactions?.[emoji]?.toSorted()).toEqual([CUSTOMER, VENDOR]);
    }
    const head = () => ports.rooms.getHead(roomId, { consistent: true });
    expect(await head()).toMatchObject({
      lastChange: { seq: 1, version: 9 },
      lastMessage: { preview: 'second', version: 9 },
    });
    await deleteMessage(ports, aCustomer(), { roomId, seq: 1 });
    const before = await head();
    const settled = await settleChange(ports, { roomId, seq: 1 });
    expect(settled?.changes).toBe(before?.changes);
    expect(await head()).toEqual(before);
    expect(before?.lastMessage).toMatchObject({ preview: '', version: 10 });
  });
});
