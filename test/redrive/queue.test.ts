import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';

import { goThrough } from '../../lib/redrive/queue.ts';
import { answering } from '../support/answering.ts';

/** A queue that gives these bodies out, each by a handle of its own; remembers what became of the handles. */
function queueOf(...batches: readonly string[][]) {
  const waiting = [...batches];
  let received = 0;
  const deleted: string[] = [];
  const shown: string[] = [];
  const client = answering(new SQSClient({ region: 'us-east-1' }), (name, input) => {
    if (name === 'ReceiveMessageCommand') {
      received += 1;
      const batch = waiting.shift() ?? [];
      const handleOf = (body: string) => `${body} ${received}`;
      return {
        Messages: batch.map((Body) => ({ MessageId: Body, Body, ReceiptHandle: handleOf(Body) })),
      };
    }
    const handle = String(input['ReceiptHandle']);
    (name === 'DeleteMessageCommand' ? deleted : shown).push(handle);
    return {};
  });
  return { client, deleted, shown };
}

it('deletes what is dealt with, and shows again what is not', async () => {
  const { client, deleted, shown } = queueOf(['good', 'bad']);
  const tally = await goThrough(client, 'q', async (body) => (body === 'bad' ? 'why' : null));
  expect(tally).toEqual({ done: 1, kept: ['why'] });
  expect([deleted, shown]).toEqual([['good 1'], ['bad 1']]);
});

it('names a letter on which dealing fails, shows it again, and goes on with those behind it', async () => {
  const { client, deleted, shown } = queueOf(['bad', 'good']);
  const tally = await goThrough(client, 'q', async (body) => {
    if (body === 'bad') throw new Error('Throttled.');
    return null;
  });
  expect(tally).toEqual({ done: 1, kept: ['Letter bad: Error: Throttled.'] });
  expect([deleted, shown]).toEqual([['good 1'], ['bad 1']]);
});

it('deals once with a letter that shows again before the run is over', async () => {
  const { client, shown } = queueOf(['bad'], ['bad', 'good'], ['bad'], ['never asked for']);
  const dealt: string[] = [];
  const tally = await goThrough(client, 'q', async (body) => {
    dealt.push(body);
    return body === 'bad' ? 'why' : null;
  });
  expect(dealt).toEqual(['bad', 'good']);
  expect(tally).toEqual({ done: 1, kept: ['why'] });
  expect(shown).toEqual(['bad 3']);
});
