/** One batch on its way to its function: partial failures, bisecting, bounded retries, and the dead-letter queue at the end. */
import { setTimeout as sleep } from 'node:timers/promises';

import { isJson, jsonOf, listOf, numberOf, textOf } from '../json.ts';
import type { Invoke, InvokeResult, StreamMappingModel } from '../model.ts';
import type { Undocumented } from '../undocumented.ts';

/** A record as the function gets it. */
export interface StreamRecord {
  readonly eventName: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly Keys?: unknown;
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime?: unknown;
  };
}

/** What a delivery needs. */
export interface DeliveryOptions {
  readonly mapping: StreamMappingModel;
  /** For the letters that say which function failed on which shard. */
  readonly functionArn: string;
  readonly shardId: string;
  readonly invoke: Invoke;
  /** Takes what failed for good. */
  readonly sendToDeadLetters: (message: unknown) => void;
  readonly undocumented: Undocumented;
  readonly signal: AbortSignal;
}

const MAX_BACKOFF_MS = 10_000;

/**
 * Delivers a batch: returns when every record of it is settled or in the dead-letter queue.
 * @throws AbortError when the runtime stops first
 */
export async function deliver(
  options: DeliveryOptions,
  batch: readonly StreamRecord[],
  attempt = 0,
): Promise<void> {
  const result = await options.invoke(options.mapping.functionId, { Records: batch });
  options.signal.throwIfAborted();
  const failedAt = firstFailure(options.mapping, batch, result);
  if (failedAt === undefined) return;
  const rest = batch.slice(failedAt);
  const { maxRetries, bisectOnError } = options.mapping;
  // A split does not count as a retry, and narrows the trouble down to the record that makes it.
  const isBisected = !result.ok || options.undocumented.bisectsAtFirstRecord;
  if (bisectOnError && isBisected && failedAt === 0 && rest.length > 1) {
    const middle = Math.ceil(rest.length / 2);
    await pause(options, attempt);
    await deliver(options, rest.slice(0, middle), attempt);
    return deliver(options, rest.slice(middle), attempt);
  }
  if (maxRetries !== undefined && attempt >= maxRetries) {
    return options.sendToDeadLetters(deadLetter(options, rest, { attempt, result }));
  }
  await pause(options, attempt);
  return deliver(options, rest, attempt + 1);
}

/** Where a batch failed: everything from the lowest failed record on comes again. */
function firstFailure(
  mapping: StreamMappingModel,
  batch: readonly StreamRecord[],
  result: InvokeResult,
): number | undefined {
  if (!result.ok) return 0;
  if (!mapping.reportsItemFailures) return undefined;
  const failures = jsonOf(result.payload)['batchItemFailures'];
  const places = listOf(failures).map((failure) => {
    const id = isJson(failure) ? textOf(failure['itemIdentifier']) : '';
    return batch.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === id);
  });
  if (places.length === 0) return undefined;
  // Lambda takes an unknown identifier for a failure of the whole batch.
  return Math.max(0, Math.min(...places));
}

async function pause({ undocumented, signal }: DeliveryOptions, attempt: number): Promise<void> {
  const delayMs = Math.min(undocumented.streamBackoffMs * 2 ** attempt, MAX_BACKOFF_MS);
  await sleep(delayMs, undefined, { signal });
}

/** Lambda's own message: where the records are, not the records. */
function deadLetter(
  { functionArn, shardId }: DeliveryOptions,
  batch: readonly StreamRecord[],
  { attempt, result }: { readonly attempt: number; readonly result: InvokeResult },
): unknown {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      functionArn,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: attempt + 1,
    },
    responseContext: result.ok
      ? { statusCode: 200, executedVersion: '$LATEST' }
      : { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: batch[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: batch.at(-1)?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrivalOf(batch[0]),
      approximateArrivalOfLastRecord: arrivalOf(batch.at(-1)),
      batchSize: batch.length,
      streamArn: batch[0]?.eventSourceARN,
    },
  };
}

function arrivalOf(record: StreamRecord | undefined): string {
  return new Date(numberOf(record?.dynamodb.ApproximateCreationDateTime, 0) * 1_000).toISOString();
}
