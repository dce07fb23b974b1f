import { describe, expect, it } from 'vitest';

import { deadLetterOf } from '../../lib/redrive/dead-letter.ts';

/** As AWS's guide shows one, with a table and a function of our own. */
const LETTER = {
  requestContext: {
    requestId: '316aa6d0-8154-xmpl-9af7-85d5f4a6bc81',
    functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:settle:$LATEST',
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 6,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  version: '1.0',
  timestamp: '2026-11-14T00:13:49.717Z',
  DDBStreamBatchInfo: {
    shardId: 'shardId-00000001573689847184-864758bb',
    startSequenceNumber: '800000000003126276362',
    endSequenceNumber: '800000000003126276999',
    approximateArrivalOfFirstRecord: '2026-11-14T00:13:19Z',
    approximateArrivalOfLastRecord: '2026-11-14T00:13:19Z',
    batchSize: 2,
    streamArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/m/stream/2026-11-14T00:04:06.388',
  },
};

describe('deadLetterOf', () => {
  it('reads where the records are and whose they are', () => {
    expect(deadLetterOf(JSON.stringify(LETTER))).toEqual({
      functionArn: LETTER.requestContext.functionArn,
      streamArn: LETTER.DDBStreamBatchInfo.streamArn,
      shardId: 'shardId-00000001573689847184-864758bb',
      first: '800000000003126276362',
      last: '800000000003126276999',
      arrivedAt: '2026-11-14T00:13:19Z',
    });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no object', 'null'],
    ['a reminder', '{"kind":"unread","roomId":"d-1"}'],
    ['a letter without its shard', JSON.stringify({ ...LETTER, DDBStreamBatchInfo: {} })],
    ['a letter without its function', JSON.stringify({ ...LETTER, requestContext: null })],
  ])('takes %s for no letter', (_, body) => {
    expect(deadLetterOf(body)).toBeUndefined();
  });
});
