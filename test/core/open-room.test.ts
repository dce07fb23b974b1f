/** Opening rooms, and what they say of their members. */
import { describe, expect, it } from 'vitest';

import { getRoom, openRoom } from '#core/open-room.ts';

import {
  aCustomer,
  anAdmin,
  aProduct,
  aVendor,
  CUSTOMER,
  rulesWith,
  VENDOR,
} from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../support/fake-store.ts';
import { someSettings } from '../support/shop.ts';

const vendorId = VENDOR.slice('vendor:'.length);

function aShop(rules = rulesWith()) {
  const tables = new FakeTables();
  const world = new World();
  return { tables, world, ports: portsOver(fakeStore(tables), world, rules) };
}

describe('openRoom', () => {
  it('makes one room, however often and concurrently it is asked', async () => {
    const { ports } = aShop();
    const opened = await Promise.all(
      [1, 2, 3].map(() => openRoom(ports, aCustomer(), { vendorId })),
    );
    expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(opened.map(({ room }) => room.roomId)).size).toBe(1);
  });

  it('names both sides and keeps the product', async () => {
    const { ports, tables } = aShop();
    tables.shops.set(VENDOR, { tokenName: 'Tbilisi Ceramics' });
    const { room } = await openRoom(ports, aCustomer(), { vendorId, product: aProduct() });
    expect(room).toMatchObject({
      seq: 0,
      unread: 0,
      lastMessage: null,
      product: aProduct(),
      members: [
        { member: CUSTOMER, name: 'ნინო ბერიძე' },
        { member: VENDOR, name: 'Tbilisi Ceramics' },
      ],
    });
  });

  it('calls a vendor nobody has heard of by its id', async () => {
    const { ports } = aShop();
    const { room } = await openRoom(ports, aCustomer(), { vendorId: 'new' });
    expect(room.members[1]).toEqual({ member: 'vendor:new', name: 'new' });
  });

  it.each([
    ['a vendor', aVendor()],
    ['an admin', anAdmin()],
  ])('is not for %s', async (_name, caller) => {
    const { ports } = aShop();
    await expect(openRoom(ports, caller, { vendorId })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('limits new rooms per hour, and opens known ones all the same', async () => {
    const { ports } = aShop(rulesWith({ roomsPerHour: 2 }));
    await openRoom(ports, aCustomer(), { vendorId: '1' });
    await openRoom(ports, aCustomer(), { vendorId: '2' });
    const third = openRoom(ports, aCustomer(), { vendorId: '3' });
    await expect(third).rejects.toMatchObject({
      code: 'rate_limited',
      details: { retryAfter: 1800 },
    });
    expect((await openRoom(ports, aCustomer(), { vendorId: '1' })).isNew).toBe(false);
  });

  it('refuses a product of a host that is not allowed', async () => {
    const { ports } = aShop(rulesWith({}, ['shop.test']));
    const opened = openRoom(ports, aCustomer(), { vendorId, product: aProduct() });
    await expect(opened).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('getRoom', () => {
  it('learns the name of a shop from its staff', async () => {
    const { ports } = aShop();
    const { room } = await openRoom(ports, aCustomer(), { vendorId });
    await getRoom(ports, aVendor(), room);
    const seen = await getRoom(ports, aCustomer(), room);
    expect(seen.members[1]?.name).toBe('თბილისის კერამიკა');
  });

  it('takes on what the staff set, whoever reads it, and lets go of a picture that they took away', async () => {
    const { ports, tables } = aShop();
    const { room } = await openRoom(ports, aCustomer(), { vendorId });
    const picture = 'https://shop.example/logo.png';
    tables.shops.set(VENDOR, { settings: someSettings({ name: 'Set', picture }) });
    for (const caller of [aCustomer(), aVendor()]) {
      const seen = await getRoom(ports, caller, room);
      expect(seen.members[1]).toEqual({ member: VENDOR, name: 'Set', picture });
    }
    tables.shops.set(VENDOR, { settings: someSettings({ name: 'Set again' }) });
    const seen = await getRoom(ports, aCustomer(), room);
    expect(seen.members[1]).toEqual({ member: VENDOR, name: 'Set again' });
    // Lists show what the room took on.
    expect(tables.abouts.get(room.roomId)).toMatchObject({
      names: { vendor: 'Set again' },
      pictures: {},
    });
  });

  it('is not for strangers', async () => {
    const { ports } = aShop();
    const { room } = await openRoom(ports, aCustomer(), { vendorId });
    const stranger = getRoom(ports, aVendor({ vendorId: 'other' }), room);
    await expect(stranger).rejects.toMatchObject({ code: 'not_found' });
  });
});
