/** A stream mapping at work: reads its table's stream, filters, batches, delivers, and remembers how far it came. */
import { setTimeout as sleep } from 'node:timers/promises';

import { jsonOf, listOf, textOf, type Json } from '../json.ts';
import type { Invoke, StreamMappingModel, TableModel } from '../model.ts';
import type { DynamodbApi } from '../database/dynamodb-api.ts';
import { streamArnOf } from '../database/tables.ts';
import type { Checkpoints } from './checkpoints.ts';
import { deliver, type DeliveryOptions, type StreamRecord } from './delivery.ts';
import { passesFilters } from './filter.ts';

/** What a poller works with. */
export interface StreamPollerOptions {
  readonly mapping: StreamMappingModel;
  readonly table: TableModel;
  readonly api: DynamodbApi;
  readonly invoke: Invoke;
  readonly checkpoints: Checkpoints;
  readonly sendToDeadLetters: (message: unknown) => void;
  /** Whether a removal was DynamoDB's own, by TTL. */
  readonly wasSwept: (tableName: string, keys: unknown) => boolean;
  readonly onError: (error: unknown) => void;
  readonly pollEveryMs?: number;
  readonly backoffMs?: number;
}

/** A running poller. */
export interface StreamPoller {
  /** Stops reading; a batch under way is delivered again by the next start. */
  stop(): Promise<void>;
}

/** Lambda polls a shard four times a second. */
const DEFAULT_POLL_MS = 250;
const DEFAULT_BACKOFF_MS = 200;
/** After trouble with the engine. */
const RECOVER_MS = 1_000;

/** Starts reading. Trouble with the engine is reported and tried again; nothing is skipped. */
export function startStreamPoller(options: StreamPollerOptions): StreamPoller {
  const stop = new AbortController();
  const running = keepReading(options, stop.signal);
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}

async function keepReading(options: StreamPollerOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await readStream(options, signal);
    } catch (error) {
      if (isAborted(signal)) return;
      options.onError(error);
      await sleep(RECOVER_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** A function, because the compiler takes a signal's state for constant. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function readStream(options: StreamPollerOptions, signal: AbortSignal): Promise<void> {
  const arn = await streamArnOf(options.api, options.table.tableName);
  const shards = await shardsOf(options.api, arn);
  await Promise.all(shards.map((shardId) => new Shard(options, { arn, shardId, signal }).readOn()));
  // Every shard is closed: a real engine has opened new ones meanwhile.
  await sleep(options.pollEveryMs ?? DEFAULT_POLL_MS, undefined, { signal });
}

async function shardsOf(api: DynamodbApi, arn: string): Promise<readonly string[]> {
  const { StreamDescription } = await api.stream('DescribeStream', { StreamArn: arn });
  return listOf(jsonOf(StreamDescription)['Shards']).map((it) => textOf(jsonOf(it)['ShardId']));
}

interface Place {
  readonly arn: string;
  readonly shardId: string;
  readonly signal: AbortSignal;
}

/** One shard's reader. */
class Shard {
  readonly #options: StreamPollerOptions;
  readonly #place: Place;
  readonly #delivery: DeliveryOptions;
  /** Read and not delivered yet, at most a batch and a page. */
  #pending: StreamRecord[] = [];
  #pendingSince = 0;
  /** The last record read, also one that no filter let through. */
  #lastRead: string | undefined;

  constructor(options: StreamPollerOptions, place: Place) {
    this.#options = options;
    this.#place = place;
    this.#delivery = {
      mapping: options.mapping,
      invoke: options.invoke,
      sendToDeadLetters: options.sendToDeadLetters,
      backoffMs: options.backoffMs ?? DEFAULT_BACKOFF_MS,
      signal: place.signal,
    };
  }

  async readOn(): Promise<void> {
    const { api, mapping, pollEveryMs = DEFAULT_POLL_MS } = this.#options;
    let iterator = await this.#firstIterator();
    while (iterator !== '') {
      const page = await api.stream('GetRecords', {
        ShardIterator: iterator,
        Limit: mapping.batchSize,
      });
      const records = listOf(page['Records']).map(jsonOf);
      for (const record of records) this.#take(record);
      await this.#flush();
      iterator = textOf(page['NextShardIterator']);
      if (records.length === 0) await sleep(pollEveryMs, undefined, { signal: this.#place.signal });
      this.#place.signal.throwIfAborted();
    }
  }

  async #firstIterator(): Promise<string> {
    const { api, mapping, checkpoints } = this.#options;
    const { arn: StreamArn, shardId: ShardId } = this.#place;
    const mark = checkpoints.get(mapping.logicalId, ShardId);
    const start =
      mark === undefined
        ? { ShardIteratorType: mapping.startAt }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: mark };
    const answer = await api.stream('GetShardIterator', { StreamArn, ShardId, ...start });
    return textOf(answer['ShardIterator']);
  }

  #take(raw: Json): void {
    const record = this.#recordOf(raw);
    this.#lastRead = record.dynamodb.SequenceNumber;
    if (!passesFilters(record, this.#options.mapping.filters)) return;
    if (this.#pending.length === 0) this.#pendingSince = Date.now();
    this.#pending.push(record);
  }

  #recordOf(raw: Json): StreamRecord {
    const { table, wasSwept } = this.#options;
    const dynamodb = jsonOf(raw['dynamodb']);
    const byService =
      raw['eventName'] === 'REMOVE' && wasSwept(table.tableName, dynamodb['Keys'])
        ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }
        : {};
    return {
      ...raw,
      ...byService,
      eventName: textOf(raw['eventName']),
      eventSourceARN: this.#place.arn,
      dynamodb: { ...dynamodb, SequenceNumber: textOf(dynamodb['SequenceNumber']) },
    };
  }

  /** Delivers what fills a batch or has waited for its window. */
  async #flush(): Promise<void> {
    const { batchSize, batchWindowMs } = this.#options.mapping;
    while (this.#pending.length > 0) {
      const isDue = Date.now() - this.#pendingSince >= batchWindowMs;
      if (this.#pending.length < batchSize && !isDue) return;
      const batch = this.#pending.slice(0, batchSize);
      await deliver(this.#delivery, batch);
      this.#pending = this.#pending.slice(batch.length);
      this.#checkpoint(batch.at(-1)?.dynamodb.SequenceNumber);
    }
    this.#checkpoint(this.#lastRead);
  }

  #checkpoint(sequenceNumber: string | undefined): void {
    const { checkpoints, mapping } = this.#options;
    const { shardId } = this.#place;
    if (sequenceNumber === undefined) return;
    if (checkpoints.get(mapping.logicalId, shardId) === sequenceNumber) return;
    checkpoints.set(mapping.logicalId, shardId, sequenceNumber);
  }
}
