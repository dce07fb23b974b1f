/** The message log in a real engine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { messageStore, type MessageStore } from '#store/messages.ts';
import { type Database, openDatabase } from '#store/table.ts';

import { aMessage, aProduct } from '../support/builders.ts';
import { type Engine, startEngine } from '../support/dynamodb.ts';

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
