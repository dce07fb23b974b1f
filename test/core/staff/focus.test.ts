/** Where a colleague is: told to the staff of the same shop, never stored. */
import { describe, expect, it } from 'vitest';

import { setFocus } from '#core/staff/focus.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  anAdmin,
  aVendor,
  CUSTOMER,
  VENDOR,
} from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';

const { roomId } = aHead();
const desk = aVendor({ device: 'desk' });

function aRoom() {
  const tables = new FakeTables();
  tables.putHead(aHead({ seq: 1 }));
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v', user: 'ana', device: 'desk' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'own', user: 'ana', device: 'home' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'w', user: 'gio', device: 'till' }));
  const world = new World();
  return { tables, world, ports: portsOver(fakeStore(tables), world) };
}

describe('setFocus', () => {
  it('tells every other device of the shop, and no customer', async () => {
    const { ports, world, tables } = aRoom();
    const stored = JSON.stringify([...tables.heads]);
    await setFocus(ports, desk, { roomId, replying: true });
    const frame = { event: 'focus', roomId, user: 'ana', name: 'ანა', replying: true };
    expect(world.pushes).toEqual([
      { connectionId: 'own', frame },
      { connectionId: 'w', frame },
    ]);
    expect(JSON.stringify([...tables.heads])).toBe(stored);
  });

  it('is of no room without a look at one, and nobody replies there', async () => {
    const { ports, world } = aRoom();
    await setFocus(ports, desk, { roomId: null, replying: true });
    expect(world.framesTo('w')).toMatchObject([{ roomId: null, replying: false }]);
  });

  it('is for staff, in rooms of their shop', async () => {
    const { ports, world } = aRoom();
    for (const caller of [aCustomer(), anAdmin()]) {
      for (const focus of [{ roomId }, { roomId: null }]) {
        await expect(setFocus(ports, caller, focus)).rejects.toMatchObject({ code: 'forbidden' });
      }
    }
    for (const id of [roomId, 'd-none']) {
      const call = setFocus(ports, aVendor({ vendorId: '8' }), { roomId: id });
      await expect(call).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(world.pushes).toEqual([]);
  });
});
