/** A vendor's lanes: merged, cleared of what is settled, and never of what is marked meanwhile. */
import { describe, expect, it } from 'vitest';

import { headsWithAttention, walkLanes } from '#core/lists/attention.ts';
import { directRoomId, type StoredHead } from '#core/room.ts';
import { customerMember } from '#protocol/ids.ts';

import { aHead, START_MS, VENDOR } from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';

const HOUR_MS = 3_600_000;
const READ = { customer: 1, vendor: 1 };

function aLane(heads: Partial<StoredHead>[]) {
  const tables = new FakeTables();
  const ids = heads.map((head, n) => {
    const customer = customerMember(`c${n}`);
    const roomId = directRoomId(customer, VENDOR);
    const lastActivityAt = new Date(START_MS + n).toISOString();
    tables.putHead(aHead({ roomId, customer, seq: 1, said: 1, lastActivityAt, ...head }));
    tables.laneTimes.set(roomId, lastActivityAt);
    return roomId;
  });
  const world = new World();
  const laneOf = (n: number) => tables.headOf(ids[n] ?? '')?.lane;
  return { tables, world, ids, laneOf, ports: portsOver(fakeStore(tables), world) };
}

const lanes = ['attention', 'closed-unread'] as const;
const settled = { lane: 'attention', read: READ, lastFrom: 'vendor' } as const;
const closed = { lane: 'closed-unread', status: 'closed', read: READ } as const;

describe('headsWithAttention', () => {
  it('takes out what has been settled for an hour, and nothing younger', async () => {
    const { ports, world, laneOf } = aLane([settled, closed, { lane: 'attention' }]);
    world.nowMs += HOUR_MS;
    expect((await headsWithAttention(ports, VENDOR, { lanes })).heads).toHaveLength(3);
    expect(laneOf(0)).toBe('attention');
    world.nowMs += 10;
    await headsWithAttention(ports, VENDOR, { lanes });
    expect([laneOf(0), laneOf(1), laneOf(2)]).toEqual([undefined, 'closed', 'attention']);
  });

  it('keeps what is marked unread, also where the mark comes between the look and the write', async () => {
    const { ports, world, tables, ids, laneOf } = aLane([settled]);
    world.nowMs += 2 * HOUR_MS;
    const getHeads: typeof ports.rooms.getHeads = async (roomIds) => {
      const heads = await ports.rooms.getHeads(roomIds);
      for (const head of heads) tables.putHead({ ...head, markedByVendor: true });
      return heads;
    };
    await headsWithAttention({ ...ports, rooms: { ...ports.rooms, getHeads } }, VENDOR, { lanes });
    expect(laneOf(0)).toBe('attention');
    await headsWithAttention(ports, VENDOR, { lanes });
    expect(tables.headOf(ids[0] ?? '')).toMatchObject({ lane: 'attention', markedByVendor: true });
  });

  it('says where the next thousand starts', async () => {
    const { ports } = aLane(Array.from({ length: 1_001 }, () => ({ lane: 'attention' }) as const));
    const first = await headsWithAttention(ports, VENDOR, { lanes });
    expect(first.heads).toHaveLength(1_000);
    expect(first.end).not.toBeNull();
    const start = first.end ?? undefined;
    const second = await headsWithAttention(ports, VENDOR, { lanes, start });
    expect(second).toMatchObject({ heads: [{ seq: 1 }], end: null });
  });
});

describe('walkLanes', () => {
  it('shows several lanes as one, a room that is found twice once', async () => {
    const { ports, ids } = aLane([
      { lane: 'attention' },
      { lane: 'closed-unread', status: 'closed' },
      { lane: 'attention' },
      { lane: 'closed', status: 'closed' },
    ]);
    const all = await walkLanes(ports.rooms, VENDOR, { lanes, limit: 9 });
    expect(all.map(({ roomId }) => roomId)).toEqual([ids[2], ids[1], ids[0]]);
    const twice = { lanes: ['attention', 'attention'] as const, limit: 2 };
    const once = await walkLanes(ports.rooms, VENDOR, twice);
    expect(once.map(({ roomId }) => roomId)).toEqual([ids[2], ids[0]]);
  });
});
