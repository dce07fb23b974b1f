/** The message log: one item per message, numbered without a gap. */
import type { PutCommandInput, QueryCommandInput } from '@aws-sdk/lib-dynamodb';

import type { ChangePorts } from '#core/changes/change.ts';
import type { HistoryPorts, PageRange } from '#core/history.ts';
import type { StoredMessage } from '#core/message.ts';
import type { MessageRange, SendPorts } from '#core/send.ts';

import type { Tables } from './keys.ts';
import { asStored, type Database } from './table.ts';

/** Everything the domain asks of `Messages`. */
export type MessageStore = SendPorts['messages'] &
  HistoryPorts['messages'] &
  ChangePorts['messages'];

/** More than a sender may be behind; a longer range is read in pieces by whoever asks on. */
const MAX_RANGE = 1_000;

/** The `Messages` table as the domain uses it. */
export function messageStore(db: Database): MessageStore {
  const { tables } = db;
  const read = async (request: QueryCommandInput | null, max: number) =>
    request === null ? [] : (await db.query(request, max)).map(asStored<StoredMessage>);
  return {
    put: (message) => db.put(putMessageRequest(tables, message)),
    replace: (message) => db.put(replaceMessageRequest(tables, message)),
    listRange: (range) => read(rangeRequest(tables, range), MAX_RANGE),
    listPage: async (range) => {
      const page = await read(pageRequest(tables, range), range.limit);
      return range.from === 'newest' ? page.toReversed() : page;
    },
    newestSeq: async (roomId) => {
      const [newest] = await read(pageRequest(tables, { roomId, limit: 1, from: 'newest' }), 1);
      return newest?.seq ?? 0;
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

/** A message's next version, where the last one is still stored. */
export function replaceMessageRequest(
  { messages }: Tables,
  message: StoredMessage,
): PutCommandInput {
  const last = (message.version ?? 0) - 1;
  const condition = last > 0 ? '#version = :last' : 'attribute_not_exists(#version)';
  return {
    TableName: messages,
    Item: message,
    ConditionExpression: `attribute_exists(roomId) AND ${condition}`,
    ExpressionAttributeNames: { '#version': 'version' },
    ...(last > 0 ? { ExpressionAttributeValues: { ':last': last } } : {}),
  };
}

/** Messages after a seq, ascending, through another where one is named; null where none can be. */
export function rangeRequest(
  tables: Tables,
  { roomId, after, through }: MessageRange,
): QueryCommandInput | null {
  return between(tables, { roomId, first: after + 1, last: through ?? Number.MAX_SAFE_INTEGER });
}

/** Messages between two seqs, from either end; null where none can be. */
export function pageRequest(
  tables: Tables,
  { roomId, after, before, from }: PageRange,
): QueryCommandInput | null {
  const last = before === undefined ? Number.MAX_SAFE_INTEGER : before - 1;
  const request = between(tables, { roomId, first: (after ?? 0) + 1, last });
  return request && { ...request, ScanIndexForward: from === 'oldest' };
}

function between(
  { messages }: Tables,
  { roomId, first, last }: { roomId: string; first: number; last: number },
): QueryCommandInput | null {
  // The database refuses bounds in the wrong order.
  if (first > last) return null;
  return {
    TableName: messages,
    ConsistentRead: true,
    KeyConditionExpression: 'roomId = :roomId AND seq BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':roomId': roomId, ':first': first, ':last': last },
  };
}
