/** Suspensions on a real database: each account has its own, and the last decision stands. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Suspension } from '#protocol/admin/suspension.ts';
import { suspensionRequest, suspensionStore } from '#store/suspensions.ts';
import { openDatabase } from '#store/table.ts';

import { CUSTOMER, VENDOR } from '../support/builders.ts';
import { type Engine, startEngine } from '../support/dynamodb.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const ana: Suspension = {
  member: VENDOR,
  user: 'ana',
  suspended: true,
  reason: 'Asked customers to pay elsewhere.',
  by: 'root',
  at: '2026-11-22T16:00:00.000Z',
};

describe('suspensions', () => {
  it('are of a side or of one user, and the last decision stands', async () => {
    const db = openDatabase(engine);
    const store = suspensionStore(db);
    const read = ({ member, user }: Pick<Suspension, 'member' | 'user'>) =>
      store.getSuspension({ member, user }, { consistent: true });
    await store.putSuspension(ana);
    expect(await read(ana)).toMatchObject(ana);
    expect(await read({ member: VENDOR, user: null })).toBeNull();
    expect(await read({ member: VENDOR, user: 'gia' })).toBeNull();
    expect(await read({ member: CUSTOMER, user: null })).toBeNull();
    const again: Suspension = { ...ana, suspended: false, reason: null, by: 'other' };
    await store.putSuspension(again);
    expect(await read(ana)).toMatchObject(again);
    db.close();
  });

  it.each([true, false])('are read as they are now where that matters: %s', (consistent) => {
    const request = suspensionRequest(engine.tables, { member: VENDOR, user: null }, consistent);
    expect(request.ConsistentRead).toBe(consistent);
  });
});
