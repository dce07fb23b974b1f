/** What each function may do, and nothing more: the least-privilege table from which its role is made. */
import type { HandlerName } from './bundle.ts';
import type { IndexName, TableName } from './data-stack.ts';

/** An action on a table's items. */
export type TableAction =
  | 'BatchGetItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

/** A call of the socket's connections API: POST pushes, DELETE closes. */
export type ConnectionCall = 'POST' | 'DELETE';

/** The rights of one function. */
export interface Rights {
  readonly tables: Partial<Record<TableName, readonly TableAction[]>>;
  /** The room lists it may query. */
  readonly lists: readonly IndexName[];
  readonly connections: readonly ConnectionCall[];
}

/** Reading connections, forgetting those that are gone. */
const PUSHING = { connections: ['Query', 'DeleteItem'] } as const;

/** Every function's rights. */
export const RIGHTS: Readonly<Record<HandlerName, Rights>> = {
  'socket/authorizer': { tables: { profiles: ['GetItem'] }, lists: [], connections: [] },
  'socket/connect': {
    tables: {
      connections: ['Query', 'PutItem', 'DeleteItem'],
      profiles: ['GetItem', 'UpdateItem'],
    },
    lists: [],
    connections: ['DELETE'],
  },
  'socket/disconnect': {
    tables: { connections: ['DeleteItem'] },
    lists: [],
    connections: [],
  },
  'socket/frame': {
    tables: {
      rooms: ['GetItem', 'UpdateItem'],
      messages: ['GetItem', 'PutItem', 'Query'],
      connections: ['Query', 'UpdateItem', 'DeleteItem'],
      profiles: ['GetItem'],
    },
    lists: [],
    connections: ['POST', 'DELETE'],
  },
  'http/rooms': {
    tables: {
      rooms: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
      connections: ['Query'],
      profiles: ['GetItem', 'BatchGetItem', 'UpdateItem'],
    },
    lists: ['byVendor', 'byCustomer', 'byLane'],
    connections: [],
  },
  'http/messages': {
    tables: {
      rooms: ['GetItem', 'UpdateItem'],
      messages: ['GetItem', 'PutItem', 'Query'],
      profiles: ['GetItem'],
      ...PUSHING,
    },
    lists: [],
    connections: ['POST', 'DELETE'],
  },
  'http/public': { tables: {}, lists: [], connections: [] },
  'stream/messages': {
    tables: { rooms: ['GetItem', 'UpdateItem'], messages: ['Query'], ...PUSHING },
    lists: [],
    connections: ['POST', 'DELETE'],
  },
  'stream/connections': {
    tables: {
      rooms: ['GetItem', 'BatchGetItem'],
      profiles: ['GetItem', 'UpdateItem'],
      ...PUSHING,
    },
    lists: ['byVendor', 'byCustomer'],
    connections: ['POST', 'DELETE'],
  },
};
