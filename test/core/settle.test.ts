/** What a handler left that died after its commit. */
import { describe, expect, it } from 'vitest';

import { send } from '#core/send.ts';
import { settleRoom } from '#core/settle.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  aMessage,
  aText,
  CUSTOMER,
  VENDOR,
} from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../support/fake-store.ts';

const { roomId } = aHead();

function aRoom() {
  const tables = new FakeTables();
  tables.putHead(aHead());
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v' }));
  const world = new World();
  return {
    tables,
    world,
    ports: portsOver(fakeStore(tables), world),
    head: () => tables.headOf(roomId),
  };
}

describe('settleRoom', () => {
  it('pushes and sums up what a dead handler left', async () => {
    const { tables, world, ports, head } = aRoom();
    tables.putMessage(aMessage({ seq: 1 }));
    tables.putMessage(aMessage({ seq: 2, sender: VENDOR }));
    const settled = await settleRoom(ports, { roomId, newestSeq: 2 });
    expect(settled).toEqual({ head: head(), isMended: true });
    expect(head()).toMatchObject({
      seq: 2,
      lastFrom: 'vendor',
      lane: 'attention',
      read: { customer: 1, vendor: 0 },
      delivered: { customer: 2, vendor: 2 },
      lastMessage: { seq: 2, sender: 'vendor' },
    });
    expect(world.framesTo('v').map(({ event }) => event)).toEqual([
      'room',
      'message',
      'message',
      'read',
    ]);
  });

  it('does nothing the second time', async () => {
    const { tables, world, ports } = aRoom();
    tables.putMessage(aMessage({ seq: 1 }));
    await settleRoom(ports, { roomId, newestSeq: 1 });
    world.pushes.length = 0;
    expect(await settleRoom(ports, { roomId, newestSeq: 1 })).toMatchObject({ isMended: false });
    expect(world.pushes).toEqual([]);
  });

  it('has to come again where it cannot find out whom to tell', async () => {
    const { tables, world, ports, head } = aRoom();
    tables.putMessage(aMessage({ seq: 1 }));
    const list = () => Promise.reject(new Error('throttled'));
    const failing = { ...ports, connections: { ...ports.connections, list } };
    const settling = settleRoom(failing, { roomId, newestSeq: 1 });
    await expect(settling).rejects.toMatchObject({ code: 'unavailable' });
    expect(head()?.seq).toBe(0);
    await settleRoom(ports, { roomId, newestSeq: 1 });
    expect(world.framesTo('v')).toHaveLength(2);
  });

  it('gives a handler at work its time', async () => {
    const { tables, world, ports, head } = aRoom();
    tables.putMessage(aMessage({ seq: 1 }));
    world.onWait = () => tables.putHead(aHead({ seq: 1 }));
    expect(await settleRoom(ports, { roomId, newestSeq: 1 })).toMatchObject({ isMended: false });
    expect(world.pushes).toEqual([]);
    expect(head()?.seq).toBe(1);
  });

  it('leaves the summary as the handler would have', async () => {
    const lived = aRoom();
    const message = aText();
    await send(lived.ports, aCustomer(), { roomId, after: 0, message });
    const died = aRoom();
    const rooms = { ...died.ports.rooms, changeHead: () => Promise.reject(new Error('dead')) };
    await send({ ...died.ports, rooms }, aCustomer(), { roomId, after: 0, message });
    await settleRoom(died.ports, { roomId, newestSeq: 1 });
    const { flood: _one, ...expected } = lived.head() ?? aHead();
    expect(died.head()).toMatchObject(expected);
  });
});
