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
    expect(await getSettings(ports, aVendor())).toEqual(someSettings({ version: 0 }));
    expect(await putSettings(ports, aVendor(), FULL)).toEqual({ ...FULL, version: 1 });
    expect(await getSettings(ports, aVendor())).toEqual({ ...FULL, version: 1 });
    const next = someSettings({ greeting: 'Hi' });
    await putSettings(ports, aVendor(), next);
    expect(await getSettings(ports, aVendor())).toEqual({ ...next, version: 2 });
    const other = await getSettings(ports, aVendor({ vendorId: 'x' }));
    expect(other).toEqual(someSettings({ version: 0 }));
  });

  it('leave what else is known of the shop alone', async () => {
    const { ports, tables } = aShop();
    const replyTime = { version: 1, seconds: 60, count: 5, at: '2026-11-22T16:00:00.000Z' };
    tables.shops.set(VENDOR, { tokenName: 'Token', replyTime });
    await putSettings(ports, aVendor(), FULL);
    expect(tables.shops.get(VENDOR)).toEqual({
      tokenName: 'Token',
      replyTime,
      settings: { ...FULL, version: 1 },
    });
  });

  it('are one or the other where two put them at once', async () => {
    const { ports } = aShop();
    const other = someSettings({ name: 'Other' });
    await Promise.all([putSettings(ports, aVendor(), FULL), putSettings(ports, aVendor(), other)]);
    const { version, ...stored } = await getSettings(ports, aVendor());
    expect([FULL, other]).toContainEqual(stored);
    expect(version).toBe(2);
  });

  it('of one version are replaced by one of several who put them at once', async () => {
    const { ports } = aShop();
    await putSettings(ports, aVendor(), FULL);
    const names = ['A', 'B', 'C', 'D'];
    const put = (name: string) => putSettings(ports, aVendor(), { ...FULL, name, version: 1 });
    const ends = await Promise.allSettled(names.map(put));
    const refusals = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    expect(refusals.map(({ code }) => code)).toEqual(['conflict', 'conflict', 'conflict']);
    const winner = names[ends.findIndex(({ status }) => status === 'fulfilled')];
    expect(await getSettings(ports, aVendor())).toMatchObject({ name: winner, version: 2 });
  });

  it('are stored once where the answer was lost and they are put again', async () => {
    const { ports } = aShop();
    const command = { ...FULL, version: 0 };
    const first = await putSettings(ports, aVendor(), command);
    const { week, timeZone, holidays } = command.hours ?? someHours({});
    const again = { ...command, hours: { week, holidays, timeZone } };
    expect(await putSettings(ports, aVendor(), again)).toEqual(first);
    await expect(
      putSettings(ports, aVendor(), { ...command, name: 'Other' }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('of a version that knew fewer are filled up', () => {
    expect(settingsOf({ settings: { name: 'A' } })).toEqual(
      someSettings({ name: 'A', version: 0 }),
    );
  });

  it('of a version that knew more come back as they can be put', () => {
    const settings = { ...someSettings({ name: 'A' }), colour: 'red' };
    expect(settingsOf({ settings })).toEqual(someSettings({ name: 'A', version: 0 }));
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
