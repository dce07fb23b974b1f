import {
  DynamoDBStreamsClient,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it } from 'vitest';

import { recordsOf } from '../../lib/redrive/stream-records.ts';
import { answering } from '../support/answering.ts';

const LETTER = {
  functionArn: 'arn:function',
  streamArn: 'arn:stream',
  shardId: 'shard',
  first: '100',
  last: '300',
  arrivedAt: '2026-11-14T00:13:19Z',
};

/** A shard whose pages hold these sequence numbers; behind the last page it stays open. */
function shardOf(pages: readonly (readonly string[])[]) {
  let next = 0;
  return answering(new DynamoDBStreamsClient({ region: 'us-east-1' }), (name) => {
    if (name === 'GetShardIteratorCommand') return { ShardIterator: 'start' };
    const numbers = pages[next] ?? [];
    next += 1;
    const records = numbers.map((SequenceNumber) => ({ dynamodb: { SequenceNumber } }));
    return { Records: records, NextShardIterator: `after ${next}` };
  });
}

const numbersOf = async (pages: readonly (readonly string[])[]) =>
  (await recordsOf(shardOf(pages), LETTER))?.map(({ dynamodb }) => dynamodb.SequenceNumber);

describe('the records of a letter', () => {
  it.each([
    ['on one page with later ones', [['100', '200', '300', '400']]],
    ['on several pages', [['100'], ['200', '300']]],
    ['on pages with empty ones between', [[], ['100'], [], [], ['200'], ['300']]],
  ])('are read whole %s', async (_, pages) => {
    expect(await numbersOf(pages)).toEqual(['100', '200', '300']);
  });

  it('are none where the stream begins behind the first, or has forgotten all', async () => {
    expect(await numbersOf([['200', '300']])).toBeUndefined();
    const trimmed = answering(new DynamoDBStreamsClient({ region: 'us-east-1' }), () => {
      throw new TrimmedDataAccessException({ message: 'gone', $metadata: {} });
    });
    expect(await recordsOf(trimmed, LETTER)).toBeUndefined();
  });

  it('are not taken for whole where only some of them show', async () => {
    await expect(numbersOf([['100', '200']])).rejects.toThrow('showed 2 records of 100–300');
  });
});
