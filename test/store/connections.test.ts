/** Live sockets in a real engine. */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { connectionStore } from '#store/connections.ts';
import { type Database, openDatabase } from '#store/table.ts';

import { aConnection, CUSTOMER, VENDOR } from '../support/builders.ts';
import { type Engine, startEngine } from '../support/dynamodb.ts';

let engine: Engine;
let db: Database;
beforeAll(async () => {
  engine = await startEngine();
  db = openDatabase(engine);
});
afterAll(async () => {
  db.close();
  await engine.stop();
});

it('lists, extends and removes the sockets of a member', async () => {
  const connections = connectionStore(db);
  const mine = aConnection({ connectionId: 'a=' });
  await connections.put(mine);
  await connections.put(aConnection({ member: VENDOR, connectionId: 'b=' }));
  expect(await connections.list(CUSTOMER, { consistent: true })).toEqual([mine]);
  expect(await connections.extend(mine, mine.expiresAt + 60)).toBe(true);
  expect(
    await connections.get({ member: CUSTOMER, connectionId: 'a=' }, { consistent: true }),
  ).toEqual({
    ...mine,
    expiresAt: mine.expiresAt + 60,
  });
  await connections.remove(mine);
  await connections.remove(mine);
  expect(
    await connections.get({ member: CUSTOMER, connectionId: 'a=' }, { consistent: true }),
  ).toBeNull();
});

it('does not bring a removed socket back by extending it', async () => {
  const connections = connectionStore(db);
  const gone = aConnection({ connectionId: 'gone=' });
  expect(await connections.extend(gone, gone.expiresAt)).toBe(false);
  expect(
    await connections.get({ member: CUSTOMER, connectionId: 'gone=' }, { consistent: true }),
  ).toBeNull();
});
