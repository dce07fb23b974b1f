/** The gate before the real engine, called by the real SDK. */
import {
  BatchGetItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createDatabaseGate, rightsOf } from '../../../lib/local/database/gate.ts';
import { startEngine } from '../../../lib/local/database/engine.ts';
import { ACCESS, clientOptions, listen, refusalOf } from '../fixtures/services.ts';

const stack = new AsyncDisposableStack();
let url: string;
/** What the guard was asked: whose key, and for what. */
const asked: string[] = [];

beforeAll(async () => {
  const engine = await startEngine({ dataFolder: undefined, endpoint: undefined });
  stack.defer(() => engine.stop());
  const gate = createDatabaseGate(
    { ...ACCESS, endpoint: engine.endpoint, region: 'us-east-1' },
    (key, rights) => {
      asked.push(...rights.map(({ action, resource }) => `${key} ${action} ${resource}`));
      return key === 'local.stranger' ? 'No policy allows it.' : undefined;
    },
  );
  stack.defer(() => gate.close());
  const service = await listen(gate);
  stack.defer(() => service.stop());
  url = `${service.url}/local/dynamodb`;
  await clientOf('local').send(
    new CreateTableCommand({
      TableName: 'Rooms',
      KeySchema: [{ AttributeName: 'roomId', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'roomId', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
});
afterAll(() => stack.disposeAsync());

function clientOf(accessKeyId: string, secretAccessKey = ACCESS.secretAccessKey): DynamoDBClient {
  return new DynamoDBClient(clientOptions(url, { accessKeyId, secretAccessKey }));
}

const Key = { roomId: { S: 'a' } };
const get = (client: DynamoDBClient) =>
  client.send(new GetItemCommand({ TableName: 'Rooms', Key }));

describe('the gate', () => {
  it('hands on what is allowed, and the engine’s answer', async () => {
    const client = clientOf('local.frame');
    const Item = { ...Key, title: { S: 'გამარჯობა' } };
    await client.send(new PutItemCommand({ TableName: 'Rooms', Item }));
    expect((await get(client)).Item).toEqual(Item);
    expect(asked).toContain(
      'local.frame dynamodb:GetItem arn:aws:dynamodb:us-east-1:000000000000:table/Rooms',
    );
  });

  it('hands on the engine’s refusals too', async () => {
    const put = new PutItemCommand({
      TableName: 'Rooms',
      Item: Key,
      ConditionExpression: 'attribute_not_exists(roomId)',
    });
    const client = clientOf('local.frame');
    await client.send(put).catch(() => undefined);
    expect(await refusalOf(client.send(put))).toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
  });

  it('refuses what the role does not allow, as DynamoDB does', async () => {
    expect(await refusalOf(get(clientOf('local.stranger')))).toEqual({
      name: 'AccessDeniedException',
      message: 'No policy allows it.',
      status: 400,
    });
  });

  it('refuses a foreign key and a forged signature before it judges', async () => {
    const before = asked.length;
    for (const client of [clientOf('other'), clientOf('local.frame', 'guessed')]) {
      expect(await refusalOf(get(client))).toMatchObject({ name: 'UnrecognizedClientException' });
    }
    const unsigned = await fetch(url, { method: 'POST', body: '{}' });
    expect(unsigned.status).toBe(400);
    expect(asked).toHaveLength(before);
  });

  it('judges an index by its own name, and a batch by each of its tables', async () => {
    const client = clientOf('local.stranger');
    const query = new QueryCommand({ TableName: 'Rooms', IndexName: 'byLane' });
    await client.send(query).catch(() => undefined);
    expect(asked.at(-1)).toMatch(/dynamodb:Query .*table\/Rooms\/index\/byLane$/u);
    const batch = new BatchGetItemCommand({
      RequestItems: { Rooms: { Keys: [Key] }, Profiles: { Keys: [Key] } },
    });
    await client.send(batch).catch(() => undefined);
    expect(asked.slice(-2).map((it) => it.split('/').pop())).toEqual(['Rooms', 'Profiles']);
  });

  it('asks for a right that nobody has where a call names no table', () => {
    expect(rightsOf('ListTables', {})).toEqual([
      { action: 'dynamodb:ListTables', resource: expect.stringMatching(/:table\/$/u) },
    ]);
  });
});
