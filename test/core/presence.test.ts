/** Coming, going, typing, and who is there. */
import { describe, expect, it } from 'vitest';

import { listParticipants, setTyping, settlePresence } from '#core/presence.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  aVendor,
  CUSTOMER,
  START_MS,
  VENDOR,
} from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../support/fake-store.ts';

const { roomId } = aHead();
const row = aConnection({ member: VENDOR, connectionId: 'v' });
const until = new Date(row.expiresAt * 1000).toISOString();

function aRoom() {
  const tables = new FakeTables();
  tables.putHead(aHead({ seq: 1 }));
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c' }));
  tables.putRow(row);
  const world = new World();
  return { tables, world, ports: portsOver(fakeStore(tables), world) };
}

describe('settlePresence', () => {
  it('tells peers once that a member came', async () => {
    const { ports, world } = aRoom();
    expect(await settlePresence(ports, { member: VENDOR })).toBe('changed');
    expect(await settlePresence(ports, { member: VENDOR })).toBe('unchanged');
    expect(world.framesTo('c')).toEqual([
      { event: 'presence', member: VENDOR, online: true, onlineUntil: until, lastSeenAt: null },
    ]);
    expect(world.framesTo('v')).toEqual([]);
  });

  it('says offline after ten seconds of grace', async () => {
    const { tables, ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    tables.rows.delete(`${VENDOR} v`);
    world.nowMs += 4_000;
    expect(await settlePresence(ports, { member: VENDOR, removedAtMs: START_MS })).toBe('changed');
    expect(world.waits).toEqual([6_000]);
    const lastSeenAt = new Date(START_MS).toISOString();
    expect(world.framesTo('c')[1]).toEqual({
      event: 'presence',
      member: VENDOR,
      online: false,
      onlineUntil: null,
      lastSeenAt,
    });
  });

  it('says nothing when a page was only reloaded', async () => {
    const { tables, ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    tables.rows.delete(`${VENDOR} v`);
    world.onWait = () => tables.putRow({ ...row, connectionId: 'v2' });
    const settled = await settlePresence(ports, { member: VENDOR, removedAtMs: START_MS });
    expect(settled).toBe('unchanged');
    expect(world.framesTo('c')).toHaveLength(1);
  });

  it('leaves a member that came and went to its going, and makes nobody wait', async () => {
    const { tables, ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    tables.rows.delete(`${VENDOR} v`);
    expect(await settlePresence(ports, { member: VENDOR })).toBe('unchanged');
    expect(world.waits).toEqual([]);
    expect(world.framesTo('c')).toHaveLength(1);
  });

  it('tells anew where what it said has ended by itself', async () => {
    const { tables, ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    world.nowMs += 16 * 60_000;
    tables.putRow(
      aConnection({ member: CUSTOMER, connectionId: 'c', expiresAt: world.nowMs / 1000 + 900 }),
    );
    tables.putRow({ ...row, expiresAt: world.nowMs / 1000 + 900 });
    expect(await settlePresence(ports, { member: VENDOR })).toBe('changed');
    expect(world.framesTo('c')).toHaveLength(2);
  });
});

describe('listParticipants', () => {
  it('names both sides with what their connections say', async () => {
    const { tables, ports } = aRoom();
    tables.rows.delete(`${CUSTOMER} c`);
    tables.abouts.set(roomId, { roomId, names: { vendor: 'Ceramics' }, pictures: {} });
    expect(await listParticipants(ports, aCustomer(), { roomId })).toEqual([
      {
        member: CUSTOMER,
        name: CUSTOMER.slice('customer:'.length),
        online: false,
        onlineUntil: null,
        lastSeenAt: null,
        readSeq: 0,
      },
      {
        member: VENDOR,
        name: 'Ceramics',
        online: true,
        onlineUntil: until,
        lastSeenAt: null,
        readSeq: 0,
      },
    ]);
  });

  it('says that a member who has just left was here until now', async () => {
    const { tables, ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    tables.rows.delete(`${VENDOR} v`);
    world.nowMs += 3_000;
    const [, vendor] = await listParticipants(ports, aCustomer(), { roomId });
    const lastSeenAt = new Date(world.nowMs).toISOString();
    expect(vendor).toMatchObject({ online: false, onlineUntil: null, lastSeenAt });
  });

  it('takes an expired row for offline, though nobody has swept it', async () => {
    const { ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    world.nowMs += 16 * 60_000;
    const [, vendor] = await listParticipants(ports, aCustomer(), { roomId });
    expect(vendor).toMatchObject({ online: false, onlineUntil: null, lastSeenAt: until });
  });
});

describe('setTyping', () => {
  it('tells the other member only, as the shop', async () => {
    const { ports, world } = aRoom();
    await setTyping(ports, aVendor(), { roomId, typing: true });
    expect(world.pushes).toEqual([
      {
        connectionId: 'c',
        frame: { event: 'typing', roomId, member: VENDOR, name: 'თბილისის კერამიკა', typing: true },
      },
    ]);
  });
});
