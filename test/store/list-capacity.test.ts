/** What lists and counts cost, from what the database itself reports: as much as waits, not as much as exists. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { countUnread, listRooms } from '#core/lists.ts';
import { directRoomId, type StoredHead, toIso } from '#core/room.ts';
import { updateMine } from '#core/staff/mine.ts';
import { changeStatus } from '#core/system/status.ts';
import { customerMember, vendorMember } from '#protocol/ids.ts';
import { bucketKey, HEAD, laneKey } from '#store/keys.ts';
import { type Capacity, type Database, openDatabase } from '#store/table.ts';

import { aHead, aMessage, aVendor, START_MS } from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { type Engine, startEngine } from '../support/dynamodb.ts';
import { storeOver } from '../support/dynamodb-store.ts';

let engine: Engine;
let seeds: Database;
beforeAll(async () => {
  engine = await startEngine();
  seeds = openDatabase(engine);
});
afterAll(async () => {
  seeds.close();
  await engine.stop();
});

const WAITING = 10;

/** A shop with so many rooms, three a minute; `waiting` of them, the latest, want an answer. */
async function aShop(vendorId: string, { rooms, waiting }: { rooms: number; waiting: number }) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(engine.client));
  const items = Array.from({ length: rooms }, (_, n) => itemOf(headOf(vendorId, n, n < waiting)));
  for (let start = 0; start < rooms; start += 25) {
    const requests = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [engine.tables.rooms]: requests } }));
  }
  client.destroy();
}

function headOf(vendorId: string, n: number, isWaiting = true): StoredHead {
  const [customer, vendor] = [customerMember(`${vendorId}-${n}`), vendorMember(vendorId)];
  const at = toIso(START_MS - n * 20_000);
  return aHead({
    roomId: directRoomId(customer, vendor),
    customer,
    vendor,
    seq: 3,
    said: 3,
    read: { customer: 3, vendor: isWaiting ? 2 : 3 },
    lastFrom: isWaiting ? 'customer' : 'vendor',
    lastMessage: { seq: 3, type: 'text', preview: 'გამარჯობა', sender: 'customer', at },
    lastActivityAt: at,
    ...(isWaiting ? { lane: 'attention' } : {}),
  });
}

function itemOf({ lane, ...head }: StoredHead): Record<string, unknown> {
  const { vendor, lastActivityAt: at } = head;
  const keys = lane === undefined ? {} : { lane: laneKey(vendor, lane), laneAt: at };
  return { ...head, ...keys, part: HEAD, bucket: bucketKey(at) };
}

interface Cost {
  readonly read: number;
  readonly write: number;
}

async function costOf(work: (ports: ReturnType<typeof portsOver>) => Promise<unknown>) {
  const used: Capacity[] = [];
  const db = openDatabase({ ...engine, onCapacity: (one) => used.push(one) });
  const world = new World();
  world.nowMs += 3_600_000;
  const ports = portsOver(storeOver(db), world);
  await work(ports);
  db.close();
  expect(world.reported).toEqual([]);
  const sum = (kind: Capacity['kind']) =>
    used.filter((one) => one.kind === kind).reduce((total, one) => total + one.units, 0);
  return { read: sum('read'), write: sum('write') } satisfies Cost;
}

describe('a shop with 10 rooms that wait, of 10 or of 10,000', () => {
  beforeAll(async () => {
    await aShop('few', { rooms: 10, waiting: WAITING });
    await aShop('many', { rooms: 10_000, waiting: WAITING });
  }, 120_000);

  it.each(['waiting', 'unread', 'closed'] as const)(
    'pays the same for a page of %s',
    async (filter) => {
      const page = (vendorId: string) =>
        costOf((ports) => listRooms(ports, aVendor({ vendorId }), { filter, limit: 50 }));
      const few = await page('few');
      expect(await page('many')).toEqual(few);
      expect(few.read).toBeLessThanOrEqual(filter === 'closed' ? 2 : 12);
      expect(few.write).toBe(0);
    },
  );

  it('pays the same for the counts', async () => {
    const counts: unknown[] = [];
    const count = (vendorId: string) =>
      costOf(async (ports) => counts.push(await countUnread(ports, aVendor({ vendorId }))));
    const few = await count('few');
    expect(await count('many')).toEqual(few);
    const ten = { rooms: 10, messages: 10, waiting: 10 };
    expect(counts).toEqual([ten, ten]);
    expect(few.read).toBeLessThanOrEqual(7);
  });

  it('pays for a page of all by the page', async () => {
    const page = (limit: number) =>
      costOf((ports) => listRooms(ports, aVendor({ vendorId: 'many' }), { filter: 'all', limit }));
    // An hour of 180 rooms is read whole, so that it is in exact order.
    expect((await page(50)).read).toBeLessThanOrEqual(130);
  });

  it('finds the same on every page, each room once', async () => {
    const ports = portsOver(storeOver(seeds), new World());
    const vendor = aVendor({ vendorId: 'many' });
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const more: { cursor?: string } = cursor === null ? {} : { cursor };
      const page = await listRooms(ports, vendor, { filter: 'unread', limit: 3, ...more });
      ids.push(...page.items.map(({ roomId }) => roomId));
      cursor = page.next;
    } while (cursor !== null);
    expect(ids).toEqual(Array.from({ length: 10 }, (_, n) => headOf('many', n).roomId));
  });
});

describe('a shop in which thousands wait', () => {
  it('pays for its counts and first page no more than for a thousand, and still finds all', async () => {
    await aShop('flooded', { rooms: 1_200, waiting: 1_200 });
    const staff = aVendor({ vendorId: 'flooded' });
    const counts: unknown[] = [];
    const cost = await costOf(async (ports) => counts.push(await countUnread(ports, staff)));
    expect(counts).toEqual([{ rooms: 1_000, messages: 1_000, waiting: 1_000 }]);
    expect(cost.read).toBeLessThanOrEqual(530);
    const ports = portsOver(storeOver(seeds), new World());
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      const more: { cursor?: string } = cursor === null ? {} : { cursor };
      const page = await listRooms(ports, staff, { filter: 'waiting', limit: 100, ...more });
      for (const { roomId } of page.items) seen.add(roomId);
      cursor = page.next;
    } while (cursor !== null);
    expect(seen.size).toBe(1_200);
  }, 120_000);
});

describe('what a side does with a room', () => {
  it('costs a few units', async () => {
    const head = headOf('few', 0);
    const vendor = aVendor({ vendorId: 'few' });
    const { roomId } = head;
    for (const seq of [1, 2, 3]) await storeOver(seeds).messages.put(aMessage({ roomId, seq }));
    const labels = await costOf((ports) => updateMine(ports, vendor, { roomId, labels: ['vip'] }));
    expect(labels).toMatchObject({ write: 2 });
    expect(labels.read).toBeLessThanOrEqual(4);
    const more = await costOf((ports) => updateMine(ports, vendor, { roomId, labels: ['refund'] }));
    expect(more).toMatchObject({ write: 1 });
    const closing = { roomId, status: 'closed' } as const;
    const closed = await costOf((ports) => changeStatus(ports, vendor, closing));
    // The message, the head; out of a lane and into another, out of an hour and into another.
    expect(closed.write).toBeLessThanOrEqual(6);
    expect(closed.read).toBeLessThanOrEqual(8);
  });
});
