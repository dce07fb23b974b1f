/** A stream mapping at work: reads its table's stream, filters, batches, delivers, and remembers how far it came. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { sha256 } from '../aws/signature.ts';
import { jsonOf, listOf, textOf, type Json } from '../json.ts';
import type { Invoke, StreamMappingModel, TableModel } from '../model.ts';
import type { DynamodbApi } from '../database/dynamodb-api.ts';
import { streamArnOf } from '../database/tables.ts';
import { UNDOCUMENTED, type Undocumented } from '../undocumented.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { StreamRecord } from './delivery.ts';
import { passesFilters } from './filter.ts';
import { Lane } from './lane.ts';
import { createTrail, type Trail } from './trail.ts';

/** What a poller works with. */
export interface StreamPollerOptions {
  readonly mapping: StreamMappingModel;
  readonly functionArn: string;
  readonly table: TableModel;
  readonly api: DynamodbApi;
  readonly invoke: Invoke;
  readonly checkpoints: Checkpoints;
  readonly sendToDeadLetters: (message: unknown) => void;
  /** Whether a removal was DynamoDB's own, by TTL. */
  readonly wasSwept: (tableName: string, keys: unknown) => boolean;
  readonly onError: (error: unknown) => void;
  readonly pollEveryMs?: number;
  readonly undocumented?: Undocumented;
}

/** A running poller. */
export interface StreamPoller {
  /** Stops reading; a batch under way is delivered again by the next start. */
  stop(): Promise<void>;
}

/** Lambda polls a shard four times a second. */
const DEFAULT_POLL_MS = 250;
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
  /** Batches in work at once, each key always in the same one. */
  readonly #lanes: readonly Lane[];
  readonly #trail: Trail = createTrail();

  constructor(options: StreamPollerOptions, place: Place) {
    const { undocumented = UNDOCUMENTED } = options;
    const delivery = { ...options, ...place, undocumented };
    this.#options = options;
    this.#place = place;
    this.#lanes = Array.from(
      { length: options.mapping.readersPerShard },
      () => new Lane(delivery, (batch) => this.#settle(batch)),
    );
  }

  async readOn(): Promise<void> {
    try {
      await this.#read();
    } finally {
      // What nobody has begun is read again from the checkpoint; what is in work comes to its end.
      await Promise.allSettled(this.#lanes.map((lane) => lane.settled()));
    }
  }

  async #read(): Promise<void> {
    const { api, mapping, pollEveryMs = DEFAULT_POLL_MS } = this.#options;
    const { signal } = this.#place;
    let iterator = await this.#firstIterator();
    while (iterator !== '') {
      const page = await api.stream('GetRecords', {
        ShardIterator: iterator,
        Limit: mapping.batchSize,
      });
      const records = listOf(page['Records']).map(jsonOf);
      for (const record of records) this.#take(record);
      this.#checkpoint();
      // A lane that is behind makes the shard wait: nothing piles up here.
      await Promise.all(this.#lanes.map((lane) => lane.flush()));
      iterator = textOf(page['NextShardIterator']);
      if (records.length === 0) await sleep(pollEveryMs, undefined, { signal });
      signal.throwIfAborted();
    }
    // The end of a shard: what still gathers in a window has nothing to wait for.
    await Promise.all(this.#lanes.map((lane) => lane.finish()));
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
    this.#trail.read(record.dynamodb.SequenceNumber);
    const isWanted = !changesNothing(raw) && passesFilters(record, this.#options.mapping.filters);
    if (isWanted) this.#laneOf(record)?.add(record);
    else this.#trail.settle([record.dynamodb.SequenceNumber]);
  }

  #settle(batch: readonly StreamRecord[]): void {
    this.#trail.settle(batch.map(({ dynamodb }) => dynamodb.SequenceNumber));
    this.#checkpoint();
  }

  #checkpoint(): void {
    const { checkpoints, mapping } = this.#options;
    const passed = this.#trail.takePassed();
    if (passed !== undefined) checkpoints.set(mapping.logicalId, this.#place.shardId, passed);
  }

  #laneOf({ dynamodb }: StreamRecord): Lane | undefined {
    const schema = listOf(this.#options.table.createRequest['KeySchema']).map(jsonOf);
    const name = textOf(schema.find(({ KeyType }) => KeyType === 'HASH')?.['AttributeName']);
    const digest = sha256(JSON.stringify(jsonOf(dynamodb.Keys)[name] ?? null));
    return this.#lanes[Number.parseInt(digest.slice(0, 8), 16) % this.#lanes.length];
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
}

/** DynamoDB writes no record of a write that leaves an item as it was; the local engine does. */
function changesNothing({ eventName, dynamodb }: Json): boolean {
  const { OldImage, NewImage } = jsonOf(dynamodb);
  return eventName === 'MODIFY' && OldImage !== undefined && isDeepStrictEqual(OldImage, NewImage);
}
