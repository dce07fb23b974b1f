/** Who gets into a room. */
import { describe, expect, it } from 'vitest';

import { enterRoom, enterRoomNow, requireStaff } from '#core/access.ts';

import { aCustomer, aHead, anAdmin, aVendor } from '../support/builders.ts';

const head = aHead();

/** A table that shows a room to consistent reads only, and counts them all. */
function aLaggingTable(seenBy: 'all' | 'consistent') {
  const reads: boolean[] = [];
  const getHead = async (roomId: string, { consistent }: { consistent: boolean }) => {
    reads.push(consistent);
    return roomId === head.roomId && (consistent || seenBy === 'all') ? head : null;
  };
  return { reads, rooms: { getHead } };
}

describe('enterRoom', () => {
  it.each([
    ['customer' as const, aCustomer()],
    ['vendor' as const, aVendor()],
    ['vendor' as const, aVendor({ user: 'giorgi' })],
  ])('lets the %s in by one read', async (side, caller) => {
    const { rooms, reads } = aLaggingTable('all');
    expect(await enterRoom(rooms, caller, head.roomId)).toMatchObject({ side });
    expect(reads).toEqual([false]);
  });

  it('finds a room younger than a lagging read', async () => {
    const { rooms, reads } = aLaggingTable('consistent');
    expect(await enterRoom(rooms, aCustomer(), head.roomId)).toMatchObject({ head });
    expect(reads).toEqual([false, true]);
  });

  it.each([
    ['a stranger', aCustomer({ user: 'x' }), head.roomId],
    ['a stranger of a shop', aVendor({ vendorId: 'x' }), head.roomId],
    ['anybody of a room that is not there', aCustomer(), 'd-none'],
  ])('takes two reads to keep %s out', async (_name, caller, roomId) => {
    const { rooms, reads } = aLaggingTable('all');
    await expect(enterRoom(rooms, caller, roomId)).rejects.toMatchObject({ code: 'not_found' });
    expect(reads).toEqual([false, true]);
  });

  it('is not for admins', async () => {
    const { rooms } = aLaggingTable('all');
    await expect(enterRoom(rooms, anAdmin(), head.roomId)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('enterRoomNow', () => {
  it('asks consistently, and takes two reads to keep somebody out', async () => {
    const { rooms, reads } = aLaggingTable('consistent');
    expect(await enterRoomNow(rooms, aVendor(), head.roomId)).toMatchObject({ side: 'vendor' });
    expect(reads).toEqual([true]);
    const stranger = enterRoomNow(rooms, aCustomer({ user: 'x' }), head.roomId);
    await expect(stranger).rejects.toMatchObject({ code: 'not_found' });
    expect(reads).toEqual([true, true, true]);
  });
});

describe('requireStaff', () => {
  it('lets a shop’s staff pass, and nobody else', () => {
    expect(requireStaff(aVendor())).toBe(head.vendor);
    for (const caller of [aCustomer(), anAdmin()]) {
      expect(() => requireStaff(caller)).toThrow(expect.objectContaining({ code: 'forbidden' }));
    }
  });
});
