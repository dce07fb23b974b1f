/** The stack under a table's stream: records by what they are about, each group settled by itself, failures reported. */
import createStack from '@middy/core';
import type {
  Context,
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
} from 'aws-lambda';

import { inParallel } from '#core/fan-out.ts';

import { type LambdaHandler, observation, refusalOf } from '../invocation.ts';
import { logger } from '../logger.ts';
import { count } from '../metrics.ts';

/** How a stream's records are settled. */
export interface Consumer<T> {
  /** What a record says; null for one that says nothing. Throws where it cannot be read. */
  readonly read: (record: DynamoDBRecord) => T | null;
  /** Records of the same key are settled together: a room, a member. */
  readonly keyOf: (change: T) => string;
  /** Settles the changes of one key, oldest first. Safe to repeat. */
  readonly settle: (changes: readonly T[]) => Promise<void>;
  readonly maxParallel: number;
}

interface Group<T> {
  readonly changes: T[];
  /** Where a retry has to begin if the group fails. */
  readonly firstSequence: string;
}

/**
 * The handler of a stream. Lambda retries everything from the lowest failed record on, which is harmless
 * because settling is idempotent; a record that cannot be read fails alone and ends in the dead-letter queue.
 */
export function streamHandler<T>(
  consumer: Consumer<T>,
): LambdaHandler<DynamoDBStreamEvent, DynamoDBBatchResponse> {
  const stack = createStack<DynamoDBStreamEvent, DynamoDBBatchResponse>(observation).handler(
    async ({ Records }) => {
      const failed: string[] = [];
      const groups = groupUp(consumer, Records, failed);
      await inParallel([...groups], consumer.maxParallel, async ([key, group]) => {
        try {
          await consumer.settle(group.changes);
        } catch (error) {
          refusalOf(error, 'stream');
          // A dead letter names no key: whoever mends by hand finds it here.
          logger.error('not settled', { key, from: group.firstSequence });
          failed.push(group.firstSequence);
        }
      });
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    },
  );
  return async (event: DynamoDBStreamEvent, context: Context) => stack(event, context);
}

function groupUp<T>(
  consumer: Consumer<T>,
  records: readonly DynamoDBRecord[],
  failed: string[],
): Map<string, Group<T>> {
  const groups = new Map<string, Group<T>>();
  for (const record of records) {
    const sequence = record.dynamodb?.SequenceNumber ?? '';
    try {
      const change = consumer.read(record);
      if (change !== null) addTo(groups, consumer.keyOf(change), { change, sequence });
    } catch (error) {
      count('PoisonRecords');
      const { eventID: eventId, dynamodb } = record;
      logger.error('unreadable record', { eventId, keys: dynamodb?.Keys, error: String(error) });
      failed.push(sequence);
    }
  }
  return groups;
}

function addTo<T>(
  groups: Map<string, Group<T>>,
  key: string,
  { change, sequence }: { change: T; sequence: string },
): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, { changes: [change], firstSequence: sequence });
  else group.changes.push(change);
}

/** A text of a record's key. @throws Error naming what is missing */
export function textKey(record: DynamoDBRecord, name: string): string {
  const value = record.dynamodb?.Keys?.[name]?.S;
  if (value === undefined) throw new Error(`The record has no text key "${name}".`);
  return value;
}

/** A whole number of a record's key. @throws Error naming what is missing */
export function numberKey(record: DynamoDBRecord, name: string): number {
  const value = Number(record.dynamodb?.Keys?.[name]?.N);
  if (!Number.isSafeInteger(value)) throw new Error(`The record has no number key "${name}".`);
  return value;
}
