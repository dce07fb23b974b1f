/** What everybody may know of a shop. */
import { describe, expect, it } from 'vitest';

import { getVendor } from '#core/vendor/vendor.ts';
import { parse } from '#protocol/parse.ts';
import { vendorSchema } from '#protocol/vendor.ts';

import { START_MS } from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';
import { everyDay, someHours, someSettings } from '../../support/shop.ts';

function aWorld() {
  const tables = new FakeTables();
  const world = new World();
  return { tables, world, ports: portsOver(fakeStore(tables), world) };
}

const NOTHING = {
  picture: null,
  greeting: null,
  openNow: null,
  opensAt: null,
  replySeconds: null,
};

describe('a shop', () => {
  it.each(['new', 'a|7', '../me', 'მაღაზია'])(
    'that nobody has heard of is called by its id: %s',
    async (vendorId) => {
      const { ports } = aWorld();
      const vendor = await getVendor(ports, { vendorId });
      expect(vendor).toEqual({ vendorId, name: vendorId, ...NOTHING });
      expect(parse(vendorSchema, vendor)).toEqual(vendor);
    },
  );

  it('shows what is public, and nothing else', async () => {
    const { ports, tables } = aWorld();
    const hours = someHours(everyDay([{ from: '10:00', to: '18:00' }]));
    tables.shops.set('vendor:7', {
      tokenName: 'Token',
      settings: someSettings({
        name: 'Ceramics',
        picture: 'https://shop.example/logo.png',
        greeting: 'Hello',
        hours,
        awayMessage: 'We are away.',
      }),
      replyTime: { version: 3, seconds: 90, count: 9, at: new Date(START_MS).toISOString() },
    });
    const vendor = await getVendor(ports, { vendorId: '7' });
    expect(vendor).toEqual({
      vendorId: '7',
      name: 'Ceramics',
      picture: 'https://shop.example/logo.png',
      greeting: 'Hello',
      openNow: false,
      opensAt: '2026-11-23T06:00:00.000Z',
      replySeconds: 90,
    });
    expect(parse(vendorSchema, vendor)).toEqual(vendor);
  });

  it('says no opening while it is open, and none where there is none', async () => {
    const { ports, tables, world } = aWorld();
    const set = (hours: ReturnType<typeof someHours>) =>
      tables.shops.set('vendor:7', { settings: someSettings({ hours }) });
    world.nowMs = Date.parse('2026-11-23T06:00:00Z');
    set(someHours(everyDay([{ from: '10:00', to: '18:00' }])));
    expect(await getVendor(ports, { vendorId: '7' })).toMatchObject({
      openNow: true,
      opensAt: null,
    });
    set(someHours({}));
    expect(await getVendor(ports, { vendorId: '7' })).toMatchObject({
      openNow: false,
      opensAt: null,
    });
  });
});
