/** System messages: committed once, never unread by themselves, mended by the stream. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { StoredHead } from '#core/room.ts';
import { markRead } from '#core/receipts.ts';
import { send } from '#core/send.ts';
import { settleRoom } from '#core/settle.ts';
import { postSystemMessage, systemMessageId } from '#core/system/post.ts';
import { UUID_PATTERN } from '#protocol/ids.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  aMessage,
  aText,
  aVendor,
  CUSTOMER,
  VENDOR,
} from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';

const { roomId } = aHead();
const ALL_READ = { read: { customer: 1, vendor: 1 }, said: 1, seq: 1 };

function aRoom(overrides: Partial<StoredHead> = {}) {
  const tables = new FakeTables();
  const first = aHead(overrides);
  tables.putHead(first);
  for (let seq = 1; seq <= first.seq; seq += 1) tables.putMessage(aMessage({ seq }));
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c', device: 'one' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v', device: 'one' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'w', device: 'two' }));
  const world = new World();
  const head = () => tables.headOf(roomId) ?? aHead();
  return { tables, world, head, ports: portsOver(fakeStore(tables), world) };
}

const closing = (head: StoredHead) => ({ head, event: 'closed' as const, params: {}, key: '1' });
const away = (head: StoredHead) => ({ head, event: 'away' as const, params: {}, key: 'x' });

describe('a system message', () => {
  it('is of nobody, and reaches both sides but the device that caused it', async () => {
    const { ports, world, head, tables } = aRoom(ALL_READ);
    const by = { side: 'vendor', cause: { device: 'one' }, costMs: 500 } as const;
    const { message, isNew } = await postSystemMessage(ports, { ...closing(head()), by });
    expect(isNew).toBe(true);
    expect(message).toMatchObject({ seq: 2, type: 'system', system: { event: 'closed' } });
    expect(message).not.toHaveProperty('sender');
    expect(tables.logOf(roomId)).toHaveLength(2);
    expect(world.framesTo('c').map(({ event }) => event)).toEqual(['room', 'message']);
    expect(world.framesTo('w').map(({ event }) => event)).toEqual(['room', 'message']);
    expect(world.framesTo('v')).toEqual([]);
    expect(head().delivered).toEqual({ customer: 2, vendor: 2 });
  });

  it('is the same message for the same occasion, also once others wrote behind it', async () => {
    const { ports, head, world } = aRoom(ALL_READ);
    const { message } = await postSystemMessage(ports, away(head()));
    await send(ports, aCustomer(), { roomId, message: aText() });
    world.pushes.length = 0;
    const again = await postSystemMessage(ports, away(head()));
    expect(again).toEqual({ message, isNew: false });
    expect(world.pushes).toEqual([]);
    expect((await postSystemMessage(ports, { ...away(head()), key: 'y' })).isNew).toBe(true);
  });

  it('is left to the stream where it could not be found out whom to tell', async () => {
    const { ports, world, head } = aRoom(ALL_READ);
    const { list } = ports.connections;
    const connections: typeof ports.connections = {
      ...ports.connections,
      list: (member, options) =>
        member === CUSTOMER ? Promise.reject(new Error('throttled')) : list(member, options),
    };
    await postSystemMessage({ ...ports, connections }, closing(head()));
    expect(world.framesTo('w')).toHaveLength(2);
    expect(head()).toMatchObject({ seq: 1, status: 'open' });
    await settleRoom(ports, { roomId, newestSeq: 2 });
    expect(world.framesTo('c').map(({ event }) => event)).toEqual(['room', 'message']);
    expect(head()).toMatchObject({ seq: 2, status: 'closed' });
  });

  it('is one where two post it at once', async () => {
    const { ports, head, tables } = aRoom(ALL_READ);
    const seen = head();
    const both = await Promise.all([
      postSystemMessage(ports, closing(seen)),
      postSystemMessage(ports, closing(seen)),
    ]);
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(tables.logOf(roomId)).toHaveLength(2);
  });

  it('never runs against time', async () => {
    const { ports, head } = aRoom(ALL_READ);
    const at = '2020-01-01T00:00:00.000Z';
    const { message } = await postSystemMessage(ports, { ...closing(head()), at });
    expect(message.at).toBe(aHead().lastActivityAt);
  });

  it('has an id in the shape of a client’s', () => {
    const id = systemMessageId(roomId, 'away', '1');
    expect(id).toMatch(UUID_PATTERN);
    expect(systemMessageId(roomId, 'closed', '1')).not.toBe(id);
    expect(systemMessageId(roomId, 'away', '2')).not.toBe(id);
  });
});

describe('the summary after a system message', () => {
  it('closes and reopens, and keeps whose turn it is', async () => {
    const { ports, head } = aRoom({ ...ALL_READ, lastFrom: 'customer', lane: 'attention' });
    await postSystemMessage(ports, closing(head()));
    expect(head()).toMatchObject({
      status: 'closed',
      lane: 'closed',
      lastFrom: 'customer',
      seq: 2,
    });
    await postSystemMessage(ports, { ...closing(head()), event: 'reopened' });
    expect(head()).toMatchObject({ status: 'open', lane: 'attention', lastFrom: 'customer' });
  });

  it('is out of every lane where nothing is owed after reopening', async () => {
    const { ports, head } = aRoom({ ...ALL_READ, lastFrom: 'vendor', lane: 'attention' });
    await postSystemMessage(ports, closing(head()));
    await postSystemMessage(ports, { ...closing(head()), event: 'reopened' });
    expect(head()).not.toHaveProperty('lane');
  });

  it('keeps a closed room with unread messages apart', async () => {
    const { ports, head } = aRoom({ seq: 1, said: 1, lane: 'attention' });
    await postSystemMessage(ports, closing(head()));
    expect(head()).toMatchObject({ lane: 'closed-unread', read: { customer: 0, vendor: 0 } });
  });

  it('moves the marks of whoever had read all before it, and of nobody else', async () => {
    const { ports, head } = aRoom({ seq: 1, said: 1, read: { customer: 1, vendor: 0 } });
    await postSystemMessage(ports, away(head()));
    expect(head()).toMatchObject({ seq: 2, said: 1, read: { customer: 2, vendor: 0 } });
  });

  it('knows what it skips: an unsummed question still waits', async () => {
    const { ports, head, tables } = aRoom({ seq: 1, said: 1, lastFrom: 'vendor' });
    const seen = head();
    tables.putMessage(aMessage({ seq: 2, sender: CUSTOMER }));
    await postSystemMessage(ports, away(seen));
    expect(head()).toMatchObject({ seq: 3, said: 2, lastFrom: 'customer', lane: 'attention' });
  });

  it('is nothing that a sender has missed', async () => {
    const { ports, head } = aRoom(ALL_READ);
    await postSystemMessage(ports, away(head()));
    await send(ports, aCustomer(), { roomId, after: 1, message: aText() });
    expect(head()).toMatchObject({ seq: 3, read: { customer: 3, vendor: 2 } });
  });

  it('is made good by the next message where the poster died', async () => {
    const { ports, head } = aRoom(ALL_READ);
    const rooms = { ...ports.rooms, changeHead: () => Promise.reject(new Error('dead')) };
    await postSystemMessage({ ...ports, rooms }, closing(head()));
    await send(ports, aCustomer(), { roomId, after: 1, message: aText() });
    // Only the question is unread.
    expect(head()).toMatchObject({ seq: 3, status: 'open', read: { customer: 3, vendor: 2 } });
  });

  it('is mended by the stream where the poster died', async () => {
    const lived = aRoom({ ...ALL_READ, lastFrom: 'customer' });
    await postSystemMessage(lived.ports, closing(lived.head()));
    const died = aRoom({ ...ALL_READ, lastFrom: 'customer' });
    const rooms = { ...died.ports.rooms, changeHead: () => Promise.reject(new Error('dead')) };
    await postSystemMessage({ ...died.ports, rooms }, closing(died.head()));
    expect(died.head().seq).toBe(1);
    died.world.pushes.length = 0;
    await settleRoom(died.ports, { roomId, newestSeq: 2 });
    expect(died.head()).toEqual(lived.head());
    expect(died.world.framesTo('c')).toMatchObject([
      { event: 'room', room: { status: 'closed', unread: 0 } },
      { event: 'message' },
    ]);
  });
});

describe('whatever the order of writes and reads', () => {
  it('no system message is unread by itself, and whose turn it is stays right', async () => {
    const step = fc.constantFrom('customer', 'vendor', 'system', 'readCustomer', 'readVendor');
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 2, maxLength: 7 }),
        fc.scheduler(),
        fc.infiniteStream(fc.nat(3)),
        async (steps, scheduler, lags) => {
          const tables = new FakeTables();
          tables.putHead(aHead());
          const store = fakeStore(tables, {
            request: (work) => scheduler.schedule(Promise.resolve()).then(work),
            staleVersion: (count) => Math.max(0, count - 1 - (lags.next().value ?? 0)),
          });
          const ports = portsOver(store, new World());
          const work = steps.map((one, index) => run(ports, tables, { one, index }));
          await scheduler.waitFor(Promise.all(work));
          const log = tables.logOf(roomId);
          const head = tables.headOf(roomId) ?? aHead();
          const said = log.findLast(({ sender }) => sender !== undefined);
          expect(head.seq).toBe(log.length);
          expect(head.said ?? 0).toBe(said?.seq ?? 0);
          expect(head.lastFrom).toBe(said && (said.sender === CUSTOMER ? 'customer' : 'vendor'));
          for (const side of ['customer', 'vendor'] as const) {
            // A mark that reaches all that was said reaches the end.
            const isComplete = head.read[side] < (said?.seq ?? 0) || head.read[side] === head.seq;
            expect(isComplete).toBe(true);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

async function run(
  ports: ReturnType<typeof portsOver>,
  tables: FakeTables,
  { one, index }: { one: string; index: number },
): Promise<void> {
  const caller = one.endsWith('ustomer') ? aCustomer() : aVendor();
  if (one.startsWith('read')) {
    await markRead(ports, caller, { roomId, seq: tables.logOf(roomId).length });
  } else if (one === 'system') {
    const head = (await ports.rooms.getHead(roomId, { consistent: false })) ?? aHead();
    await postSystemMessage(ports, { ...away(head), key: String(index) });
  } else {
    await send(ports, caller, { roomId, message: aText() });
  }
}
