import { describe, expect, it } from 'vitest';

import type { InvokeResult, StreamMappingModel } from '../../../lib/local/model.ts';
import { deliver, type StreamRecord } from '../../../lib/local/streams/delivery.ts';
import { UNDOCUMENTED } from '../../../lib/local/undocumented.ts';

const mapping: StreamMappingModel = {
  logicalId: 'm',
  tableId: 't',
  functionId: 'f',
  batchSize: 10,
  batchWindowMs: 0,
  startAt: 'TRIM_HORIZON',
  filters: [],
  maxRetries: 2,
  bisectOnError: false,
  readersPerShard: 1,
  reportsItemFailures: true,
  deadLetterQueueId: 'q',
};
const ERROR: InvokeResult = { ok: false, errorType: 'Error', errorMessage: 'x' };
const failed = (...ids: unknown[]): InvokeResult => ({
  ok: true,
  payload: { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) },
});

/** Delivers records 1…count to a function; answers what each invocation got and what was given up. */
async function run(
  count: number,
  answer: (ids: readonly string[], nth: number) => InvokeResult,
  more: Partial<StreamMappingModel> = {},
) {
  const calls: string[] = [];
  const deadLetters: unknown[] = [];
  const batch: StreamRecord[] = Array.from({ length: count }, (_, at) => ({
    eventName: 'INSERT',
    eventSourceARN: 'arn:stream',
    dynamodb: { SequenceNumber: String(at + 1), ApproximateCreationDateTime: 1_700_000_000 + at },
  }));
  const invoke = (_: string, event: unknown) => {
    const { Records } = event as { Records: StreamRecord[] };
    const ids = Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    calls.push(ids.join());
    return Promise.resolve(answer(ids, calls.length));
  };
  await deliver(
    {
      mapping: { ...mapping, ...more },
      functionArn: 'arn:function',
      shardId: 's',
      invoke,
      sendToDeadLetters: (message) => deadLetters.push(message),
      undocumented: { ...UNDOCUMENTED, streamBackoffMs: 1 },
      signal: new AbortController().signal,
    },
    batch,
  );
  return { calls, deadLetters };
}

describe('deliver', () => {
  it('is done when the function is', async () => {
    const { calls, deadLetters } = await run(3, () => ({ ok: true, payload: null }));
    expect({ calls, deadLetters }).toEqual({ calls: ['1,2,3'], deadLetters: [] });
  });

  it('retries from the lowest failed record on', async () => {
    const { calls } = await run(4, (_, nth) => (nth === 1 ? failed('4', '3') : failed()));
    expect(calls).toEqual(['1,2,3,4', '3,4']);
  });

  it.each([[''], ['unknown'], [null]])(
    'takes the failure %j for one of the whole batch',
    async (id) => {
      const { calls } = await run(2, (_, nth) => (nth === 1 ? failed(id) : failed()));
      expect(calls).toEqual(['1,2', '1,2']);
    },
  );

  it('ignores reported failures where the mapping does not ask for them', async () => {
    const { calls } = await run(2, () => failed('1'), { reportsItemFailures: false });
    expect(calls).toEqual(['1,2']);
  });

  it('retries a bounded number of times, then gives the batch up', async () => {
    const { calls, deadLetters } = await run(2, () => ERROR);
    expect(calls).toEqual(['1,2', '1,2', '1,2']);
    expect(deadLetters).toMatchObject([
      {
        requestContext: {
          functionArn: 'arn:function',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 3,
        },
        DDBStreamBatchInfo: {
          shardId: 's',
          startSequenceNumber: '1',
          endSequenceNumber: '2',
          approximateArrivalOfFirstRecord: '2023-11-14T22:13:20.000Z',
          approximateArrivalOfLastRecord: '2023-11-14T22:13:21.000Z',
          batchSize: 2,
          streamArn: 'arn:stream',
        },
      },
    ]);
  });

  it('halves a failing batch until only the record that fails is given up', async () => {
    const poison = (ids: readonly string[]): InvokeResult => (ids.includes('3') ? ERROR : failed());
    const { calls, deadLetters } = await run(4, poison, { bisectOnError: true, maxRetries: 1 });
    expect(calls).toEqual(['1,2,3,4', '1,2', '3,4', '3', '3', '4']);
    expect(deadLetters).toMatchObject([
      { DDBStreamBatchInfo: { startSequenceNumber: '3', batchSize: 1 } },
    ]);
  });

  it('goes on for ever where retries are not bounded', async () => {
    const { calls } = await run(1, (_, nth) => (nth < 8 ? ERROR : failed()), {
      maxRetries: undefined,
    });
    expect(calls).toHaveLength(8);
  });

  it('stops between retries when the runtime stops', async () => {
    const stop = new AbortController();
    const delivery = deliver(
      {
        mapping,
        functionArn: 'arn:function',
        shardId: 's',
        invoke: () => Promise.resolve(ERROR),
        sendToDeadLetters: () => undefined,
        undocumented: { ...UNDOCUMENTED, streamBackoffMs: 60_000 },
        signal: stop.signal,
      },
      [{ eventName: 'INSERT', eventSourceARN: 'a', dynamodb: { SequenceNumber: '1' } }],
    );
    setTimeout(() => stop.abort(), 20);
    await expect(delivery).rejects.toThrow(/abort/u);
  });
});
