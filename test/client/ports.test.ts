import { expect, it } from 'vitest';

import { DEFAULT_PORTS, lazyStorage, memoryStorage, type OutboxEntry } from '#client/ports.ts';
import { UUID_PATTERN } from '#protocol/ids.ts';

it('has an outbox storage that keeps order and replaces by id', async () => {
  const storage = memoryStorage();
  const entry = (id: string): OutboxEntry => ({
    roomId: 'r',
    message: { id, type: 'text', text: id },
    queuedAt: '2026-11-22T12:00:00.000Z',
    after: null,
    failure: null,
  });
  await storage.put(entry('a'));
  await storage.put(entry('b'));
  await storage.put({ ...entry('a'), after: 3 });
  await storage.remove('missing');
  expect((await storage.load()).map(({ message, after }) => [message.id, after])).toEqual([
    ['a', 3],
    ['b', null],
  ]);
});

it('keeps what is stored before it is known where, in order', async () => {
  const storage = lazyStorage();
  const message = { id: 'a', type: 'text', text: 'a' } as const;
  const entry = { roomId: 'r', message, queuedAt: '', after: null, failure: null };
  const stored = storage.put(entry);
  const loaded = storage.load();
  const memory = memoryStorage();
  storage.open(memory);
  storage.open(memoryStorage());
  await stored;
  expect(await loaded).toEqual([entry]);
  await storage.remove('a');
  expect(await memory.load()).toEqual([]);
});

it('makes UUIDs, cancels timers, and watches nothing where there is no window', async () => {
  expect(DEFAULT_PORTS.newId()).toMatch(UUID_PATTERN);
  let fired = 0;
  const cancel = DEFAULT_PORTS.after(1, () => {
    fired += 1;
  });
  cancel();
  await new Promise<void>((resolve) => {
    DEFAULT_PORTS.after(5, resolve);
  });
  expect(fired).toBe(0);
  expect(() => DEFAULT_PORTS.watchDevice(() => {})()).not.toThrow();
});
