/** The stack under a queue: each message handled by itself, failures reported, so that only those come again. */
import createStack from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import { inParallel } from '#core/fan-out.ts';

import { type LambdaHandler, observation, refusalOf } from '../invocation.ts';
import { logger } from '../logger.ts';
import { count } from '../metrics.ts';

/** How a queue's messages are handled. */
export interface Worker<T> {
  /** What a message says. Throws where it cannot be read. */
  readonly read: (body: string) => T;
  /** Messages of the same key are handled one after the other, so that a double sees what its twin did. */
  readonly keyOf: (item: T) => string;
  /** Safe to repeat: the queue delivers at least once. */
  readonly handle: (item: T) => Promise<void>;
}

interface Task<T> {
  readonly messageId: string;
  readonly item: T;
}

/** The handler of a queue. What fails, or cannot be read, comes again until the queue gives it up. */
export function queueHandler<T>(worker: Worker<T>): LambdaHandler<SQSEvent, SQSBatchResponse> {
  const stack = createStack<SQSEvent, SQSBatchResponse>(observation).handler(
    async ({ Records }) => {
      const failed: string[] = [];
      const tasks = Records.flatMap((record) => readTask(worker, record, failed));
      const groups = [...Map.groupBy(tasks, ({ item }) => worker.keyOf(item)).values()];
      await inParallel(groups, groups.length, async (group) => {
        for (const task of group) await handleTask(worker, task, failed);
      });
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    },
  );
  return async (event: SQSEvent, context: Context) => stack(event, context);
}

function readTask<T>(
  { read }: Worker<T>,
  { messageId, body }: SQSRecord,
  failed: string[],
): Task<T>[] {
  try {
    return [{ messageId, item: read(body) }];
  } catch (error) {
    count('PoisonRecords');
    logger.error('unreadable message', { messageId, error: String(error) });
    failed.push(messageId);
    return [];
  }
}

async function handleTask<T>(
  { handle }: Worker<T>,
  { messageId, item }: Task<T>,
  failed: string[],
): Promise<void> {
  try {
    await handle(item);
  } catch (error) {
    refusalOf(error, 'queue');
    failed.push(messageId);
  }
}
