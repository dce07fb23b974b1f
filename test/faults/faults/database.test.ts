import { describe, expect, it } from 'vitest';

import { databaseFaults } from './database.ts';
import type { Answered, DatabaseCall } from './proxy.ts';
import { FINE, Sky, type Weather } from './weather.ts';

const DONE = { status: 200, text: '{}' };
const putOf = (id: string): DatabaseCall => ({
  operation: 'PutItem',
  table: 'Messages',
  body: { Item: { roomId: { S: 'd-1' }, seq: { N: '1' }, id: { S: id }, sender: { S: 'x' } } },
  trace: 'Root=1',
  ask: () => Promise.reject(new Error('Nothing is asked beside.')),
});
const summary: DatabaseCall = { ...putOf(''), operation: 'UpdateItem', table: 'Rooms' };

/** Makes a call under a weather; says what was answered, how often it reached the database, and who was killed. */
async function under(weather: Partial<Weather>, call = putOf('m1')) {
  const sky = new Sky();
  sky.change({ ...FINE, ...weather }, 1);
  const killed: string[] = [];
  let reached = 0;
  const kill = (trace: string) => killed.push(trace) > 0;
  const answer = await databaseFaults(sky, kill).reduceRight<() => Promise<Answered>>(
    (next, fault) => () => fault(call, next),
    async () => {
      reached += 1;
      return DONE;
    },
  )();
  return { answer, reached, killed, counts: Object.fromEntries(sky.counts) };
}

describe('the faults of the database', () => {
  it('stay away under a clear sky', async () => {
    const { answer, reached, counts } = await under({});
    expect([answer, reached, counts]).toEqual([DONE, 1, {}]);
  });

  it('refuse for the throughput, and nothing is done', async () => {
    const { answer, reached, counts } = await under({ throttled: 1 });
    expect(answer?.text).toContain('ProvisionedThroughputExceededException');
    expect([answer?.status, reached, counts]).toEqual([400, 0, { throttled: 1 }]);
  });

  it('lose the answer to what was done', async () => {
    const { answer, reached } = await under({ lostAnswers: 1 });
    expect([answer, reached]).toEqual([null, 1]);
  });

  it('fail with 500, with and without having done it', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => putOf(`m${index}`));
    const all = await Promise.all(ids.map((call) => under({ serverErrors: 1 }, call)));
    expect(new Set(all.map(({ answer }) => answer?.status))).toEqual(new Set([500]));
    expect(new Set(all.map(({ reached }) => reached))).toEqual(new Set([0, 1]));
  });

  it('refuse a place in the log as taken, and nothing else', async () => {
    const { answer, reached } = await under({ conflicts: 1 });
    expect(answer?.text).toContain('ConditionalCheckFailedException');
    expect(reached).toBe(0);
    expect((await under({ conflicts: 1 }, summary)).answer).toEqual(DONE);
  });

  it('take their time', async () => {
    const startedMs = performance.now();
    await under({ slow: 1, slowMs: 200 });
    expect(performance.now() - startedMs).toBeGreaterThan(5);
  });

  it('kill the caller before its commit, or before its answer', async () => {
    expect(await under({ deaths: 1 })).toMatchObject({
      answer: null,
      reached: 0,
      killed: ['Root=1'],
    });
    const late = { answer: null, reached: 1, killed: ['Root=1'] };
    expect(await under({ deaths: 1 }, summary)).toMatchObject(late);
  });

  it('kill some callers after their commit', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => putOf(`m${index}`));
    const all = await Promise.all(ids.map((call) => under({ deaths: 0.5 }, call)));
    expect(all.some(({ reached, killed }) => reached === 1 && killed.length > 0)).toBe(true);
  });
});
