/** Settings: by the shop's staff only, replaced as a whole, with pictures of allowed hosts. */
import { describe, expect, it } from 'vitest';

import { getSettings, putSettings, settingsOf } from '#core/vendor/settings.ts';

import { aCustomer, anAdmin, aVendor, rulesWith, VENDOR } from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';
import { everyDay, someHours, someSettings } from '../../support/shop.ts';

function aShop(hosts: string[] = []) {
  const tables = new FakeTables();
  return { tables, ports: portsOver(fakeStore(tables), new World(), rulesWith({}, hosts)) };
}

const FULL = someSettings({
  name: 'Tbilisi Ceramics',
  picture: 'https://shop.example/logo.png',
  greeting: '<b>Hello</b>',
  hours: someHours(everyDay([{ from: '10:00', to: '18:00' }])),
  awayMessage: 'We are closed.',
});

describe('settings', () => {
  it('are unset at first, then what was put last, as a whole', async () => {
    const { ports } = aShop();
    expect(await getSettings(ports, aVendor())).toEqual(someSettings());
    expect(await putSettings(ports, aVendor(), FULL)).toEqual(FULL);
    expect(await getSettings(ports, aVendor())).toEqual(FULL);
    await putSettings(ports, aVendor(), someSettings({ greeting: 'Hi' }));
    expect(await getSettings(ports, aVendor())).toEqual(someSettings({ greeting: 'Hi' }));
    expect(await getSettings(ports, aVendor({ vendorId: 'x' }))).toEqual(someSettings());
  });

  it('leave what else is known of the shop alone', async () => {
    const { ports, tables } = aShop();
    const replyTime = { version: 1, seconds: 60, count: 5, at: '2026-11-22T16:00:00.000Z' };
    tables.shops.set(VENDOR, { tokenName: 'Token', replyTime });
    await putSettings(ports, aVendor(), FULL);
    expect(tables.shops.get(VENDOR)).toEqual({ tokenName: 'Token', replyTime, settings: FULL });
  });

  it('are one or the other where two put them at once', async () => {
    const { ports } = aShop();
    const other = someSettings({ name: 'Other' });
    await Promise.all([putSettings(ports, aVendor(), FULL), putSettings(ports, aVendor(), other)]);
    expect([FULL, other]).toContainEqual(await getSettings(ports, aVendor()));
  });

  it('of a version that knew fewer are filled up', () => {
    expect(settingsOf({ settings: { name: 'A' } })).toEqual(someSettings({ name: 'A' }));
  });

  it('of a version that knew more come back as they can be put', () => {
    const settings = { ...someSettings({ name: 'A' }), colour: 'red' };
    expect(settingsOf({ settings })).toEqual(someSettings({ name: 'A' }));
  });

  it.each([
    ['a customer', aCustomer()],
    ['an admin', anAdmin()],
  ])('are not for %s', async (_, caller) => {
    const { ports, tables } = aShop();
    const forbidden = { code: 'forbidden' };
    await expect(getSettings(ports, caller)).rejects.toMatchObject(forbidden);
    await expect(putSettings(ports, caller, FULL)).rejects.toMatchObject(forbidden);
    expect(tables.shops.size).toBe(0);
  });

  it('show pictures of allowed hosts', async () => {
    const { ports } = aShop(['cdn.example', 'localhost']);
    const put = (picture: string) => putSettings(ports, aVendor(), someSettings({ picture }));
    await expect(put('https://shop.example/a.png')).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ path: 'picture', message: 'is not of an allowed host' }] },
    });
    await put('https://cdn.example/a.png');
    await put('http://localhost/a.png');
  });
});
