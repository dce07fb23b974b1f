import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import type { Invoke, StreamMappingModel } from '../../../lib/local/model.ts';
import { openCheckpoints, type Checkpoints } from '../../../lib/local/streams/checkpoints.ts';
import { startStreamPoller, type StreamPoller } from '../../../lib/local/streams/poller.ts';
import { UNDOCUMENTED } from '../../../lib/local/undocumented.ts';
import { startTestEngine, thingsTable } from '../../support/engine.ts';

type Engine = Awaited<ReturnType<typeof startTestEngine>>;

const mapping: StreamMappingModel = {
  logicalId: 'm',
  tableId: 'Data/Things',
  functionId: 'f',
  batchSize: 100,
  batchWindowMs: 0,
  startAt: 'TRIM_HORIZON',
  filters: [],
  maxRetries: 1,
  bisectOnError: false,
  readersPerShard: 1,
  reportsItemFailures: true,
  deadLetterQueueId: 'q',
};

const engines: Engine[] = [];
const pollers: StreamPoller[] = [];
afterEach(async () => {
  await Promise.all(pollers.splice(0).map((poller) => poller.stop()));
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
});

async function engineFor(dataFolder?: string) {
  const engine = await startTestEngine({ dataFolder });
  engines.push(engine);
  return engine;
}

interface Setup {
  readonly more?: Partial<StreamMappingModel>;
  readonly checkpoints?: Checkpoints;
  readonly answer?: (ids: readonly string[]) => ReturnType<Invoke> | Awaited<ReturnType<Invoke>>;
  readonly swept?: readonly string[];
  readonly pollEveryMs?: number | undefined;
}

/** Polls the engine's table; collects `INSERT a` and the like, batch by batch. */
function poll(engine: Engine, { more, checkpoints, answer, swept = [], ...rest }: Setup = {}) {
  const { pollEveryMs } = { pollEveryMs: 20, ...rest };
  const batches: string[][] = [];
  const records: Record<string, unknown>[] = [];
  const deadLetters: unknown[] = [];
  const errors: unknown[] = [];
  const poller = startStreamPoller({
    mapping: { ...mapping, ...more },
    functionArn: 'arn:function',
    table: thingsTable,
    api: engine.api,
    invoke: (_, event) => {
      const { Records } = event as {
        Records: (Record<string, unknown> & {
          eventName: string;
          dynamodb: { Keys: { id: { S: string } } };
        })[];
      };
      const ids = Records.map((it) => `${it.eventName} ${it.dynamodb.Keys.id.S}`);
      batches.push(ids);
      records.push(...Records);
      return Promise.resolve(answer?.(ids) ?? { ok: true, payload: null });
    },
    checkpoints: checkpoints ?? openCheckpoints(undefined),
    sendToDeadLetters: (message) => deadLetters.push(message),
    wasSwept: (_, keys) => swept.some((id) => JSON.stringify(keys).includes(id)),
    onError: (error) => errors.push(error),
    ...(pollEveryMs !== undefined && { pollEveryMs }),
    undocumented: { ...UNDOCUMENTED, streamBackoffMs: 1 },
  });
  pollers.push(poller);
  return { poller, batches, records, deadLetters, errors };
}

const remove = (engine: Engine, id: string) =>
  engine.api.table('DeleteItem', { TableName: 'Things', Key: { id: { S: id } } });

describe('a stream poller', () => {
  it('reads from the beginning, in order, with both images', async () => {
    const engine = await engineFor();
    await engine.put('a', 1);
    await engine.put('a', 2);
    await remove(engine, 'a');
    const { batches, records, errors } = poll(engine);
    await expect.poll(() => batches.flat()).toEqual(['INSERT a', 'MODIFY a', 'REMOVE a']);
    expect(records[1]).toMatchObject({
      eventSource: 'aws:dynamodb',
      eventSourceARN: expect.stringContaining('/stream/'),
      dynamodb: { OldImage: { expiresAt: { N: '1' } }, NewImage: { expiresAt: { N: '2' } } },
    });
    expect(errors).toEqual([]);
  });

  it('goes on reading what is written later', async () => {
    const engine = await engineFor();
    const { batches } = poll(engine);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await engine.put('later');
    await expect.poll(() => batches).toEqual([['INSERT later']]);
  });

  it('never makes a batch larger than the mapping says', async () => {
    const engine = await engineFor();
    for (const id of ['a', 'b', 'c', 'd', 'e']) await engine.put(id);
    const { batches } = poll(engine, { more: { batchSize: 2 } });
    await expect.poll(() => batches.map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it('waits for its window while a batch is not full', async () => {
    const engine = await engineFor();
    const { batches } = poll(engine, { more: { batchWindowMs: 400 } });
    await engine.put('a');
    await new Promise((resolve) => setTimeout(resolve, 150));
    await engine.put('b');
    expect(batches).toEqual([]);
    await expect.poll(() => batches).toEqual([['INSERT a', 'INSERT b']]);
  });

  it('wakes the function only for what its filters let through', async () => {
    const engine = await engineFor();
    await engine.put('a', 1);
    await engine.put('a', 2);
    await remove(engine, 'a');
    const { batches } = poll(engine, { more: { filters: [{ eventName: ['INSERT', 'REMOVE'] }] } });
    await expect.poll(() => batches).toEqual([['INSERT a', 'REMOVE a']]);
  });

  it('sends what fails for good to the dead letters, and goes on', async () => {
    const engine = await engineFor();
    const { batches, deadLetters } = poll(engine, {
      more: { batchSize: 1 },
      answer: ([id]) =>
        id === 'INSERT bad'
          ? { ok: false, errorType: 'Error', errorMessage: 'x' }
          : { ok: true, payload: null },
    });
    await engine.put('bad');
    await engine.put('good');
    await expect.poll(() => batches.flat()).toEqual(['INSERT bad', 'INSERT bad', 'INSERT good']);
    expect(deadLetters).toHaveLength(1);
  });

  it('is not woken by a write that changes nothing', async () => {
    const engine = await engineFor();
    await engine.put('a', 1);
    await engine.put('a', 1);
    await engine.put('b', 1);
    const checkpoints = openCheckpoints(undefined);
    const { batches, poller } = poll(engine, { checkpoints });
    await expect.poll(() => batches.flat()).toEqual(['INSERT a', 'INSERT b']);
    await poller.stop();
    const after = poll(engine, { checkpoints });
    await engine.put('c', 1);
    await expect.poll(() => after.batches.flat()).toEqual(['INSERT c']);
  });

  it('starts at LATEST with what comes later, and misses what was there', async () => {
    const engine = await engineFor();
    await engine.put('before');
    const { batches } = poll(engine, { more: { startAt: 'LATEST' } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await engine.put('after');
    await expect.poll(() => batches.flat()).toEqual(['INSERT after']);
  });

  it('blocks its shard behind one bad record where retries are not bounded', async () => {
    const engine = await engineFor();
    const { batches, deadLetters } = poll(engine, {
      more: { batchSize: 1, maxRetries: undefined },
      answer: () => ({ ok: false, errorType: 'Error', errorMessage: 'x' }),
    });
    await engine.put('bad');
    await engine.put('good');
    await expect.poll(() => batches.length).toBeGreaterThan(5);
    expect(new Set(batches.flat())).toEqual(new Set(['INSERT bad']));
    expect(deadLetters).toEqual([]);
  });

  it('asks an idle shard four times a second at most', async () => {
    const engine = await engineFor();
    let polls = 0;
    const api: typeof engine.api = {
      ...engine.api,
      stream: (operation, input) => {
        if (operation === 'GetRecords') polls += 1;
        return engine.api.stream(operation, input);
      },
    };
    const startedAt = performance.now();
    const { batches } = poll({ ...engine, api }, { pollEveryMs: undefined });
    await expect.poll(() => polls).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(polls).toBeGreaterThan(1);
    expect(polls).toBeLessThanOrEqual(1 + (performance.now() - startedAt) / 250);
    await engine.put('a');
    await expect.poll(() => batches).toEqual([['INSERT a']]);
  });

  it("marks removals by TTL as DynamoDB's own", async () => {
    const engine = await engineFor();
    await engine.put('mine');
    await engine.put('theirs');
    await remove(engine, 'mine');
    await remove(engine, 'theirs');
    const { records } = poll(engine, { swept: ['theirs'] });
    await expect.poll(() => records.length).toBe(4);
    expect(records.map((it) => it['userIdentity'])).toEqual([
      undefined,
      undefined,
      undefined,
      { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    ]);
  });

  it('goes on where it stopped after a restart of everything', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-poller-'));
    const first = await engineFor(folder);
    await first.put('a');
    const before = poll(first, { checkpoints: openCheckpoints(folder) });
    await expect.poll(() => before.batches.length).toBe(1);
    await before.poller.stop();
    await first.put('b');
    await first.stop();
    engines.length = 0;

    const second = await engineFor(folder);
    const { batches } = poll(second, { checkpoints: openCheckpoints(folder) });
    await second.put('c');
    await expect.poll(() => batches.flat()).toEqual(['INSERT b', 'INSERT c']);
    rmSync(folder, { recursive: true });
  });

  it('delivers again what was under way when it stopped', async () => {
    const engine = await engineFor();
    const checkpoints = openCheckpoints(undefined);
    const failing = poll(engine, {
      checkpoints,
      more: { maxRetries: undefined },
      answer: () => ({ ok: false, errorType: 'Error', errorMessage: 'x' }),
    });
    await engine.put('a');
    await expect.poll(() => failing.batches.length).toBeGreaterThan(1);
    await failing.poller.stop();
    const { batches } = poll(engine, { checkpoints });
    await expect.poll(() => batches).toEqual([['INSERT a']]);
  });

  it('has several batches of a shard in work, and each key in one of them', async () => {
    const engine = await engineFor();
    const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<Invoke>>>();
    const slow = 'INSERT a';
    const { batches } = poll(engine, {
      more: { readersPerShard: 4 },
      answer: (ids) => (ids.includes(slow) ? promise : { ok: true, payload: null }),
    });
    await engine.put('a', 0);
    await expect.poll(() => batches).toEqual([[slow]]);
    for (let version = 1; version <= 6; version += 1) await engine.put('a', version);
    for (const id of ['b', 'c', 'd', 'e', 'f']) await engine.put(id);
    // Whatever lane some of them share with it, one of five takes another.
    await expect.poll(() => batches.length).toBeGreaterThan(1);
    await new Promise((done) => setTimeout(done, 100));
    expect(batches.flat()).not.toContain('MODIFY a');
    resolve({ ok: true, payload: null });
    await expect.poll(() => batches.flat()).toHaveLength(12);
  });

  it('forgets nothing that was in work while later records were done', async () => {
    const engine = await engineFor();
    const checkpoints = openCheckpoints(undefined);
    const failing = poll(engine, {
      checkpoints,
      more: { readersPerShard: 4, maxRetries: undefined },
      answer: (ids) =>
        ids.includes('INSERT a')
          ? { ok: false, errorType: 'Error', errorMessage: 'x' }
          : { ok: true, payload: null },
    });
    await engine.put('a');
    for (const id of ['b', 'c', 'd', 'e', 'f']) await engine.put(id);
    const others = () => failing.batches.filter((ids) => !ids.includes('INSERT a'));
    await expect.poll(() => others().length).toBeGreaterThan(0);
    await failing.poller.stop();
    const { batches } = poll(engine, { checkpoints });
    await expect.poll(() => batches.flat()).toContain('INSERT a');
    await expect.poll(() => batches.flat()).toContain('INSERT f');
  });
});
