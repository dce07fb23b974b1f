/** What each function may do, and nothing more: the least-privilege table from which its role is made. */
import type { Prefix } from './attachments.ts';
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

/** An action on files. Reading headers is getting; copying is getting here and putting there. */
export type ObjectAction = 'DeleteObject' | 'GetObject' | 'PutObject';

/** A call of the socket's connections API: POST pushes, DELETE closes. */
export type ConnectionCall = 'POST' | 'DELETE';

/** The rights of one function. */
export interface Rights {
  readonly tables: Readonly<Record<TableName, readonly TableAction[]>>;
  /** The room lists it may query. */
  readonly lists: readonly IndexName[];
  readonly objects: Readonly<Record<Prefix, readonly ObjectAction[]>>;
  readonly connections: readonly ConnectionCall[];
}

const NO_RIGHTS: Rights = {
  tables: { rooms: [], messages: [], connections: [], profiles: [] },
  lists: [],
  objects: { pending: [], rooms: [] },
  connections: [],
};

/** Whoever stores messages moves what they carry, and deletes it with them. */
const ATTACHING: Rights['objects'] = {
  pending: ['GetObject'],
  rooms: ['GetObject', 'PutObject', 'DeleteObject'],
};

/** Every function's rights. */
export const RIGHTS: Readonly<Record<HandlerName, Rights>> = {
  'socket/authorizer': NO_RIGHTS,
  'socket/connect': {
    ...rights({
      connections: ['Query', 'PutItem', 'DeleteItem'],
      profiles: ['GetItem', 'UpdateItem'],
    }),
    // The user's oldest connection gives way to one too many.
    connections: ['DELETE'],
  },
  'socket/disconnect': rights({ connections: ['DeleteItem'] }),
  'socket/frame': {
    ...rights({
      rooms: ['GetItem', 'UpdateItem'],
      messages: ['PutItem', 'Query'],
      connections: ['GetItem', 'Query', 'UpdateItem', 'DeleteItem'],
      profiles: ['GetItem', 'PutItem'],
    }),
    objects: ATTACHING,
    connections: ['POST', 'DELETE'],
  },
  'http/rooms': {
    ...rights({
      rooms: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      messages: ['PutItem', 'Query'],
      connections: ['Query', 'DeleteItem'],
      profiles: ['GetItem', 'PutItem'],
    }),
    lists: ['byVendor', 'byCustomer', 'byLane'],
    connections: ['POST', 'DELETE'],
  },
  'http/messages': {
    ...rights({
      rooms: ['GetItem', 'UpdateItem'],
      messages: ['PutItem', 'Query'],
      connections: ['Query', 'DeleteItem'],
      profiles: ['GetItem', 'PutItem'],
    }),
    objects: ATTACHING,
    connections: ['POST', 'DELETE'],
  },
  'http/attachments': {
    ...rights({ rooms: ['GetItem'], profiles: ['GetItem', 'PutItem'] }),
    // An address is worth what its signer may do.
    objects: { pending: ['PutObject'], rooms: ['GetObject'] },
  },
  'http/vendors': rights({ profiles: ['GetItem', 'PutItem', 'UpdateItem'] }),
  'http/admin': {
    // Whether somebody is suspended is asked before whether they are an admin.
    ...rights({ connections: ['Query', 'DeleteItem'], profiles: ['GetItem', 'PutItem'] }),
    // Whoever is suspended is not connected any more.
    connections: ['DELETE'],
  },
  'http/public': rights({ profiles: ['GetItem'] }),
  'stream/messages': {
    ...rights({
      rooms: ['GetItem', 'UpdateItem'],
      // The away message is a message like any other.
      messages: ['PutItem', 'Query'],
      connections: ['Query', 'DeleteItem'],
      profiles: ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
    }),
    objects: { pending: [], rooms: ['DeleteObject'] },
    connections: ['POST', 'DELETE'],
  },
  'stream/connections': {
    ...rights({
      rooms: ['BatchGetItem'],
      connections: ['Query', 'DeleteItem'],
      profiles: ['GetItem', 'PutItem'],
    }),
    lists: ['byVendor', 'byCustomer'],
    connections: ['POST', 'DELETE'],
  },
  // Queue and bus are in `reminders.ts`.
  'stream/reminders': rights({
    rooms: ['GetItem'],
    messages: ['Query'],
    connections: ['Query'],
    profiles: ['GetItem', 'PutItem'],
  }),
};

function rights(tables: Partial<Rights['tables']>): Rights {
  return { ...NO_RIGHTS, tables: { ...NO_RIGHTS.tables, ...tables } };
}
