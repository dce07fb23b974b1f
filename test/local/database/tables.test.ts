import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DynamodbError } from '../../../lib/local/database/dynamodb-api.ts';
import { createTables, streamArnOf } from '../../../lib/local/database/tables.ts';
import { startTestEngine, thingsTable } from '../../support/engine.ts';

let engine: Awaited<ReturnType<typeof startTestEngine>>;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const lists = {
  ...thingsTable,
  tableName: 'Lists',
  createRequest: {
    TableName: 'Lists',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'lane', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byLane',
        KeySchema: [{ AttributeName: 'lane', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  },
};

describe('createTables', () => {
  it('makes what is missing and leaves what is there', async () => {
    await engine.put('before');
    await createTables(engine.api, [thingsTable, lists]);
    await createTables(engine.api, [thingsTable, lists]);
    const { Count } = await engine.api.table('Scan', { TableName: 'Things' });
    expect(Count).toBe(1);
  });

  it('refuses a table that another version of the template made', async () => {
    const [index] = lists.createRequest.GlobalSecondaryIndexes;
    const GlobalSecondaryIndexes = [{ ...index, IndexName: 'byAnother' }];
    const other = { ...lists, createRequest: { ...lists.createRequest, GlobalSecondaryIndexes } };
    await createTables(engine.api, [lists]);
    await expect(createTables(engine.api, [other])).rejects.toThrow(
      /Table Lists exists with other keys or indexes.*--data/u,
    );
  });

  it('says what the engine did not like', async () => {
    const broken = { ...lists, createRequest: { TableName: 'Broken' } };
    await expect(createTables(engine.api, [broken])).rejects.toThrow(DynamodbError);
  });
});

describe('streamArnOf', () => {
  it("finds a table's stream", async () => {
    expect(await streamArnOf(engine.api, 'Things')).toMatch(/Things\/stream\//u);
  });

  it('says so where there is none', async () => {
    await expect(streamArnOf(engine.api, 'Lists')).rejects.toThrow(/no stream/u);
  });
});
