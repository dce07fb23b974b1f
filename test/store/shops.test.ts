/** Shops in a real database: what stays whole, what is refused, and what the largest of them take. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { addReply, listReplies } from '#core/vendor/saved-replies.ts';
import { MAX_HOLIDAYS, MAX_SAVED_CHARACTERS, MAX_SAVED_REPLIES } from '#protocol/limits.ts';
import { type Capacity, type Database, openDatabase } from '#store/table.ts';

import { aVendor } from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { type Engine, startEngine } from '../support/dynamodb.ts';
import { storeOver } from '../support/dynamodb-store.ts';
import { everyDay, someHours, someSettings } from '../support/shop.ts';

let engine: Engine;
let db: Database;
const used: Capacity[] = [];
beforeAll(async () => {
  engine = await startEngine();
  db = openDatabase({ ...engine, onCapacity: (one) => used.push(one) });
});
afterAll(async () => {
  db.close();
  await engine.stop();
});

const AT = '2026-11-22T16:00:00.000Z';
const consistent = { consistent: true };

describe('a shop', () => {
  it('keeps each of its parts whatever happens to the others', async () => {
    const { profiles } = storeOver(db);
    expect(await profiles.getShop('vendor:1', consistent)).toBeNull();
    await profiles.putTokenName('vendor:1', 'Token');
    const settings = {
      ...someSettings({ name: 'Set', hours: someHours(everyDay([])) }),
      version: 1,
    };
    expect(await profiles.putSettings('vendor:1', settings)).toBe(true);
    await profiles.putTokenName('vendor:1', 'Later');
    expect(await profiles.getShop('vendor:1', consistent)).toEqual({
      tokenName: 'Later',
      settings,
    });
    const next = { ...someSettings(), version: 2 };
    expect(await profiles.putSettings('vendor:1', next)).toBe(true);
    expect(await profiles.getShop('vendor:1', { consistent: false })).toEqual({
      tokenName: 'Later',
      settings: next,
    });
  });

  it('replaces its settings only where they are of the version before', async () => {
    const { profiles } = storeOver(db);
    const put = (version: number) =>
      profiles.putSettings('vendor:3', { ...someSettings({ name: `${version}` }), version });
    expect(await put(2)).toBe(false);
    expect(await put(1)).toBe(true);
    expect(await put(1)).toBe(false);
    expect(await put(3)).toBe(false);
    expect(await put(2)).toBe(true);
    const shop = await profiles.getShop('vendor:3', consistent);
    expect(shop?.settings).toMatchObject({ name: '2', version: 2 });
  });

  it('moves its reply time only from the one before', async () => {
    const { profiles } = storeOver(db);
    const to = (version: number) => ({ version, seconds: null, count: 1, at: AT });
    const move = (from: number | null, version: number) =>
      profiles.moveReplyTime('vendor:2', { from, to: to(version) });
    expect(await move(1, 2)).toBe(false);
    expect(await move(null, 1)).toBe(true);
    expect(await move(null, 1)).toBe(false);
    expect(await move(1, 2)).toBe(true);
    expect(await move(1, 2)).toBe(false);
    expect(await profiles.getShop('vendor:2', consistent)).toEqual({ replyTime: to(2) });
  });

  it('finds its newest answers since a time, and nobody else’s', async () => {
    const { profiles } = storeOver(db);
    const put = (vendor: 'vendor:3' | 'vendor:4', hour: string, seconds: number) =>
      profiles.putAnswer(
        vendor,
        { roomId: 'd-x', seq: seconds, at: `2026-11-22T${hour}:00:00.000Z`, seconds },
        Date.parse(AT),
      );
    for (const [hour, seconds] of [
      ['10', 1],
      ['11', 2],
      ['12', 3],
      ['12', 3],
    ] as const) {
      await put('vendor:3', hour, seconds);
    }
    await put('vendor:4', '13', 9);
    const list = async (since: string, limit: number) =>
      (await profiles.listAnswers('vendor:3', { since, limit })).map(({ seconds }) => seconds);
    expect(await list('2026-10-01T00:00:00.000Z', 10)).toEqual([3, 2, 1]);
    expect(await list('2026-11-22T11:00:00.000Z', 10)).toEqual([3, 2]);
    expect(await list('2026-10-01T00:00:00.000Z', 1)).toEqual([3]);
  });

  it('remembers which absence a room was answered for', async () => {
    const { profiles } = storeOver(db);
    expect(await profiles.getAnsweredAbsence('vendor:5', 'd-1')).toBeNull();
    const answered = { roomId: 'd-1', absence: AT, expiresAtMs: Date.parse(AT) };
    await profiles.putAnsweredAbsence('vendor:5', answered);
    expect(await profiles.getAnsweredAbsence('vendor:5', 'd-1')).toBe(AT);
    expect(await profiles.getAnsweredAbsence('vendor:5', 'd-2')).toBeNull();
  });

  it('replaces its saved replies only from the version before', async () => {
    const { profiles } = storeOver(db);
    expect(await profiles.getReplies('vendor:6')).toEqual({ version: 0, replies: [] });
    const replies = [{ replyId: randomUUID(), shortcut: 'hi', messages: ['Hi'], updatedAt: AT }];
    const put = (version: number) => profiles.putReplies('vendor:6', { version, replies });
    expect(await put(2)).toBe(false);
    expect(await put(1)).toBe(true);
    expect(await put(1)).toBe(false);
    expect(await put(2)).toBe(true);
    expect(await profiles.getReplies('vendor:6')).toMatchObject({ version: 2, replies });
  });
});

describe('the largest', () => {
  it('settings cost a handful of units', async () => {
    const { profiles } = storeOver(db);
    const day = Array.from({ length: 6 }, (_, i) => ({ from: `0${i}:00`, to: `0${i}:30` }));
    const holidays = Array.from({ length: MAX_HOLIDAYS }, (_, i) => ({
      date: new Date(Date.UTC(2027, 0, 1 + i)).toISOString().slice(0, 10),
      hours: day,
    }));
    used.length = 0;
    await profiles.putSettings('vendor:7', {
      ...someSettings({
        name: 'ა'.repeat(100),
        greeting: 'ა'.repeat(1_000),
        awayMessage: 'ა'.repeat(1_000),
        hours: someHours(everyDay(day), holidays),
      }),
      version: 1,
    });
    await profiles.getShop('vendor:7', { consistent: false });
    const units = Object.fromEntries(used.map((one) => [one.kind, one.units]));
    expect(units['write']).toBeLessThanOrEqual(40);
    expect(units['read']).toBeLessThanOrEqual(5);
  });

  it('list of saved replies fits into its item, with the longest ids, words and letters', async () => {
    const ports = portsOver(storeOver(db), new World());
    const vendor = aVendor({ vendorId: 'v'.repeat(192) });
    const length = MAX_SAVED_CHARACTERS / MAX_SAVED_REPLIES / 5;
    const replies = Array.from({ length: MAX_SAVED_REPLIES }, (_, n) => ({
      replyId: randomUUID(),
      shortcut: `${n}`.padEnd(32, '漢'),
      messages: Array.from({ length: 5 }, () => '漢'.repeat(length)),
      updatedAt: AT,
    }));
    const last = replies.pop();
    if (last === undefined) throw new Error('there are replies');
    await ports.profiles.putReplies(vendor.member ?? 'vendor:', { version: 1, replies });
    await addReply(ports, vendor, last);
    const listed = await listReplies(ports, vendor);
    expect(listed).toHaveLength(MAX_SAVED_REPLIES);
    // DynamoDB's items end at 400 KB.
    expect(Buffer.byteLength(JSON.stringify(listed))).toBeLessThan(350 * 1024);
  });
});
