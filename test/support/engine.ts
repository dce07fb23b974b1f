/** A real engine with one streamed, expiring table, for tests of what works on it. */
import { createDynamodbApi } from '../../lib/local/database/dynamodb-api.ts';
import { startEngine, type EngineOptions } from '../../lib/local/database/engine.ts';
import { createTables } from '../../lib/local/database/tables.ts';
import type { TableModel } from '../../lib/local/model.ts';

/** The table: a text key `id`, expiring by `expiresAt`. */
export const thingsTable: TableModel = {
  logicalId: 'Data/Things',
  tableName: 'Things',
  ttlAttribute: 'expiresAt',
  createRequest: {
    TableName: 'Things',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
};

/** Starts an engine with the table; `put` writes a row. */
export async function startTestEngine(options: Partial<EngineOptions> = {}) {
  const engine = await startEngine({ dataFolder: undefined, endpoint: undefined, ...options });
  const api = createDynamodbApi({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    accessKeyId: 'local',
    secretAccessKey: 'local',
  });
  await createTables(api, [thingsTable]);
  return {
    engine,
    api,
    put: (id: string, expiresAt = 0) =>
      api.table('PutItem', {
        TableName: 'Things',
        Item: { id: { S: id }, expiresAt: { N: String(expiresAt) } },
      }),
    async stop() {
      api.close();
      await engine.stop();
    },
  };
}
