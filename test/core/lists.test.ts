/** The walk through a vendor's hours, and what a list keeps to itself. The rest is in test/store/rooms.test.ts, on a real engine. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { countUnread, listRooms } from '#core/lists.ts';
import { byLatest, directRoomId } from '#core/room.ts';
import { customerMember } from '#protocol/ids.ts';

import { aCustomer, aHead, anAdmin, aVendor, START_MS, VENDOR } from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../support/fake-store.ts';

function tablesWith(minutesAgo: number[]) {
  const tables = new FakeTables();
  const heads = minutesAgo.map((minutes, index) => {
    const customer = customerMember(`c${index}`);
    const lastActivityAt = new Date(START_MS - minutes * 60_000).toISOString();
    return aHead({
      roomId: directRoomId(customer, VENDOR),
      customer,
      seq: 1,
      lastActivityAt,
      lastFrom: 'customer',
    });
  });
  for (const head of heads) tables.putHead(head);
  return { tables, ports: portsOver(fakeStore(tables), new World()), heads };
}

describe('the rooms of a vendor', () => {
  it('come in order and once, whatever the hours and the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(600), { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        async (ago, limit) => {
          const { ports, heads } = tablesWith(ago);
          const ids: string[] = [];
          let cursor: string | null = null;
          do {
            const command = {
              filter: 'all' as const,
              limit,
              ...(cursor === null ? {} : { cursor }),
            };
            const page = await listRooms(ports, aVendor(), command);
            ids.push(...page.items.map(({ roomId }) => roomId));
            cursor = page.next;
          } while (cursor !== null);
          expect(ids).toEqual(heads.toSorted(byLatest).map(({ roomId }) => roomId));
        },
      ),
    );
  });

  it('come once each also where rooms move up, or the page size changes, between two pages', async () => {
    const { tables, ports, heads } = tablesWith(Array.from({ length: 20 }, (_, n) => 65 + n / 10));
    const page = (limit: number, cursor?: string | null) =>
      listRooms(ports, aVendor(), {
        filter: 'all',
        limit,
        ...(typeof cursor === 'string' ? { cursor } : {}),
      });
    const first = await page(5);
    const shown = new Set(first.items.map(({ roomId }) => roomId));
    for (const head of heads.slice(0, 3)) {
      tables.putHead({ ...head, lastActivityAt: new Date(START_MS).toISOString() });
    }
    for (const limit of [1, 5, 20]) {
      const { items } = await page(limit, first.next);
      const ids = items.map(({ roomId }) => roomId);
      expect(ids).toEqual(heads.slice(5, 5 + limit).map(({ roomId }) => roomId));
      expect(ids.filter((id) => shown.has(id))).toEqual([]);
    }
  });

  it('come once each also where an hour has more than can be sorted', async () => {
    const { ports, heads } = tablesWith(Array.from({ length: 620 }, (_, n) => (n % 50) / 10));
    const ids = new Set<string>();
    let cursor: string | null = null;
    do {
      const page = await listRooms(ports, aVendor(), {
        filter: 'all',
        limit: 100,
        ...(cursor === null ? {} : { cursor }),
      });
      for (const { roomId } of page.items) {
        expect(ids.has(roomId)).toBe(false);
        ids.add(roomId);
      }
      cursor = page.next;
    } while (cursor !== null);
    expect(ids.size).toBe(heads.length);
  });
});

it('bounds the work for a page where thousands are settled but young, and goes on behind it', async () => {
  const ago = Array.from({ length: 3_300 }, () => 1);
  const { tables, ports, heads } = tablesWith(ago);
  heads.forEach((head, n) => {
    const isOldest = n === 0;
    const lastFrom = isOldest ? 'customer' : 'vendor';
    tables.putHead({ ...head, lane: 'attention', lastFrom, read: { customer: 1, vendor: 1 } });
    tables.laneTimes.set(head.roomId, new Date(START_MS + (isOldest ? -1 : n)).toISOString());
  });
  let looks = 0;
  const getHeads: typeof ports.rooms.getHeads = async (ids) => {
    looks += 1;
    return ports.rooms.getHeads(ids);
  };
  const counted = { ...ports, rooms: { ...ports.rooms, getHeads } };
  const first = await listRooms(counted, aVendor(), { filter: 'waiting', limit: 10 });
  expect(first.items).toEqual([]);
  expect(looks).toBe(3);
  const more = { filter: 'waiting', limit: 10, cursor: first.next ?? '' } as const;
  const second = await listRooms(counted, aVendor(), more);
  expect(second).toMatchObject({ items: [{ roomId: heads[0]?.roomId }], next: null });
});

it('lists nothing of others', async () => {
  const { ports } = tablesWith([1, 2, 3]);
  const other = await listRooms(ports, aVendor({ vendorId: 'other' }), {
    filter: 'all',
    limit: 10,
  });
  expect(other).toEqual({ items: [], next: null });
  const stranger = await listRooms(ports, aCustomer({ user: 'x' }), { filter: 'all', limit: 10 });
  expect(stranger.items).toEqual([]);
});

it('is not for admins', async () => {
  const { ports } = tablesWith([1]);
  await expect(listRooms(ports, anAdmin(), { filter: 'all', limit: 1 })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(countUnread(ports, anAdmin())).rejects.toMatchObject({ code: 'forbidden' });
});
