/** The template's queues, in memory: what a stream mapping gave up on lies here to be looked at. */
import { randomUUID } from 'node:crypto';

import type { QueueModel } from '../model.ts';

/** A message that waits. `sentAt` is epoch milliseconds. */
export interface QueueMessage {
  readonly messageId: string;
  readonly body: unknown;
  readonly sentAt: number;
}

/** Queues by logical id. */
export interface Queues {
  /** @throws Error naming a queue that is not in the template */
  send(queueId: string, body: unknown): void;
  /** What waits, oldest first. */
  messages(queueId: string): readonly QueueMessage[];
  /** How many messages wait in each queue. */
  depths(): Readonly<Record<string, number>>;
}

/** A forgotten queue must not eat the memory: the oldest message goes first. */
const MAX_MESSAGES = 1_000;

/** Builds empty queues. */
export function createQueues(models: readonly QueueModel[]): Queues {
  const queues = new Map(models.map(({ logicalId }) => [logicalId, new Array<QueueMessage>()]));
  const queueOf = (queueId: string) => {
    const queue = queues.get(queueId);
    if (!queue) throw new Error(`No queue ${queueId} in the template.`);
    return queue;
  };
  return {
    send(queueId, body) {
      const queue = queueOf(queueId);
      queue.push({ messageId: randomUUID(), body, sentAt: Date.now() });
      if (queue.length > MAX_MESSAGES) queue.shift();
    },
    messages: (queueId) => [...queueOf(queueId)],
    depths: () => Object.fromEntries([...queues].map(([id, queue]) => [id, queue.length])),
  };
}
