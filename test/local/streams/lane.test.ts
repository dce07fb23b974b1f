import { describe, expect, it } from 'vitest';

import type { InvokeResult } from '../../../lib/local/model.ts';
import type { StreamRecord } from '../../../lib/local/streams/delivery.ts';
import { Lane } from '../../../lib/local/streams/lane.ts';
import { UNDOCUMENTED } from '../../../lib/local/undocumented.ts';

const aRecord = (number: string): StreamRecord => ({
  eventName: 'INSERT',
  eventSourceARN: 'arn',
  dynamodb: { SequenceNumber: number },
});

/** A lane with batches of two; its function answers when `answer` is called. */
function aLane(batchWindowMs = 0, batchSize = 2) {
  const settled: string[][] = [];
  const waiting: ((result: InvokeResult) => void)[] = [];
  const begun: string[][] = [];
  const numbers = (batch: readonly StreamRecord[]) =>
    batch.map(({ dynamodb }) => dynamodb.SequenceNumber);
  const lane = new Lane(
    {
      mapping: {
        logicalId: 'm',
        tableId: 't',
        functionId: 'f',
        batchSize,
        batchWindowMs,
        startAt: 'TRIM_HORIZON',
        filters: [],
        maxRetries: 0,
        bisectOnError: false,
        readersPerShard: 1,
        reportsItemFailures: true,
        deadLetterQueueId: undefined,
      },
      functionArn: 'arn:function',
      shardId: 's',
      invoke: (_, event) => {
        begun.push(numbers((event as { Records: StreamRecord[] }).Records));
        return new Promise((resolve) => waiting.push(resolve));
      },
      sendToDeadLetters: () => undefined,
      undocumented: { ...UNDOCUMENTED, streamBackoffMs: 0 },
      signal: new AbortController().signal,
    },
    (batch) => settled.push(numbers(batch)),
  );
  const answer = () => waiting.shift()?.({ ok: true, payload: null });
  return { lane, settled, begun, answer };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('a lane', () => {
  it('has one batch in work at a time, and goes on by itself', async () => {
    const { lane, settled, begun, answer } = aLane();
    for (const number of ['1', '2', '3']) lane.add(aRecord(number));
    await lane.flush();
    await lane.flush();
    expect(begun).toEqual([['1', '2']]);
    expect(settled).toEqual([]);
    answer();
    await tick();
    expect(settled).toEqual([['1', '2']]);
    expect(begun).toEqual([['1', '2'], ['3']]);
  });

  it('makes who fills it wait while more than a batch waits', async () => {
    const { lane, answer } = aLane();
    for (const number of ['1', '2', '3', '4']) lane.add(aRecord(number));
    let isFree = false;
    const flushing = lane.flush().then(() => (isFree = true));
    await tick();
    expect(isFree).toBe(false);
    answer();
    await flushing;
    expect(isFree).toBe(true);
  });

  it('gathers for its window, and not where the shard ends', async () => {
    const { lane, begun, answer } = aLane(60_000);
    lane.add(aRecord('1'));
    await lane.flush();
    expect(begun).toEqual([]);
    const finishing = lane.finish();
    expect(begun).toEqual([['1']]);
    answer();
    await finishing;
  });

  it('makes no batch larger than an event may be, and waits for nothing where one is full', async () => {
    const { lane, begun, answer } = aLane(60_000, 100);
    const images = { NewImage: { text: { S: 'ბ'.repeat(400_000) } } };
    for (let number = 1; number <= 6; number += 1) {
      const record = aRecord(String(number));
      lane.add({ ...record, dynamodb: { ...record.dynamodb, ...images } });
    }
    await lane.flush();
    // Each is 1.2 MB long: the sixth is too much.
    expect(begun).toEqual([['1', '2', '3', '4', '5']]);
    const finishing = lane.finish();
    answer();
    await tick();
    answer();
    await finishing;
    expect(begun[1]).toEqual(['6']);
  });

  it('begins nothing new at its end', async () => {
    const { lane, begun, answer } = aLane();
    for (const number of ['1', '2', '3']) lane.add(aRecord(number));
    await lane.flush();
    const ending = lane.settled();
    answer();
    await ending;
    await tick();
    expect(begun).toEqual([['1', '2']]);
  });
});
