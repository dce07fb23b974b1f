/** Profiles and connections of a member in a real engine: what changes, changes conditionally. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Database, openDatabase } from '#store/table.ts';

import { CUSTOMER, VENDOR } from '../support/builders.ts';
import { type Engine, startEngine } from '../support/dynamodb.ts';
import { storeOver } from '../support/dynamodb-store.ts';

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

describe('a profile', () => {
  it('moves presence only from what it was', async () => {
    const { profiles } = storeOver(db);
    const online = { online: true, onlineUntil: '2026-11-22T16:15:00.000Z', lastSeenAt: null };
    const offline = { online: false, onlineUntil: null, lastSeenAt: '2026-11-22T16:10:00.000Z' };
    expect(await profiles.getPresence(VENDOR)).toBeNull();
    expect(await profiles.movePresence(VENDOR, { from: null, to: online })).toBe(true);
    expect(await profiles.movePresence(VENDOR, { from: null, to: offline })).toBe(false);
    expect(await profiles.movePresence(VENDOR, { from: online, to: offline })).toBe(true);
    expect(await profiles.movePresence(VENDOR, { from: online, to: offline })).toBe(false);
    expect(await profiles.getPresence(VENDOR)).toEqual(offline);
  });

  it.each(['roomQuota', 'uploadQuota'] as const)(
    'moves a quota only from what it was: %s',
    async (name) => {
      const quota = storeOver(db).profiles[name](VENDOR);
      expect(await quota.read()).toBe(0);
      expect(await quota.move({ from: 0, to: 10.5 })).toBe(true);
      expect(await quota.move({ from: 0, to: 20 })).toBe(false);
      expect(await quota.move({ from: 10.5, to: 20 })).toBe(true);
      expect(await quota.read()).toBe(20);
    },
  );

  it('remembers for which room a contact was taken', async () => {
    const quota = storeOver(db).profiles.contactQuota(CUSTOMER);
    expect(await quota.read()).toEqual({ fullAtMs: 0, roomId: null });
    expect(await quota.move({ from: 0, to: 10.5, roomId: 'd-1' })).toBe(true);
    expect(await quota.move({ from: 0, to: 20, roomId: 'd-2' })).toBe(false);
    expect(await quota.read()).toEqual({ fullAtMs: 10.5, roomId: 'd-1' });
  });
});
