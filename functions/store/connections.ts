/** Live sockets, by member. */
import type {
  DeleteCommandInput,
  GetCommandInput,
  QueryCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';

import type { ConnectPorts, KeepAlivePorts } from '#core/connections.ts';
import type { Connection } from '#core/fan-out.ts';
import type { Member } from '#protocol/ids.ts';

import type { Tables } from './keys.ts';
import { asStored, type Database } from './table.ts';
import { UpdateBuilder } from './update.ts';

/** Everything the domain asks of `Connections`. */
export type ConnectionStore = ConnectPorts['connections'] & KeepAlivePorts['connections'];

/** Fifty people of a shop with ten devices each. */
const MAX_CONNECTIONS = 500;

type ConnectionKey = Pick<Connection, 'member' | 'connectionId'>;

/** The `Connections` table as the domain uses it. */
export function connectionStore(db: Database): ConnectionStore {
  const { tables } = db;
  return {
    list: async (member, { consistent }) => {
      const request = listConnectionsRequest(tables, member, consistent);
      return (await db.query(request, MAX_CONNECTIONS)).map(asStored<Connection>);
    },
    get: async (key, { consistent }) => {
      const item = await db.get(getConnectionRequest(tables, key, consistent));
      return item === null ? null : asStored<Connection>(item);
    },
    put: async (connection) => {
      await db.put({ TableName: tables.connections, Item: connection });
    },
    extend: (connection, expiresAt) => db.update(extendRequest(tables, connection, expiresAt)),
    remove: async (connection) => {
      await db.remove(removeConnectionRequest(tables, connection));
    },
  };
}

/** All rows of a member, expired ones too. */
export function listConnectionsRequest(
  { connections }: Tables,
  member: Member,
  consistent: boolean,
): QueryCommandInput {
  return {
    TableName: connections,
    ConsistentRead: consistent,
    KeyConditionExpression: '#member = :member',
    ExpressionAttributeNames: { '#member': 'member' },
    ExpressionAttributeValues: { ':member': member },
  };
}

/** Reads one row, expired or not. */
export function getConnectionRequest(
  { connections }: Tables,
  { member, connectionId }: ConnectionKey,
  consistent: boolean,
): GetCommandInput {
  return {
    TableName: connections,
    Key: { member, connectionId },
    ConsistentRead: consistent,
  };
}

/** Moves a row's expiry; a row that was removed stays removed. */
export function extendRequest(
  { connections }: Tables,
  { member, connectionId }: ConnectionKey,
  expiresAt: number,
): UpdateCommandInput {
  const update = new UpdateBuilder();
  update.expect('attribute_exists(#path)', ['connectionId']);
  update.set(['expiresAt'], expiresAt);
  return { TableName: connections, Key: { member, connectionId }, ...update.build() };
}

/** Removes a row, if it is there. */
export function removeConnectionRequest(
  { connections }: Tables,
  { member, connectionId }: ConnectionKey,
): DeleteCommandInput {
  return { TableName: connections, Key: { member, connectionId } };
}
