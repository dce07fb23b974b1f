/** Closing and reopening: by the staff, once, whatever dies. */
import { describe, expect, it } from 'vitest';

import type { StoredHead } from '#core/room.ts';
import { send } from '#core/send.ts';
import { changeStatus } from '#core/system/status.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  aMessage,
  anAdmin,
  aText,
  aVendor,
  CUSTOMER,
  VENDOR,
} from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';

const { roomId } = aHead();
const desk = aVendor({ device: 'desk' });
const close = { roomId, status: 'closed' } as const;
const reopen = { roomId, status: 'open' } as const;

function aRoom(overrides: Partial<StoredHead> = {}) {
  const tables = new FakeTables();
  const marks = { read: { customer: 1, vendor: 1 }, said: 1 };
  tables.putHead(aHead({ seq: 1, lastFrom: 'vendor', ...marks, ...overrides }));
  tables.putMessage(aMessage({ seq: 1, sender: VENDOR }));
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v', device: 'desk' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'w', device: 'tablet' }));
  const world = new World();
  const events = () => tables.logOf(roomId).flatMap(({ system }) => system?.event ?? []);
  return { tables, world, events, ports: portsOver(fakeStore(tables), world) };
}

describe('changeStatus', () => {
  it('closes and reopens by system messages, rendered for each receiver', async () => {
    const { ports, world, events } = aRoom();
    const closed = await changeStatus(ports, desk, close);
    expect(closed).toMatchObject({ status: 'closed', seq: 2, unread: 0 });
    expect(world.framesTo('c')).toMatchObject([
      { event: 'room', room: { status: 'closed', unread: 0, lastMessage: { type: 'system' } } },
      { event: 'message', message: { system: { event: 'closed', params: {} }, sender: null } },
    ]);
    expect(world.framesTo('w')).toHaveLength(2);
    expect(world.framesTo('v')).toEqual([]);
    expect(await changeStatus(ports, desk, reopen)).toMatchObject({ status: 'open', seq: 3 });
    expect(events()).toEqual(['closed', 'reopened']);
  });

  it('answers a room that has the status already as it is', async () => {
    const { ports, world, events } = aRoom();
    await changeStatus(ports, desk, close);
    world.pushes.length = 0;
    expect(await changeStatus(ports, desk, close)).toMatchObject({ status: 'closed', seq: 2 });
    expect(events()).toEqual(['closed']);
    expect(world.pushes).toEqual([]);
  });

  it('says it once where colleagues decide at once, also of different heads', async () => {
    const { tables, ports, events } = aRoom();
    await Promise.all([changeStatus(ports, desk, close), changeStatus(ports, desk, close)]);
    expect(events()).toEqual(['closed']);
    await changeStatus(ports, desk, reopen);
    // The first decides before, the second after a customer's message, which both meet.
    const before = tables.headOf(roomId) ?? aHead();
    const stale = { ...ports.rooms, getHead: async () => before };
    await send(ports, aCustomer(), { roomId, message: aText() });
    const answers = await Promise.all([
      changeStatus({ ...ports, rooms: stale }, desk, close),
      changeStatus(ports, desk, close),
    ]);
    expect(events()).toEqual(['closed', 'reopened', 'closed']);
    expect(answers.map(({ status }) => status)).toEqual(['closed', 'closed']);
  });

  it('finds what a colleague left that died after its commit', async () => {
    const { ports, events } = aRoom();
    const rooms = { ...ports.rooms, changeHead: () => Promise.reject(new Error('dead')) };
    const died = await changeStatus({ ...ports, rooms }, desk, close);
    expect(died).toMatchObject({ status: 'closed', seq: 2 });
    const retried = await changeStatus(ports, desk, close);
    expect(retried).toMatchObject({ status: 'closed', seq: 2 });
    expect(events()).toEqual(['closed']);
  });

  it('keeps a question that came at the same time among the unread', async () => {
    const { tables, ports } = aRoom();
    const before = tables.headOf(roomId) ?? aHead();
    await send(ports, aCustomer(), { roomId, message: aText() });
    const getHead: typeof ports.rooms.getHead = async () => before;
    await changeStatus({ ...ports, rooms: { ...ports.rooms, getHead } }, desk, close);
    expect(tables.headOf(roomId)).toMatchObject({
      status: 'closed',
      lane: 'closed-unread',
      lastFrom: 'customer',
    });
  });

  it('takes from the staff’s quota of messages, of which a room that is so already takes nothing', async () => {
    const { ports, world, events } = aRoom();
    const both = async () => {
      await changeStatus(ports, desk, close);
      await changeStatus(ports, desk, close);
      await changeStatus(ports, desk, reopen);
    };
    for (let n = 0; n < 10; n += 1) await both();
    expect(events()).toHaveLength(20);
    await expect(changeStatus(ports, desk, close)).rejects.toMatchObject({ code: 'rate_limited' });
    world.nowMs += 500;
    expect(await changeStatus(ports, desk, close)).toMatchObject({ status: 'closed' });
  });

  it('is for the staff of the room’s shop', async () => {
    const { ports, events } = aRoom();
    for (const caller of [aCustomer(), aCustomer({ user: 'x' }), anAdmin()]) {
      const call = changeStatus(ports, caller, close);
      await expect(call).rejects.toMatchObject({ code: 'forbidden' });
    }
    for (const room of [roomId, 'd-none']) {
      const call = changeStatus(ports, aVendor({ vendorId: '8' }), { ...close, roomId: room });
      await expect(call).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(events()).toEqual([]);
  });
});
