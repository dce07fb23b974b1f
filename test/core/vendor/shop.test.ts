/** How a shop is called, who may set it, and what is remembered of it for a moment. */
import { describe, expect, it } from 'vitest';

import { listParticipants } from '#core/presence.ts';
import {
  asShop,
  knownName,
  rememberShops,
  requireVendor,
  SHOP_MEMORY_MS,
  shopName,
  type StoredShop,
} from '#core/vendor/shop.ts';
import type { Member } from '#protocol/ids.ts';

import { aCustomer, aHead, anAdmin, aVendor, VENDOR } from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';
import { someSettings } from '../../support/shop.ts';

describe('the name of a shop', () => {
  const set = (name: string | null): StoredShop => ({ settings: someSettings({ name }) });

  it.each<[string, StoredShop | null, string | undefined, string]>([
    ['is what its staff set', { ...set('Set'), tokenName: 'Token' }, 'Said', 'Set'],
    ['else what the token at hand says', { ...set(null), tokenName: 'Token' }, 'Said', 'Said'],
    ['else what the last token said', { ...set(null), tokenName: 'Token' }, undefined, 'Token'],
    ['else its id', set(null), undefined, 'a|7'],
    ['also where nobody has heard of it', null, undefined, 'a|7'],
  ])('%s', (_, shop, said, name) => {
    expect(shopName('vendor:a|7', shop, said)).toBe(name);
    expect(knownName(shop, said)).toBe(name === 'a|7' ? undefined : name);
  });
});

describe('staff', () => {
  const aWorld = () => {
    const tables = new FakeTables();
    const world = new World();
    tables.shops.set(VENDOR, { settings: someSettings({ name: 'Ceramics' }) });
    return { tables, world, ports: portsOver(fakeStore(tables), world) };
  };

  it('speak under the name of their shop; others under their own', async () => {
    const { ports } = aWorld();
    expect(await asShop(ports, aVendor())).toEqual(aVendor({ vendorName: 'Ceramics' }));
    expect(await asShop(ports, aVendor({ vendorId: 'x' }))).toEqual(aVendor({ vendorId: 'x' }));
    expect(await asShop(ports, aCustomer())).toEqual(aCustomer());
    expect(await asShop(ports, anAdmin())).toEqual(anAdmin());
  });

  it('speak as their token says where the shop cannot be read', async () => {
    const { ports, world } = aWorld();
    const recallShop = async () => Promise.reject(new Error('throttled'));
    expect(await asShop({ ...ports, recallShop }, aVendor())).toEqual(aVendor());
    expect(world.reported).toHaveLength(1);
  });

  it('are called by it among the participants of a room, whatever the room remembers', async () => {
    const { ports, tables } = aWorld();
    const { roomId } = aHead();
    tables.putHead(aHead());
    tables.abouts.set(roomId, { roomId, names: { vendor: 'Before' }, pictures: {} });
    const participants = await listParticipants(ports, aCustomer(), { roomId });
    expect(participants[1]).toMatchObject({ member: VENDOR, name: 'Ceramics' });
  });

  it('are who may set it', () => {
    expect(requireVendor(aVendor())).toBe(VENDOR);
    for (const caller of [aCustomer(), anAdmin()]) {
      expect(() => requireVendor(caller)).toThrow(expect.objectContaining({ code: 'forbidden' }));
    }
  });
});

describe('the memory of shops', () => {
  const aMemory = () => {
    const reads: Member[] = [];
    let nowMs = 0;
    let fails = false;
    const recall = rememberShops(
      async (vendor) => {
        reads.push(vendor);
        if (fails) throw new Error('throttled');
        return { tokenName: `${vendor} ${reads.length}` };
      },
      () => nowMs,
    );
    return {
      reads,
      recall,
      pass: (ms: number) => void (nowMs += ms),
      fail: (value: boolean) => void (fails = value),
    };
  };

  it('reads a shop once in five seconds, however many ask at once', async () => {
    const { recall, reads, pass } = aMemory();
    await Promise.all([recall('vendor:1'), recall('vendor:1'), recall('vendor:2')]);
    pass(SHOP_MEMORY_MS - 1);
    expect(await recall('vendor:1')).toEqual({ tokenName: 'vendor:1 1' });
    expect(reads).toEqual(['vendor:1', 'vendor:2']);
    pass(1);
    expect(await recall('vendor:1')).toEqual({ tokenName: 'vendor:1 3' });
  });

  it('does not remember a failure', async () => {
    const { recall, fail } = aMemory();
    fail(true);
    await expect(recall('vendor:1')).rejects.toThrow('throttled');
    fail(false);
    expect(await recall('vendor:1')).toEqual({ tokenName: 'vendor:1 2' });
  });

  it('stays bounded', async () => {
    const { recall, reads } = aMemory();
    for (let n = 0; n <= 1_000; n += 1) await recall(`vendor:${n}`);
    await recall('vendor:0');
    expect(reads).toHaveLength(1_002);
  });
});
