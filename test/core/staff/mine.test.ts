/** What a side keeps to itself: changed piece by piece, told to its own devices only. */
import { describe, expect, it } from 'vitest';

import { getRoom } from '#core/open-room.ts';
import { markRead } from '#core/receipts.ts';
import type { StoredHead } from '#core/room.ts';
import { send } from '#core/send.ts';
import { updateMine } from '#core/staff/mine.ts';

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
const phone = aCustomer({ device: 'phone' });
const NEW = { muted: false, markedUnread: false, labels: [], assignee: null };

function aRoom(overrides: Partial<StoredHead> = {}) {
  const tables = new FakeTables();
  const marks = { customer: 1, vendor: 1 };
  tables.putHead(aHead({ seq: 1, said: 1, read: marks, delivered: marks, ...overrides }));
  tables.putMessage(aMessage({ seq: 1 }));
  const rows = { c: ['phone', CUSTOMER], d: ['tablet', CUSTOMER] } as const;
  for (const [connectionId, [device, member]] of Object.entries(rows)) {
    tables.putRow(aConnection({ member, connectionId, device }));
  }
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v', device: 'desk' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'w', device: 'tablet' }));
  const world = new World();
  const head = () => tables.headOf(roomId) ?? aHead();
  return { tables, world, head, ports: portsOver(fakeStore(tables), world) };
}

describe('updateMine', () => {
  it('changes what is named, and leaves the rest', async () => {
    const { ports } = aRoom();
    const labels = [' vip ', 'refund', 'vip', ''];
    const first = await updateMine(ports, desk, { roomId, labels, assignee: 'ana' });
    expect(first.mine).toEqual({ ...NEW, labels: ['vip', 'refund'], assignee: 'ana' });
    const second = await updateMine(ports, desk, { roomId, muted: true });
    expect(second.mine).toEqual({ ...first.mine, muted: true });
    const third = await updateMine(ports, desk, { roomId, labels: [], assignee: null });
    expect(third.mine).toEqual({ ...NEW, muted: true });
    expect((await getRoom(ports, desk, { roomId })).mine).toEqual(third.mine);
  });

  it('loses nothing of two changes at once', async () => {
    const { ports } = aRoom();
    await Promise.all([
      updateMine(ports, desk, { roomId, labels: ['vip'] }),
      updateMine(ports, desk, { roomId, assignee: 'ana' }),
      updateMine(ports, desk, { roomId, muted: true }),
      updateMine(ports, desk, { roomId, markedUnread: true }),
    ]);
    expect((await getRoom(ports, desk, { roomId })).mine).toEqual({
      muted: true,
      markedUnread: true,
      labels: ['vip'],
      assignee: 'ana',
    });
  });

  it('tells the own side’s other devices, and nobody else', async () => {
    const { ports, world } = aRoom();
    await updateMine(ports, desk, { roomId, labels: ['vip'], markedUnread: true });
    expect(world.pushes).toMatchObject([
      {
        connectionId: 'w',
        frame: { event: 'room', room: { mine: { labels: ['vip'], markedUnread: true } } },
      },
    ]);
    world.pushes.length = 0;
    await updateMine(ports, phone, { roomId, muted: true });
    expect(world.pushes).toMatchObject([
      { connectionId: 'd', frame: { event: 'room', room: { mine: { ...NEW, muted: true } } } },
    ]);
  });

  it('shows each side its own in a room event of both', async () => {
    const { ports, world, tables } = aRoom();
    await updateMine(ports, desk, { roomId, labels: ['vip'] });
    await updateMine(ports, phone, { roomId, muted: true });
    tables.putHead({ ...(tables.headOf(roomId) ?? aHead()), status: 'closed' });
    world.pushes.length = 0;
    await send(ports, aCustomer(), { roomId, message: aText() });
    expect(world.framesTo('v')[0]).toMatchObject({ room: { mine: { ...NEW, labels: ['vip'] } } });
    expect(world.framesTo('d')[0]).toMatchObject({ room: { mine: { ...NEW, muted: true } } });
  });

  it('is known again after a death between its two writes', async () => {
    const { ports, tables } = aRoom();
    const changeMine = () => Promise.reject(new Error('dead'));
    const dead = { ...ports, rooms: { ...ports.rooms, changeMine } };
    await expect(updateMine(dead, desk, { roomId, muted: true })).rejects.toThrow('dead');
    expect((await getRoom(ports, desk, { roomId })).mine).toEqual(NEW);
    expect(tables.mines.size).toBe(0);
    expect((await updateMine(ports, desk, { roomId, muted: true })).mine.muted).toBe(true);
  });

  it('writes and tells nothing for nothing', async () => {
    const { ports, world, tables } = aRoom();
    expect((await updateMine(ports, desk, { roomId })).mine).toEqual(NEW);
    expect(world.pushes).toEqual([]);
    expect(tables.heads.get(roomId)).toHaveLength(1);
  });

  it('makes no event of a room without a message', async () => {
    const { ports, world } = aRoom({ seq: 0 });
    await updateMine(ports, phone, { roomId, muted: true });
    expect(world.pushes).toEqual([]);
  });

  it('has labels and assignees for the staff only, also where they say nothing', async () => {
    const { ports } = aRoom();
    for (const patch of [{ labels: [] }, { assignee: null }, { muted: true, labels: ['x'] }]) {
      const call = updateMine(ports, phone, { roomId, ...patch });
      await expect(call).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect((await getRoom(ports, phone, { roomId })).mine).toEqual(NEW);
  });

  it('is for members: others find nothing', async () => {
    const { ports } = aRoom();
    for (const caller of [aCustomer({ user: 'x' }), aVendor({ vendorId: '8' })]) {
      for (const id of [roomId, 'd-none']) {
        const call = updateMine(ports, caller, { roomId: id, muted: true });
        await expect(call).rejects.toMatchObject({ code: 'not_found' });
      }
    }
    const asAdmin = updateMine(ports, anAdmin(), { roomId, muted: true });
    await expect(asAdmin).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a room marked unread', () => {
  it('wants the shop’s attention until it is read', async () => {
    const { ports, head, world } = aRoom();
    await updateMine(ports, desk, { roomId, markedUnread: true });
    expect(head()).toMatchObject({ lane: 'attention', markedByVendor: true });
    world.pushes.length = 0;
    await markRead(ports, desk, { roomId, seq: 1 });
    expect(head()).not.toHaveProperty('markedByVendor');
    // The mark was private: the customer hears nothing of its end, the shop's other device does.
    expect(world.framesTo('c')).toEqual([]);
    expect(world.framesTo('w')).toMatchObject([
      { event: 'read', seq: 1 },
      { event: 'room', room: { mine: { markedUnread: false } } },
    ]);
    expect(world.framesTo('v')).toEqual([]);
  });

  it('is unmarked by an own message, not by one of the other side', async () => {
    const { ports, head } = aRoom();
    await updateMine(ports, desk, { roomId, markedUnread: true });
    await send(ports, aCustomer(), { roomId, message: aText() });
    expect(head()).toMatchObject({ markedByVendor: true });
    await send(ports, desk, { roomId, after: 2, message: aText() });
    expect(head()).not.toHaveProperty('markedByVendor');
  });

  it('is one for each side', async () => {
    const { ports, head } = aRoom();
    await updateMine(ports, phone, { roomId, markedUnread: true });
    expect(head()).toMatchObject({ markedByCustomer: true });
    expect(head()).not.toHaveProperty('lane');
    await markRead(ports, desk, { roomId, seq: 1 });
    expect((await getRoom(ports, phone, { roomId })).mine.markedUnread).toBe(true);
    const unmarked = await updateMine(ports, phone, { roomId, markedUnread: false });
    expect(unmarked.mine.markedUnread).toBe(false);
  });

  it('stays among the closed ones where it is closed', async () => {
    const { ports, head } = aRoom({ status: 'closed', lane: 'closed' });
    await updateMine(ports, desk, { roomId, markedUnread: true });
    expect(head()).toMatchObject({ lane: 'closed-unread', status: 'closed' });
  });
});
