/** A room mended from its log, for what no stream remembers any more. */
import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';

import type { Clients } from './clients.ts';
import { replay, type Replay } from './consumer.ts';
import type { RedrivePlaces } from './places.ts';
import type { EventRecord } from './stream-records.ts';
import { wireOf } from './wire.ts';

/** Which messages: those after a number, all without one. */
export interface RoomPart {
  readonly roomId: string;
  readonly after: number;
}

/** What a mapping hands over at once. */
const BATCH = 100;

/**
 * Hands a room's messages to the function behind their stream as if they had just been stored: pushes, summary,
 * reminders and events follow where they are missing. Events come once more, with the keys they had.
 * @returns how many messages were read, and what became of them
 */
export async function redriveRoom(
  clients: Clients,
  places: RedrivePlaces,
  part: RoomPart,
): Promise<{ messages: number; outcome: Replay }> {
  let messages = 0;
  for await (const items of pagesOf(clients, places, part)) {
    messages += items.length;
    const outcome = await replay(clients.lambda, places.settleFunction, items.flatMap(recordsOf));
    if (!outcome.settled) return { messages, outcome };
  }
  return { messages, outcome: { settled: true } };
}

type Item = Record<string, AttributeValue>;

async function* pagesOf(
  { database }: Clients,
  { messagesTable }: RedrivePlaces,
  { roomId, after }: RoomPart,
): AsyncGenerator<readonly Item[]> {
  let start: Item | undefined;
  do {
    const page = await database.send(
      new QueryCommand({
        TableName: messagesTable,
        ConsistentRead: true,
        KeyConditionExpression: 'roomId = :roomId AND seq > :after',
        ExpressionAttributeValues: { ':roomId': { S: roomId }, ':after': { N: String(after) } },
        Limit: BATCH / 2,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    if (page.Items?.length) yield page.Items;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** The record of its birth, and where it changed since, one of a change to what it is now. */
function recordsOf(item: Item): EventRecord[] {
  const { roomId, seq, at, version } = item;
  const image = wireOf(item);
  const dynamodb = {
    Keys: { roomId, seq },
    NewImage: image,
    SequenceNumber: seq?.N ?? '0',
    ApproximateCreationDateTime: Date.parse(at?.S ?? '') / 1_000,
  };
  const born = { eventName: 'INSERT', dynamodb };
  // From the same to the same: that a change happened is mended, and no event tells of one.
  const changed = { eventName: 'MODIFY', dynamodb: { ...dynamodb, OldImage: image } };
  return version === undefined ? [born] : [born, changed];
}
