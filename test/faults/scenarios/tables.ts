/** A running stack's tables, read and written past every handler: what a dead one left, or an older one. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

import type { StoredMessage } from '#core/message.ts';
import type { Member } from '#protocol/ids.ts';

import type { LocalStack } from '../../support/local-stack.ts';

type Item = Record<string, unknown>;

/** The tables by the end of their names; close them when done. */
export interface StackTables {
  put(table: TableName, item: Item): Promise<void>;
  get(table: TableName, key: Item): Promise<Item | undefined>;
  /** All rows of one partition, by its key. */
  all(table: TableName, key: Readonly<Record<string, string>>): Promise<readonly Item[]>;
  /** The last number of a room's log; 0 for an empty one. */
  newestSeq(roomId: string): Promise<number>;
  /** Stores a message as a handler does that dies right after its commit: nobody is told. */
  commit(
    roomId: string,
    message: Partial<StoredMessage> & { seq: number; sender: Member },
  ): Promise<void>;
  close(): void;
}

export type TableName = 'Rooms' | 'Messages' | 'Connections' | 'Profiles';

/** Opens them. */
export function tablesOf({ runtime }: LocalStack): StackTables {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: runtime.databaseEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  const nameOf = (table: TableName) => {
    const found = runtime.assembly.tables.find(({ logicalId }) => logicalId.includes(`/${table}`));
    if (!found) throw new Error(`No table ${table} in the template.`);
    return found.tableName;
  };
  const put: StackTables['put'] = async (table, Item) => {
    await client.send(new PutCommand({ TableName: nameOf(table), Item }));
  };
  const all: StackTables['all'] = async (table, key) => {
    const [[name, value] = ['', '']] = Object.entries(key);
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: nameOf(table),
        ConsistentRead: true,
        KeyConditionExpression: '#name = :value',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':value': value },
      }),
    );
    return Items;
  };
  return {
    put,
    all,
    newestSeq: async (roomId) => Number((await all('Messages', { roomId })).at(-1)?.['seq'] ?? 0),
    get: async (table, Key) =>
      (await client.send(new GetCommand({ TableName: nameOf(table), Key, ConsistentRead: true })))
        .Item,
    commit: (roomId, message) =>
      put('Messages', {
        roomId,
        id: crypto.randomUUID(),
        type: 'text',
        senderName: 'ნინო',
        text: `Number ${message.seq}`,
        at: new Date().toISOString(),
        ...message,
      }),
    close: () => client.destroy(),
  };
}

/** The function that stands behind the stream of messages, by its logical id. */
export function settleFunctionOf({ runtime }: LocalStack): string {
  const mapping = runtime.assembly.streams.find(({ tableId }) => tableId.includes('/Messages'));
  if (!mapping) throw new Error('No function stands behind the stream of messages.');
  return mapping.functionId;
}
