import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { OutboxEntry } from '#client/ports.ts';

import {
  unsentDatabase,
  type UnsentDatabase,
} from '../../../../web/chat/storage/unsent-database.ts';

const NAME = 'parley/http://localhost/v1//42/customer/customer%3A42';

const record = (id: string, more: Partial<OutboxEntry> = {}) => ({
  id,
  owner: 'tab',
  entry: {
    roomId: 'd-1',
    message: { id, type: 'text', text: `text of ${id}` } as const,
    queuedAt: '2026-11-22T10:00:00.000Z',
    after: null,
    failure: null,
    ...more,
  },
});

let factory: IDBFactory;
const opened: UnsentDatabase[] = [];
beforeEach(() => {
  factory = new IDBFactory();
});
afterEach(() => {
  vi.useRealTimers();
  for (const database of opened.splice(0)) database.close();
});

function open(name = NAME, from: () => IDBFactory = () => factory): UnsentDatabase {
  const database = unsentDatabase(name, from);
  opened.push(database);
  return database;
}

/** Does something to a database as another page would. */
async function asAnother<T>(
  version: number,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<void> {
  const request = factory.open(NAME, version);
  request.addEventListener('upgradeneeded', () => {
    const { result } = request;
    if (result.objectStoreNames.contains('unsent')) return;
    result.createObjectStore('unsent', { keyPath: 'id' });
  });
  await new Promise((resolve) => {
    request.addEventListener('success', resolve);
  });
  const transaction = request.result.transaction('unsent', 'readwrite');
  work(transaction.objectStore('unsent'));
  await new Promise((resolve) => {
    transaction.addEventListener('complete', resolve);
  });
  request.result.close();
}

describe('the database of what is unsent', () => {
  it('gives another tab everything, as it was put last', async () => {
    const database = open();
    await database.put(record('a'));
    await database.put(record('b'));
    await database.put(record('a', { after: 7 }));
    expect(await open().load()).toEqual([record('a', { after: 7 }), record('b')]);
  });

  it('says how many are left', async () => {
    const database = open();
    await database.put(record('a'));
    await database.put(record('b'));
    expect([await database.remove('a'), await database.remove('b')]).toEqual([1, 0]);
  });

  it('keeps names apart', async () => {
    await open().put(record('a'));
    expect(await open(`${NAME}0`).load()).toEqual([]);
  });

  it.each<object>([
    { id: 'x' },
    { id: 'x', owner: 'tab', entry: null },
    { id: 'x', owner: 'tab', entry: { roomId: 'r', queuedAt: '', message: {} } },
  ])('passes over a record that it cannot read: %o', async (broken) => {
    const database = open();
    await database.put(record('a'));
    await asAnother(1, (store) => store.put(broken));
    expect(await database.load()).toEqual([record('a')]);
  });

  it('rejects where a newer page has been, and leaves its messages alone', async () => {
    await asAnother(9, (store) => store.put({ id: 'newer' }));
    await expect(open().put(record('a'))).rejects.toThrow('version');
  });

  it('makes way for a newer page, and for an erasure', async () => {
    const database = open();
    await database.put(record('a'));
    await asAnother(9, (store) => store.count());
    await expect(database.load()).rejects.toThrow('version');
  });

  it('rejects where the browser forbids it, and asks again the next time', async () => {
    let isForbidden = true;
    const database = open(NAME, () => {
      if (isForbidden) throw new DOMException('Forbidden.', 'SecurityError');
      return factory;
    });
    await expect(database.put(record('a'))).rejects.toThrow('Forbidden');
    isForbidden = false;
    await database.put(record('a'));
    expect(await database.load()).toHaveLength(1);
  });

  it('does not wait long for a browser that does not answer, and only once', async () => {
    vi.useFakeTimers();
    const silent = { open: () => new EventTarget() } as unknown as IDBFactory;
    const database = open(NAME, () => silent);
    const first = database.load().catch(String);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await first).toContain('silent');
    await expect(database.put(record('a'))).rejects.toThrow('did not answer');
  });

  it('is gone once it is erased, and does not come back', async () => {
    const database = open();
    await database.put(record('a'));
    database.erase();
    await database.put(record('b'));
    expect([await database.load(), await database.remove('b')]).toEqual([[], 0]);
    await expect.poll(() => factory.databases()).toEqual([]);
  });
});
