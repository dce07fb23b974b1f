/** Parts that come late: fetched once, and anew after a failure. */
import { expect, it } from 'vitest';

import { lateAddresses, lateChanges } from '#client/parts/late.ts';

const CHANGE = { type: 'remove' } as const;

it('a late part is fetched when it is first wanted, and once', async () => {
  let fetched = 0;
  const made: number[] = [];
  const changes = lateChanges(async () => {
    fetched += 1;
    return { make: async (seq) => void made.push(seq) };
  });
  expect(fetched).toBe(0);
  await Promise.all([changes.make(1, CHANGE), changes.make(2, CHANGE)]);
  expect(fetched).toBe(1);
  expect(made).toEqual([1, 2]);
});

it('a late part that does not come is unavailable, and asked for again', async () => {
  let isOffline = true;
  const changes = lateChanges(async () => {
    if (isOffline) throw new TypeError('no network');
    return { make: async () => {} };
  });
  await expect(changes.make(1, CHANGE)).rejects.toMatchObject({ code: 'unavailable' });
  isOffline = false;
  await expect(changes.make(1, CHANGE)).resolves.toBeUndefined();
});

it('an address is asked for once the code for addresses is there', async () => {
  const addresses = lateAddresses(async () => ({ get: async (room, key) => `${room}/${key}` }));
  expect(await addresses.get('room', 'key')).toBe('room/key');
});
