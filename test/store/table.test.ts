/** The document client: paging, costs, and what an unreachable database means. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { type Capacity, openDatabase } from '#store/table.ts';

import { type Engine, startEngine } from '../support/dynamodb.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

it('reads a query page by page, and no further than asked', async () => {
  const db = openDatabase(engine);
  const TableName = engine.tables.messages;
  const text = 'x'.repeat(300_000);
  for (let seq = 1; seq <= 8; seq += 1)
    await db.put({ TableName, Item: { roomId: 'big', seq, text } });
  const query = {
    TableName,
    KeyConditionExpression: 'roomId = :roomId',
    ExpressionAttributeValues: { ':roomId': 'big' },
  };
  // A page of the database ends at 1 MB.
  expect((await db.query(query, 100)).map((item) => item['seq'])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await db.query(query, 5)).toHaveLength(5);
  db.close();
});

it('reports what a request costs only where somebody asks', async () => {
  const used: Capacity[] = [];
  const db = openDatabase({ ...engine, onCapacity: (one) => used.push(one) });
  const { profiles } = engine.tables;
  await db.put({ TableName: profiles, Item: { member: 'm', item: 'i' } });
  await db.get({ TableName: profiles, Key: { member: 'm', item: 'i' } });
  expect(used).toEqual([
    { table: profiles, kind: 'write', units: 1 },
    { table: profiles, kind: 'read', units: 0.5 },
  ]);
  db.close();
});

it('is unavailable where no database answers', async () => {
  const client = { ...engine.client, endpoint: 'http://127.0.0.1:9', maxAttempts: 1 };
  const db = openDatabase({ tables: engine.tables, client });
  const read = db.get({ TableName: engine.tables.rooms, Key: { roomId: 'r', part: 'head' } });
  await expect(read).rejects.toMatchObject({ code: 'unavailable' });
  db.close();
});

it('is unavailable where a database hangs', async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = { ...engine.client, endpoint: `http://127.0.0.1:${port}`, maxAttempts: 1 };
  const db = openDatabase({ tables: engine.tables, client, timeoutMs: 100 });
  const read = db.get({ TableName: engine.tables.rooms, Key: { roomId: 'r', part: 'head' } });
  await expect(read).rejects.toMatchObject({ code: 'unavailable' });
  db.close();
  server.closeAllConnections();
  server.close();
});
