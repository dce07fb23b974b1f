import { expect, it } from 'vitest';

import { createQueues } from '../../../lib/local/streams/queues.ts';

const model = { arn: '', delayMs: 0, visibilityTimeoutMs: 0, retentionMs: 0, redrive: undefined };
const models = [
  { ...model, logicalId: 'a', queueName: 'A' },
  { ...model, logicalId: 'b', queueName: 'B' },
];

it('keeps what was sent, oldest first, each queue for itself', () => {
  const queues = createQueues(models);
  queues.send('a', 1);
  queues.send('a', { two: 2 });
  expect(queues.messages('a').map(({ body }) => body)).toEqual([1, { two: 2 }]);
  expect(queues.depths()).toEqual({ a: 2, b: 0 });
});

it('lets go of the oldest beyond a thousand', () => {
  const queues = createQueues(models);
  for (let at = 0; at <= 1_000; at += 1) queues.send('a', at);
  expect(queues.messages('a')).toHaveLength(1_000);
  expect(queues.messages('a')[0]?.body).toBe(1);
});

it('names a queue that is not in the template', () => {
  expect(() => createQueues(models).send('c', 1)).toThrow(/No queue c/u);
});
