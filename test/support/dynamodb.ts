/** A real DynamoDB engine in memory with Parley's four tables, for tests of the store. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb';

import { ROOM_INDEXES, TABLE_KEYS, type Tables } from '#store/keys.ts';

/** A running engine: how to reach it, and how to end it. */
export interface Engine {
  readonly client: DynamoDBClientConfig;
  readonly tables: Tables;
  stop: () => Promise<void>;
}

const BINARY = fileURLToPath(
  new URL('../../node_modules/@dynoxide/linux-x64/dynoxide', import.meta.url),
);
const TABLES: Tables = {
  rooms: 'Rooms',
  messages: 'Messages',
  connections: 'Connections',
  profiles: 'Profiles',
};

/** Starts an engine on a free port and creates the tables. */
export async function startEngine(): Promise<Engine> {
  const port = await freePort();
  const child = spawn(BINARY, ['--port', String(port)], { stdio: 'ignore' });
  const client: DynamoDBClientConfig = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  await createTables(client);
  return { client, tables: TABLES, stop: () => stop(child) };
}

async function createTables(config: DynamoDBClientConfig): Promise<void> {
  const client = new DynamoDBClient({ ...config, maxAttempts: 50, retryMode: 'standard' });
  for (const input of tableRequests()) {
    await retrying(() => client.send(new CreateTableCommand(input)));
  }
  client.destroy();
}

function tableRequests(): CreateTableCommandInput[] {
  const type = (name: string) => (name === 'seq' ? 'N' : 'S');
  const schema = ([hash, range]: readonly [string, string]) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  return (['rooms', 'messages', 'connections', 'profiles'] as const).map((table) => {
    const indexes = table === 'rooms' ? Object.entries(ROOM_INDEXES) : [];
    const names = new Set([...TABLE_KEYS[table], ...indexes.flatMap(([, keys]) => keys)]);
    return {
      TableName: TABLES[table],
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: schema(TABLE_KEYS[table]),
      AttributeDefinitions: [...names].map((AttributeName) => ({
        AttributeName,
        AttributeType: type(AttributeName),
      })),
      ...(indexes.length === 0
        ? {}
        : {
            GlobalSecondaryIndexes: indexes.map(([IndexName, keys]) => ({
              IndexName,
              KeySchema: schema(keys),
              Projection: { ProjectionType: 'KEYS_ONLY' as const },
            })),
          }),
    };
  });
}

/** The engine needs a moment before it listens. */
async function retrying<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port to listen on.');
  return address.port;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}
