/** Read marks grow, clamp and are told. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { markRead } from '#core/receipts.ts';
import { send } from '#core/send.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  aMessage,
  aText,
  aVendor,
  CUSTOMER,
  VENDOR,
} from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../support/fake-store.ts';

const { roomId } = aHead();

function aRoom(lag = 0) {
  const tables = new FakeTables();
  for (let seq = 1; seq <= 5; seq += 1) tables.putMessage(aMessage({ seq }));
  for (let seq = 1; seq <= 4; seq += 1) tables.putHead(aHead({ seq }));
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c', device: 'phone' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v1', device: 'desk' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v2', device: 'tablet' }));
  const world = new World();
  const staleVersion = (count: number) => count - 1 - lag;
  const ports = portsOver(fakeStore(tables, { staleVersion }), world);
  return { tables, world, ports, read: () => tables.headOf(roomId)?.read.vendor };
}

const desk = aVendor({ device: 'desk' });

describe('markRead', () => {
  it.each([
    ['moves to the seq', 3, 3],
    ['moves to a message the summary does not know yet', 5, 5],
    ['is clamped to the end', 1e9, 5],
    ['stays at zero', 0, 0],
  ])('%s', async (_name, seq, expected) => {
    const { ports, read } = aRoom(2);
    await markRead(ports, desk, { roomId, seq });
    expect(read()).toBe(expected);
  });

  it('ignores what goes backwards, and tells nobody', async () => {
    const { ports, read, world } = aRoom();
    await markRead(ports, desk, { roomId, seq: 4 });
    world.pushes.length = 0;
    await markRead(ports, desk, { roomId, seq: 2 });
    expect(read()).toBe(4);
    expect(world.pushes).toEqual([]);
  });

  it('tells both sides, but not the causing device', async () => {
    const { ports, world } = aRoom();
    await markRead(ports, desk, { roomId, seq: 4 });
    const frame = { event: 'read', roomId, member: VENDOR, seq: 4, delivered: 4 };
    expect(world.pushes.map(({ connectionId }) => connectionId).toSorted()).toEqual(['c', 'v2']);
    expect(world.framesTo('c')).toMatchObject([frame]);
  });

  it('only grows, in whatever order the reads of many devices come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(9), { minLength: 2, maxLength: 8 }),
        fc.scheduler(),
        async (seqs, scheduler) => {
          const tables = new FakeTables();
          for (let seq = 1; seq <= 5; seq += 1) tables.putMessage(aMessage({ seq }));
          for (let seq = 3; seq <= 5; seq += 1) tables.putHead(aHead({ seq }));
          const store = fakeStore(tables, {
            request: (work) => scheduler.schedule(Promise.resolve()).then(work),
            staleVersion: () => 0,
          });
          const ports = portsOver(store, new World());
          const reads = seqs.map((seq) => markRead(ports, desk, { roomId, seq }));
          await scheduler.waitFor(Promise.all(reads));
          const marks = (tables.heads.get(roomId) ?? []).map(({ read }) => read.vendor);
          expect(marks).toEqual(marks.toSorted((a, b) => a - b));
          expect(marks.at(-1)).toBe(Math.min(5, Math.max(...seqs)));
        },
      ),
    );
  });

  it('is not for strangers', async () => {
    const { ports } = aRoom();
    const stranger = aCustomer({ user: 'stranger' });
    await expect(markRead(ports, stranger, { roomId, seq: 1 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('the read mark of a sender', () => {
  /** The vendor's tables with five messages of the customer, of which so many are read. */
  function received(vendor: number) {
    const { tables, world, ports, read } = aRoom();
    const marks = { customer: 5, vendor };
    tables.putHead(aHead({ seq: 5, said: 5, read: marks, delivered: { customer: 5, vendor: 5 } }));
    const say = (after: number, rooms = ports.rooms) =>
      send({ ...ports, rooms }, desk, { roomId, after, message: aText() });
    const told = () =>
      ['v1', 'v2', 'c'].map((one) =>
        world
          .framesTo(one)
          .flatMap((it) => (it.event === 'read' && it.member === VENDOR ? [it.seq] : [])),
      );
    return { ports, read, say, told };
  }

  it('is told to everybody where it passes what was unread, to the sending device too', async () => {
    const { read, say, told } = received(2);
    await say(5);
    expect(read()).toBe(6);
    expect(told()).toEqual([[6], [6], [6]]);
  });

  it('is told by the message alone where it lay right before it', async () => {
    const { read, say, told } = received(5);
    await say(5);
    expect(read()).toBe(6);
    expect(told()).toEqual([[], [], []]);
  });

  it('moves though this device has missed something, where another one had read it', async () => {
    const { read, say } = received(5);
    await say(3);
    expect(read()).toBe(6);
  });

  it('stays where this device has missed something, and is told to nobody', async () => {
    const { read, say, told } = received(4);
    await say(3);
    expect(read()).toBe(4);
    expect(told()).toEqual([[], [], []]);
  });

  it('is told to nobody where it was not written', async () => {
    const { ports, say, told } = received(2);
    await say(5, { ...ports.rooms, changeHead: () => Promise.reject(new Error('throttled')) });
    expect(told()).toEqual([[], [], []]);
  });
});
