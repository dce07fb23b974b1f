/** The message log: one item per message, numbered without a gap. */
import type { PutCommandInput, QueryCommandInput } from '@aws-sdk/lib-dynamodb';

import type { HistoryPorts, PageRange } from '#core/history.ts';
import type { StoredMessage } from '#core/message.ts';
import type { MessageRange, SendPorts } from '#core/send.ts';

import type { Tables } from './keys.ts';
import { asStored, type Database } from './table.ts';

/** Everything the domain asks of `Messages`. */
export type MessageStore = SendPorts['messages'] & HistoryPorts['messages'];

/** More than a sender may be behind; a longer range is read in pieces by whoever asks on. */
const MAX_RANGE = 1_000;

/** The `Messages` table as the domain uses it. */
export function messageStore(db: Database): MessageStore {
  const { tables } = db;
  return {
    put: async (message) => (await db.put(putMessageRequest(tables, message))) === null,
    listRange: async (range) =>
      (await db.query(rangeRequest(tables, range), MAX_RANGE)).map(asStored<StoredMessage>),
    listPage: async (range) => {
      const items = await db.query(pageRequest(tables, range), range.limit);
      return range.from === 'newest'
        ? items.map(asStored<StoredMessage>).toReversed()
        : items.map(asStored<StoredMessage>);
    },
    newestSeq: async (roomId) => {
      const range: PageRange = { roomId, limit: 1, from: 'newest' };
      const [newest] = await db.query(pageRequest(tables, range), 1);
      return newest === undefined ? 0 : asStored<StoredMessage>(newest).seq;
    },
  };
}

/** The commit: stores a message where none is. */
export function putMessageRequest({ messages }: Tables, message: StoredMessage): PutCommandInput {
  return {
    TableName: messages,
    Item: message,
    ConditionExpression: 'attribute_not_exists(roomId)',
  };
}

/** Messages after a seq, ascending, through another where one is named. */
export function rangeRequest(
  tables: Tables,
  { roomId, after, through }: MessageRange,
): QueryCommandInput {
  return between(tables, { roomId, first: after + 1, last: through ?? Number.MAX_SAFE_INTEGER });
}

/** Messages between two seqs, from either end. */
export function pageRequest(
  tables: Tables,
  { roomId, after, before, from }: PageRange,
): QueryCommandInput {
  const last = before === undefined ? Number.MAX_SAFE_INTEGER : before - 1;
  const request = between(tables, { roomId, first: (after ?? 0) + 1, last });
  return { ...request, ScanIndexForward: from === 'oldest' };
}

function between(
  { messages }: Tables,
  { roomId, first, last }: { roomId: string; first: number; last: number },
): QueryCommandInput {
  return {
    TableName: messages,
    ConsistentRead: true,
    KeyConditionExpression: 'roomId = :roomId AND seq BETWEEN :first AND :last',
    // BETWEEN refuses bounds in the wrong order; before 1 there is nothing either way.
    ExpressionAttributeValues: {
      ':roomId': roomId,
      ':first': Math.min(first, last),
      ':last': last,
    },
  };
}
