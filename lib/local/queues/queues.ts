/** The template's queues: what functions send each other later, and what failed for good and lies here to be looked at. */
import type { Clock, QueueModel } from '../model.ts';
import { openJournal } from './journal.ts';
import { Queue, type QueueMessage } from './queue.ts';

/** Queues by logical id. */
export interface Queues {
  /** @throws Error naming a queue that is not in the template */
  send(queueId: string, body: unknown): void;
  /** What is there, also what waits for its time or is in work, oldest first. */
  messages(queueId: string): readonly QueueMessage[];
  /** How many messages are in each queue. */
  depths(): Readonly<Record<string, number>>;
  /** The queue itself. @throws Error naming one that is not in the template */
  get(queueId: string): Queue;
  /** By its name, as the end of its address has it. */
  named(queueName: string): Queue | undefined;
}

/** What the queues are made of. */
export interface QueuesOptions {
  readonly models: readonly QueueModel[];
  readonly clock: Clock;
  /** Keeps what waits over a restart. */
  readonly dataFolder?: string | undefined;
  /** The logical ids of queues that a function reads: only a bound against a runaway holds there. */
  readonly read?: readonly string[];
}

/** A forgotten queue must not eat the memory: the oldest message goes first. */
const MAX_FORGOTTEN = 1_000;
const MAX_READ = 100_000;

/** Builds the queues, empty but for what a data folder kept. */
export function createQueues({ models, clock, dataFolder, read = [] }: QueuesOptions): Queues {
  const journal = openJournal(dataFolder);
  const queues = new Map<string, Queue>();
  const get = (queueId: string) => {
    const queue = queues.get(queueId);
    if (!queue) throw new Error(`No queue ${queueId} in the template.`);
    return queue;
  };
  for (const model of models) {
    const { logicalId, queueName, redrive } = model;
    const queue = new Queue({
      model,
      clock,
      maxMessages: read.includes(logicalId) ? MAX_READ : MAX_FORGOTTEN,
      // A dead letter is there to be seen, whatever delay the queue of them has.
      toDeadLetters: (body) => void (redrive && get(redrive.queueId).send(body, 0)),
      kept: journal.kept(queueName),
      onStored: (message) => journal.stored(queueName, message),
      onGone: (messageId) => journal.gone(queueName, messageId),
    });
    queues.set(logicalId, queue);
  }
  return {
    get,
    send: (queueId, body) =>
      void get(queueId).send(typeof body === 'string' ? body : JSON.stringify(body)),
    messages: (queueId) => get(queueId).messages(),
    depths: () =>
      Object.fromEntries([...queues].map(([id, queue]) => [id, queue.messages().length])),
    named: (queueName) => [...queues.values()].find((it) => it.model.queueName === queueName),
  };
}
