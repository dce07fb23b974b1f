/** The records that a dead letter points at, read from their stream once more and written as Lambda writes them. */
import {
  type _Record,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';

import type { DeadLetter } from './dead-letter.ts';
import { wireOf } from './wire.ts';

/** A record as a function gets it. */
export interface EventRecord {
  readonly eventName: string;
  readonly dynamodb: { readonly SequenceNumber: string } & Readonly<Record<string, unknown>>;
  readonly [name: string]: unknown;
}

/** A page may be empty though more follows; behind so many nothing does. */
const MAX_EMPTY_PAGES = 20;

/**
 * Reads a letter's records, oldest first. What its mapping filtered out between them comes along, which
 * the functions leave aside by themselves.
 * @returns undefined where the stream has them no longer: it keeps a day
 * @throws Error where it shows only some of them
 */
export async function recordsOf(
  client: DynamoDBStreamsClient,
  letter: DeadLetter,
): Promise<readonly EventRecord[] | undefined> {
  try {
    const records = await readThrough(client, letter);
    if (records[0]?.dynamodb.SequenceNumber !== letter.first) return undefined;
    if (records.at(-1)?.dynamodb.SequenceNumber === letter.last) return records;
    throw new Error(
      `The stream showed ${records.length} records of ${letter.first}–${letter.last}, not all: try again.`,
    );
  } catch (error) {
    const isGone =
      error instanceof TrimmedDataAccessException || error instanceof ResourceNotFoundException;
    if (isGone) return undefined;
    throw error;
  }
}

async function readThrough(
  client: DynamoDBStreamsClient,
  { streamArn: StreamArn, shardId: ShardId, first, last }: DeadLetter,
): Promise<EventRecord[]> {
  const place = { StreamArn, ShardId, SequenceNumber: first };
  const found: EventRecord[] = [];
  let emptyPages = 0;
  let { ShardIterator: iterator } = await client.send(
    new GetShardIteratorCommand({ ...place, ShardIteratorType: 'AT_SEQUENCE_NUMBER' }),
  );
  while (iterator !== undefined) {
    const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
    const records = (page.Records ?? []).map((record) => eventRecordOf(record, StreamArn));
    for (const record of records) {
      if (BigInt(record.dynamodb.SequenceNumber) > BigInt(last)) return found;
      found.push(record);
    }
    emptyPages = records.length === 0 ? emptyPages + 1 : 0;
    const isWhole = found.at(-1)?.dynamodb.SequenceNumber === last;
    if (isWhole || emptyPages > MAX_EMPTY_PAGES) return found;
    iterator = page.NextShardIterator;
  }
  return found;
}

function eventRecordOf({ dynamodb = {}, ...record }: _Record, eventSourceARN: string): EventRecord {
  const { ApproximateCreationDateTime: at, SequenceNumber = '0', ...rest } = dynamodb;
  const { Keys, NewImage, OldImage, ...plain } = rest;
  const images = { Keys, NewImage, OldImage };
  return {
    ...record,
    eventName: record.eventName ?? '',
    eventSourceARN,
    dynamodb: {
      ...plain,
      ...Object.fromEntries(
        Object.entries(images).flatMap(([name, image]) => (image ? [[name, wireOf(image)]] : [])),
      ),
      SequenceNumber,
      ApproximateCreationDateTime: (at?.getTime() ?? 0) / 1_000,
    },
  };
}
