/** A room with what one side keeps to itself, read only where there is something. */
import { expect, it } from 'vitest';

import type { StoredMine } from '#core/room.ts';
import { mineOf, roomFrames, viewRoom } from '#core/staff/view.ts';

import { aHead, VENDOR } from '../../support/builders.ts';

function someRooms() {
  const asked: string[] = [];
  const getMine = async (_roomId: string, member: string): Promise<StoredMine> => {
    asked.push(member);
    return { labels: ['vip'] };
  };
  return { asked, rooms: { getMine, getAbout: async () => null } };
}

it('looks for what is kept only where the head says so', async () => {
  const { rooms, asked } = someRooms();
  expect(await mineOf(rooms, aHead(), 'vendor')).toBeNull();
  await roomFrames(rooms, aHead(), null);
  expect(asked).toEqual([]);
  const head = aHead({ mineOfVendor: true });
  const { customer, vendor } = await roomFrames(rooms, head, null);
  expect(asked).toEqual([VENDOR]);
  expect(customer.room.mine.labels).toEqual([]);
  expect(vendor.room.mine.labels).toEqual(['vip']);
  expect((await viewRoom(rooms, head, 'vendor')).mine.labels).toEqual(['vip']);
  expect((await viewRoom(rooms, head, 'customer')).mine.labels).toEqual([]);
});
