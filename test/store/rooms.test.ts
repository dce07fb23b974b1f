/** Rooms in a real engine: conditional heads, and the three lists with many rooms. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Caller } from '#core/access.ts';
import { editMessage } from '#core/changes/edit.ts';
import { countUnread, listRooms } from '#core/lists.ts';
import { openRoom } from '#core/open-room.ts';
import { markRead } from '#core/receipts.ts';
import { send } from '#core/send.ts';
import { updateMine } from '#core/staff/mine.ts';
import { changeAsPlanned, planSummary } from '#core/summary.ts';
import { changeStatus } from '#core/system/status.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import { bucketKey } from '#store/keys.ts';
import { changeHeadRequest } from '#store/rooms.ts';
import { type Database, openDatabase } from '#store/table.ts';

import {
  aCustomer,
  aHead,
  aMessage,
  aProduct,
  aText,
  aVendor,
  CUSTOMER,
  rulesWith,
  START_MS,
  VENDOR,
} from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { type Engine, startEngine } from '../support/dynamodb.ts';
import { storeOver } from '../support/dynamodb-store.ts';
import { itemBytes } from '../support/item-size.ts';

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

function aShop(vendorId: string) {
  const world = new World();
  const ports = portsOver(storeOver(db), world, rulesWith({ roomsPerHour: 1_000 }));
  const vendor = aVendor({ vendorId });
  const ask = async (customer: Caller) => {
    const { room } = await openRoom(ports, customer, { vendorId });
    const { message } = await send(ports, customer, { roomId: room.roomId, message: aText() });
    return { roomId: room.roomId, seq: message.seq };
  };
  const walk = async (caller: Caller, filter: RoomFilter, limit: number) => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const command = { filter, limit, ...(cursor === null ? {} : { cursor }) };
      const page = await listRooms(ports, caller, command);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      ids.push(...page.items.map(({ roomId }) => roomId));
      cursor = page.next;
    } while (cursor !== null);
    return ids;
  };
  return { world, ports, vendor, ask, walk };
}

describe('a head', () => {
  it('stays under 1 KB with UUID subjects and Georgian text', async () => {
    const { ports, vendor } = aShop('8d5a6c1b-2f43-4e77-b0a9-51c3de908f12');
    const { room } = await openRoom(ports, aCustomer(), {
      vendorId: VENDOR.slice(7),
      product: aProduct(),
    });
    await send(ports, aCustomer(), {
      roomId: room.roomId,
      message: aText({ text: 'ლურჯი ჯამი '.repeat(40) }),
    });
    await send(ports, vendor, {
      roomId: room.roomId,
      message: aText({ text: 'დიახ, ირეცხება. '.repeat(40) }),
    });
    const text = 'დიახ, და ღუმელშიც. '.repeat(40);
    await editMessage(ports, vendor, { roomId: room.roomId, seq: 2, text });
    for (const caller of [vendor, aCustomer()]) {
      await updateMine(ports, caller, { roomId: room.roomId, muted: true, markedUnread: true });
    }
    const item = await db.get({
      TableName: engine.tables.rooms,
      Key: { roomId: room.roomId, part: 'head' },
    });
    expect(item).toMatchObject({
      vendor: VENDOR,
      customer: CUSTOMER,
      seq: 2,
      lane: `${VENDOR}#attention`,
      lastChange: { seq: 2, version: 1 },
    });
    expect(itemBytes(item ?? {})).toBeLessThan(1024);
  });

  it('loses nothing that was taken from a quota at once', async () => {
    const { rooms } = storeOver(db);
    const head = aHead({ roomId: 'quota', seq: 1 });
    await rooms.createHead(head);
    const flood = { side: 'vendor' as const, costMs: 0.1, nowMs: START_MS };
    const consequences = { message: aMessage({ seq: 1 }), readBy: null, deliveredTo: [], flood };
    const take = () =>
      changeAsPlanned(rooms, head, (current) => planSummary(current, consequences));
    await Promise.all([take(), take(), take()]);
    const after = await rooms.getHead('quota', { consistent: true });
    expect(after?.flood.vendor).toBeCloseTo(START_MS + 0.3, 2);
  });

  it('refuses what no longer fits, and shows what it is', async () => {
    const { rooms } = storeOver(db);
    const head = aHead({ roomId: 'conditional', seq: 0 });
    expect(await rooms.createHead(head)).toBe(true);
    expect(await rooms.createHead(head)).toBe(false);
    const change = { roomId: 'conditional', vendor: VENDOR, expect: {} };
    expect(await rooms.changeHead({ ...change, raise: { read: { vendor: 5 } } })).toEqual({
      changed: true,
    });
    const lower = await rooms.changeHead({ ...change, raise: { read: { vendor: 4 } } });
    expect(lower).toEqual({ changed: false, head: { ...head, read: { customer: 0, vendor: 5 } } });
    const missing = await rooms.changeHead({
      ...change,
      roomId: 'none',
      raise: { read: { vendor: 4 } },
    });
    expect(missing).toEqual({ changed: false, head: null });
  });

  it('moves its bucket with its last activity only', () => {
    const request = changeHeadRequest(engine.tables, {
      roomId: 'r',
      vendor: VENDOR,
      expect: { seqBelow: 2, lane: null },
      set: { seq: 2, lastActivityAt: '2026-11-22T16:59:59.999Z' },
    });
    expect(Object.values(request.ExpressionAttributeValues ?? {})).toContain('2026-11-22T16');
    expect(bucketKey('2026-11-22T16:59:59.999Z')).toBe('2026-11-22T16');
  });
});

describe('what a room is about', () => {
  it('is changed attribute by attribute, so that two at once lose nothing', async () => {
    const { rooms } = storeOver(db);
    await Promise.all([
      rooms.changeAbout('about', { names: { customer: 'Nino' } }),
      rooms.changeAbout('about', {
        names: { vendor: 'Ceramics' },
        pictures: { vendor: 'https://x' },
      }),
      rooms.changeAbout('about', { product: aProduct() }),
    ]);
    const about = await rooms.getAbout('about');
    expect(about).toEqual({
      roomId: 'about',
      names: { customer: 'Nino', vendor: 'Ceramics' },
      pictures: { vendor: 'https://x' },
      product: aProduct(),
    });
    await rooms.changeAbout('about', { pictures: { vendor: null } });
    expect(await rooms.getAbouts(['about', 'none'])).toEqual([{ ...about, pictures: {} }]);
  });
});

describe('what a side keeps to itself', () => {
  it('is changed attribute by attribute, and stored only where it is not as at first', async () => {
    const { rooms } = storeOver(db);
    await Promise.all([
      rooms.changeMine('mine', VENDOR, { muted: true }),
      rooms.changeMine('mine', VENDOR, { labels: ['vip'] }),
      rooms.changeMine('mine', VENDOR, { assignee: 'ana' }),
      rooms.changeMine('mine', CUSTOMER, { muted: true }),
    ]);
    const kept = { muted: true, labels: ['vip'], assignee: 'ana' };
    expect(await rooms.getMine('mine', VENDOR)).toEqual(kept);
    expect(await rooms.getMine('mine', CUSTOMER)).toEqual({ muted: true });
    const mines = await rooms.getMines(VENDOR, ['mine', 'none']);
    expect([...mines]).toEqual([['mine', kept]]);
    await rooms.changeMine('mine', VENDOR, { muted: false, labels: [], assignee: null });
    expect(await rooms.getMine('mine', VENDOR)).toEqual({});
    expect(await rooms.getMine('none', VENDOR)).toBeNull();
  });
});

describe('marks in a head', () => {
  it('do not stay where only system messages follow, and are refused where they changed', async () => {
    const { rooms } = storeOver(db);
    const head = aHead({ roomId: 'system', seq: 4, said: 2, read: { customer: 0, vendor: 1 } });
    await rooms.createHead(head);
    const change = { roomId: 'system', vendor: VENDOR, expect: {} };
    const changed = async (more: object) =>
      (await rooms.changeHead({ ...change, ...more })).changed;
    expect(await changed({ raise: { read: { vendor: 3 } } })).toBe(false);
    expect(await changed({ raise: { read: { customer: 1 } } })).toBe(true);
    expect(await changed({ raise: { read: { vendor: 4 } } })).toBe(true);
    expect(await changed({ expect: { read: { vendor: 3 } }, mark: { vendor: true } })).toBe(false);
    expect(await changed({ expect: { read: { vendor: 4 } }, mark: { vendor: true } })).toBe(true);
    expect(await changed({ expect: { unmarked: 'vendor' }, keep: 'vendor' })).toBe(false);
    expect(await changed({ expect: { unmarked: 'customer' }, keep: 'vendor' })).toBe(true);
    const after = await rooms.getHead('system', { consistent: true });
    expect(after).toMatchObject({ markedByVendor: true, mineOfVendor: true, read: { vendor: 4 } });
    expect(await changed({ mark: { vendor: false, customer: false } })).toBe(true);
    expect(await rooms.getHead('system', { consistent: true })).not.toHaveProperty(
      'markedByVendor',
    );
  });
});

describe('the lists of a vendor', () => {
  it('show closed rooms by their closing, also those that are unread, and no reopened one', async () => {
    const { world, ports, ask, walk, vendor } = aShop('closing');
    const rooms: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      world.nowMs += 1_000;
      rooms.push((await ask(aCustomer({ user: `closing-${n}` }))).roomId);
    }
    const [open = '', reopened = '', ...closed] = rooms;
    for (const roomId of [reopened, ...closed]) {
      world.nowMs += 1_000;
      // Every other one was read before.
      if (closed.indexOf(roomId) % 2 === 0) await markRead(ports, vendor, { roomId, seq: 1 });
      await changeStatus(ports, vendor, { roomId, status: 'closed' });
    }
    await changeStatus(ports, vendor, { roomId: reopened, status: 'open' });
    const unread = closed.filter((_, n) => n % 2 === 1);
    for (const limit of [1, 2, 3, 50]) {
      expect(await walk(vendor, 'closed', limit)).toEqual(closed.toReversed());
      expect(await walk(vendor, 'waiting', limit)).toEqual([reopened, open]);
      expect(await walk(vendor, 'unread', limit)).toEqual([reopened, ...unread.toReversed(), open]);
    }
    expect(await countUnread(ports, vendor)).toEqual({ rooms: 4, messages: 8, waiting: 2 });
    // What is read leaves the unread ones at once, and the list of closed ones keeps it.
    for (const roomId of unread) await markRead(ports, vendor, { roomId, seq: 2 });
    world.nowMs += 3_700_000;
    expect(await walk(vendor, 'unread', 9)).toEqual([reopened, open]);
    expect(await walk(vendor, 'closed', 2)).toEqual(closed.toReversed());
    expect(await ports.rooms.walkLane('vendor:closing', 'closed-unread', { limit: 9 })).toEqual([]);
  });

  it('find a room that was marked unread, open or closed, until it is read', async () => {
    const { world, ports, ask, walk, vendor } = aShop('marking');
    const rooms: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      world.nowMs += 1_000;
      const { roomId } = await ask(aCustomer({ user: `marking-${n}` }));
      await send(ports, vendor, { roomId, after: 1, message: aText() });
      rooms.push(roomId);
    }
    const [one = '', two = ''] = rooms;
    await changeStatus(ports, vendor, { roomId: two, status: 'closed' });
    world.nowMs += 3_700_000;
    expect(await walk(vendor, 'unread', 9)).toEqual([]);
    for (const roomId of [one, two])
      await updateMine(ports, vendor, { roomId, markedUnread: true });
    expect(await walk(vendor, 'unread', 1)).toEqual([two, one]);
    expect(await walk(vendor, 'closed', 1)).toEqual([two]);
    expect(await countUnread(ports, vendor)).toEqual({ rooms: 2, messages: 0, waiting: 0 });
    const page = await listRooms(ports, vendor, { filter: 'unread', limit: 9 });
    expect(page.items.map(({ mine }) => mine.markedUnread)).toEqual([true, true]);
    for (const roomId of [one, two]) await markRead(ports, vendor, { roomId, seq: 1 });
    expect(await walk(vendor, 'unread', 9)).toEqual([]);
    expect(await walk(vendor, 'closed', 9)).toEqual([two]);
  });

  it('show the latest activity first, each room once, across hours and pages', async () => {
    const { world, ask, walk, vendor } = aShop('many');
    const asked: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      world.nowMs += n % 7 === 0 ? 3_600_000 : 1_000;
      asked.push((await ask(aCustomer({ user: `many-${n}` }))).roomId);
    }
    for (const limit of [1, 7, 50, 100]) {
      expect(await walk(vendor, 'all', limit)).toEqual(asked.toReversed());
      expect(await walk(vendor, 'waiting', limit + 3)).toEqual(asked.toReversed());
    }
  }, 60_000);

  it('sort one hour exactly, however small the page', async () => {
    const { world, ask, walk, vendor } = aShop('busy');
    const asked: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      world.nowMs += 1_000;
      asked.push((await ask(aCustomer({ user: `busy-${n}` }))).roomId);
    }
    expect(await walk(vendor, 'all', 4)).toEqual(asked.toReversed());
  }, 60_000);

  it('drop a read and answered room from unread and waiting, and clear its lane after an hour', async () => {
    const { world, ports, ask, walk, vendor } = aShop('settled');
    const { roomId } = await ask(aCustomer({ user: 'settled' }));
    expect(await countUnread(ports, vendor)).toEqual({ rooms: 1, messages: 1, waiting: 1 });
    await markRead(ports, vendor, { roomId, seq: 1 });
    expect(await walk(vendor, 'unread', 10)).toEqual([]);
    expect(await walk(vendor, 'waiting', 10)).toEqual([roomId]);
    await send(ports, vendor, { roomId, after: 1, message: aText() });
    expect(await walk(vendor, 'waiting', 10)).toEqual([]);
    const lane = () => ports.rooms.walkLane('vendor:settled', 'attention', { limit: 10 });
    expect(await lane()).toHaveLength(1);
    world.nowMs += 3_600_001;
    await walk(vendor, 'waiting', 10);
    expect(await lane()).toHaveLength(0);
    await ask(aCustomer({ user: 'settled' }));
    expect(await walk(vendor, 'waiting', 10)).toEqual([roomId]);
  });

  it('do not show a room without a message', async () => {
    const { ports, walk, vendor } = aShop('silent');
    const customer = aCustomer({ user: 'silent' });
    const { room } = await openRoom(ports, customer, { vendorId: 'silent' });
    expect(await walk(vendor, 'all', 10)).toEqual([]);
    expect(await walk(customer, 'all', 10)).toEqual([room.roomId]);
  });
});

describe('the list of a customer', () => {
  it('shows the latest activity first, with names and unread', async () => {
    const { world, ports, walk } = aShop('one');
    const customer = aCustomer({ user: 'shopper' });
    const opened: string[] = [];
    for (const vendorId of ['one', 'two', 'three']) {
      world.nowMs += 1_000;
      const { room } = await openRoom(ports, customer, { vendorId });
      await send(ports, customer, { roomId: room.roomId, message: aText() });
      opened.push(room.roomId);
    }
    world.nowMs += 1_000;
    await send(ports, aVendor({ vendorId: 'one' }), {
      roomId: opened[0] ?? '',
      after: 1,
      message: aText(),
    });
    const [one, two, three] = opened;
    expect(await walk(customer, 'all', 2)).toEqual([one, three, two]);
    expect(await walk(customer, 'unread', 2)).toEqual([one]);
    expect(await countUnread(ports, customer)).toEqual({ rooms: 1, messages: 1 });
    const page = await listRooms(ports, customer, { filter: 'all', limit: 1 });
    expect(page.items[0]).toMatchObject({
      unread: 1,
      members: [{ name: 'ნინო ბერიძე' }, { name: 'one' }],
    });
  });
});

describe('a cursor', () => {
  it.each([
    '',
    'x',
    'bnVsbA',
    Buffer.from('["vendor-all","","","",""]').toString('base64url'),
    '%%%',
    'W10',
  ])('that was forged (%s) is invalid', async (cursor) => {
    const { ports, vendor } = aShop('forged');
    const listed = listRooms(ports, vendor, { filter: 'all', limit: 1, cursor });
    await expect(listed).rejects.toMatchObject({ code: 'invalid' });
  });

  it('of one list is not one of another', async () => {
    const { ports, vendor, ask } = aShop('cursors');
    await ask(aCustomer({ user: 'cursor-1' }));
    await ask(aCustomer({ user: 'cursor-2' }));
    const { next } = await listRooms(ports, vendor, { filter: 'all', limit: 1 });
    const cursor = next ?? '';
    await expect(
      listRooms(ports, vendor, { filter: 'waiting', limit: 1, cursor }),
    ).rejects.toMatchObject({ code: 'invalid' });
  });
});
