import { describe, expect, it } from 'vitest';

import type { InvokeResult } from '../../../lib/local/model.ts';
import { deliver } from '../../../lib/local/streams/delivery.ts';
import { UNDOCUMENTED } from '../../../lib/local/undocumented.ts';
import { deliverTo, MAPPING } from '../fixtures/delivery.ts';

const ERROR: InvokeResult = { ok: false, errorType: 'Error', errorMessage: 'x' };
const failed = (...ids: unknown[]): InvokeResult => ({
  ok: true,
  payload: { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) },
});

describe('deliver', () => {
  it('is done when the function is', async () => {
    const { calls, deadLetters } = await deliverTo(() => ({ ok: true, payload: null }), {
      count: 3,
    });
    expect({ calls, deadLetters }).toEqual({ calls: ['1,2,3'], deadLetters: [] });
  });

  it('retries from the lowest failed record on', async () => {
    const { calls } = await deliverTo((_, nth) => (nth === 1 ? failed('4', '3') : failed()), {
      count: 4,
    });
    expect(calls).toEqual(['1,2,3,4', '3,4']);
  });

  it.each([[''], ['unknown'], [null]])(
    'takes the failure %j for one of the whole batch',
    async (id) => {
      const { calls } = await deliverTo((_, nth) => (nth === 1 ? failed(id) : failed()), {
        count: 2,
      });
      expect(calls).toEqual(['1,2', '1,2']);
    },
  );

  it('ignores reported failures where the mapping does not ask for them', async () => {
    const { calls } = await deliverTo(() => failed('1'), { count: 2, reportsItemFailures: false });
    expect(calls).toEqual(['1,2']);
  });

  it('retries a bounded number of times, then gives the batch up', async () => {
    const { calls, deadLetters } = await deliverTo(() => ERROR, { count: 2 });
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
    const { calls, deadLetters } = await deliverTo(poison, {
      count: 4,
      bisectOnError: true,
      maxRetries: 1,
    });
    expect(calls).toEqual(['1,2,3,4', '1,2', '3,4', '3', '3', '4']);
    expect(deadLetters).toMatchObject([
      { DDBStreamBatchInfo: { startSequenceNumber: '3', batchSize: 1 } },
    ]);
  });

  it('goes on for ever where retries are not bounded', async () => {
    const { calls } = await deliverTo((_, nth) => (nth < 8 ? ERROR : failed()), {
      count: 1,
      maxRetries: undefined,
    });
    expect(calls).toHaveLength(8);
  });

  it('stops between retries when the runtime stops', async () => {
    const stop = new AbortController();
    const delivery = deliver(
      {
        mapping: MAPPING,
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
