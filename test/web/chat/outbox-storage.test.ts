import { beforeEach, describe, expect, it } from 'vitest';

import type { OutboxEntry } from '#client/ports.ts';

import { hasUnsent, outboxStorage, type TabStorage } from '../../../web/chat/outbox-storage.ts';

const NAME = 'parley/http://localhost/v1/customer/customer:42';

const entry = (id: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  roomId: 'd-1',
  message: { id, type: 'text', text: `text of ${id}` },
  queuedAt: '2026-11-22T10:00:00.000Z',
  after: null,
  failure: null,
  ...more,
});

let kept: Map<string, string>;
let tab: TabStorage;
beforeEach(() => {
  kept = new Map();
  tab = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
});

describe('outboxStorage', () => {
  it('gives a later page everything back, in order', async () => {
    const before = outboxStorage(NAME, tab);
    await before.put(entry('a'));
    await before.put(entry('b'));
    expect(await outboxStorage(NAME, tab).load()).toEqual([entry('a'), entry('b')]);
  });

  it('replaces an entry where it stands', async () => {
    const storage = outboxStorage(NAME, tab);
    await storage.put(entry('a'));
    await storage.put(entry('b'));
    await storage.put(entry('a', { after: 7 }));
    expect(await storage.load()).toEqual([entry('a', { after: 7 }), entry('b')]);
  });

  it('leaves nothing behind when the last one is gone', async () => {
    const storage = outboxStorage(NAME, tab);
    await storage.put(entry('a'));
    await storage.remove('a');
    expect(kept.size).toBe(0);
  });

  it('keeps names apart', async () => {
    await outboxStorage(NAME, tab).put(entry('a'));
    expect(await outboxStorage(`${NAME}0`, tab).load()).toEqual([]);
  });

  it.each(['{', 'null', '{"a":1}', '[1, null, {"roomId": 1}]'])(
    'reads %s as nothing',
    async (text) => {
      kept.set(NAME, text);
      expect(await outboxStorage(NAME, tab).load()).toEqual([]);
    },
  );

  it('rejects when the browser refuses to store', async () => {
    const full = {
      ...tab,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    await expect(outboxStorage(NAME, full).put(entry('a'))).rejects.toThrow('Quota');
  });
});

describe('hasUnsent', () => {
  it('sees what any user of that API left', () => {
    expect(hasUnsent('http://localhost/v1', { [NAME]: '[]' })).toBe(true);
    expect(hasUnsent('http://localhost/v2', { [NAME]: '[]' })).toBe(false);
  });
});
