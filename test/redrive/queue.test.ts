import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';

import { goThrough } from '../../lib/redrive/queue.ts';
import { answering } from '../support/answering.ts';

/** A queue of these bodies, each of which is hidden once it is received; remembers what became of them. */
function queueOf(bodies: readonly string[]) {
  const waiting = [...bodies];
  const deleted: string[] = [];
  const shown: string[] = [];
  const client = answering(new SQSClient({ region: 'us-east-1' }), (name, input) => {
    if (name === 'ReceiveMessageCommand') {
      const batch = waiting.splice(0, 10);
      return { Messages: batch.map((Body) => ({ MessageId: Body, Body, ReceiptHandle: Body })) };
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
  expect([deleted, shown]).toEqual([['good'], ['bad']]);
});

it('names a letter on which dealing fails, shows it again, and goes on with those behind it', async () => {
  const { client, deleted, shown } = queueOf(['bad', 'good']);
  const tally = await goThrough(client, 'q', async (body) => {
    if (body === 'bad') throw new Error('Throttled.');
    return null;
  });
  expect(tally).toEqual({ done: 1, kept: ['Letter bad: Error: Throttled.'] });
  expect([deleted, shown]).toEqual([['good'], ['bad']]);
});
