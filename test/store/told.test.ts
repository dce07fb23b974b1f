/** What was told, on a real database: it only grows, and goes by itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openDatabase } from '#store/table.ts';
import { toldStore } from '#store/told.ts';

import { aReminder, CUSTOMER, START_MS, VENDOR } from '../support/builders.ts';
import { type Engine, startEngine } from '../support/dynamodb.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

describe('what was told', () => {
  it('is remembered by member, room and kind, and only grows', async () => {
    const db = openDatabase(engine);
    const told = toldStore(db);
    const reminder = aReminder({ seq: 5 });
    expect(await told.getTold(VENDOR, reminder)).toBe(0);
    await told.putTold(VENDOR, reminder, START_MS);
    await told.putTold(VENDOR, { ...reminder, seq: 4 }, START_MS);
    expect(await told.getTold(VENDOR, reminder)).toBe(5);
    await told.putTold(VENDOR, { ...reminder, seq: 6 }, START_MS + 1);
    expect(await told.getTold(VENDOR, reminder)).toBe(6);
    const others = [
      told.getTold(CUSTOMER, reminder),
      told.getTold(VENDOR, { ...reminder, kind: 'waiting' }),
      told.getTold(VENDOR, { ...reminder, roomId: 'd-other' }),
    ];
    expect(await Promise.all(others)).toEqual([0, 0, 0]);
    const Key = { member: VENDOR, item: `told#unread#${reminder.roomId}` };
    const item = await db.get({ TableName: engine.tables.profiles, Key });
    expect(item).toMatchObject({ expiresAt: START_MS / 1000 + 1 });
    db.close();
  });
});
