import { afterAll, beforeAll, expect, it } from 'vitest';

import { startTtlSweeper } from '../../../lib/local/database/ttl-sweeper.ts';
import { jsonOf, listOf, textOf } from '../../../lib/local/json.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { startTestEngine, thingsTable } from '../../support/engine.ts';

let engine: Awaited<ReturnType<typeof startTestEngine>>;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

function start() {
  const clock = manualClock();
  const errors: unknown[] = [];
  const sweeper = startTtlSweeper({
    api: engine.api,
    tables: [thingsTable],
    clock,
    onError: (error) => errors.push(error),
  });
  const inSeconds = (seconds: number) => Math.floor(clock.now() / 1_000) + seconds;
  return { clock, errors, sweeper, inSeconds };
}

async function ids() {
  const { Items } = await engine.api.table('Scan', { TableName: 'Things' });
  const found = listOf(Items).map((item) => textOf(jsonOf(jsonOf(item)['id'])['S']));
  return found.toSorted();
}

it('deletes what is expired and leaves the rest', async () => {
  const { sweeper, inSeconds } = start();
  await engine.put('old', inSeconds(-1));
  await engine.put('now', inSeconds(0));
  await engine.put('later', inSeconds(60));
  await engine.api.table('PutItem', { TableName: 'Things', Item: { id: { S: 'forever' } } });
  expect(await sweeper.sweep()).toBe(2);
  expect(await ids()).toEqual(['forever', 'later']);
  sweeper.stop();
});

it('sweeps by the clock, until it is stopped', async () => {
  const { clock, sweeper, inSeconds, errors } = start();
  await engine.put('short', inSeconds(20));
  clock.advance(30_000);
  await expect.poll(ids).not.toContain('short');
  sweeper.stop();
  await engine.put('second', inSeconds(1));
  clock.advance(120_000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await ids()).toContain('second');
  expect(errors).toEqual([]);
});

it('leaves what is expired for everybody to read until it sweeps', async () => {
  const { sweeper, inSeconds } = start();
  await engine.put('overdue', inSeconds(-3_600));
  expect(await ids()).toContain('overdue');
  await sweeper.sweep();
  expect(await ids()).not.toContain('overdue');
  sweeper.stop();
});

it('knows its removals, once each', async () => {
  const { sweeper, inSeconds } = start();
  await engine.put('mine', inSeconds(-5));
  await sweeper.sweep();
  const keys = { id: { S: 'mine' } };
  expect(sweeper.takeSwept('Things', { id: { S: 'other' } })).toBe(false);
  expect(sweeper.takeSwept('Things', keys)).toBe(true);
  expect(sweeper.takeSwept('Things', keys)).toBe(false);
  sweeper.stop();
});
