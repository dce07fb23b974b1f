/** Rooms as ids and as their members read them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { byLatest, directRoomId, isWaiting, renderRoom, unreadOf } from '#core/room.ts';
import { customerMember, vendorMember } from '#protocol/ids.ts';
import { parse } from '#protocol/parse.ts';
import { roomSchema } from '#protocol/room.ts';

import { aHead, aProduct, CUSTOMER, VENDOR } from '../support/builders.ts';

describe('a room id', () => {
  it('is one for a pair, and another for every other pair', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        const id = directRoomId(customerMember(a), vendorMember(b));
        expect(id).toMatch(/^d-[\w-]{43}$/u);
        expect(directRoomId(customerMember(a), vendorMember(b))).toBe(id);
        expect(directRoomId(customerMember(a), vendorMember(c)) === id).toBe(c === b);
      }),
    );
  });
});

describe('a rendered room', () => {
  const head = aHead({
    seq: 3,
    read: { customer: 3, vendor: 1 },
    lastFrom: 'customer',
    lastMessage: { seq: 3, type: 'text', preview: 'hi', sender: 'customer', at: aHead().createdAt },
  });

  it('fits the contract and counts unread for its reader', () => {
    const about = {
      roomId: head.roomId,
      names: { customer: 'Nino' },
      pictures: {},
      product: aProduct(),
    };
    const room = renderRoom(head, { about, mine: null }, 'vendor');
    expect(parse(roomSchema, room)).toEqual(room);
    expect(room).toMatchObject({
      unread: 2,
      read: { [CUSTOMER]: 3, [VENDOR]: 1 },
      lastMessage: { sender: CUSTOMER },
      members: [{ name: 'Nino' }, { name: VENDOR.slice(7) }],
    });
    expect(renderRoom(head, { about: null, mine: null }, 'customer').unread).toBe(0);
  });

  it.each([
    ['the customer wrote last', {}, true],
    ['the vendor wrote last', { lastFrom: 'vendor' as const }, false],
    ['it is closed', { status: 'closed' as const }, false],
  ])('is waiting or not when %s', (_name, overrides, expected) => {
    expect(isWaiting({ ...head, ...overrides })).toBe(expected);
  });

  it('never has less than nothing unread, also where a mark is ahead of the summary', () => {
    expect(unreadOf(aHead({ seq: 1, read: { customer: 0, vendor: 2 } }), 'vendor')).toBe(0);
  });
});

it('orders rooms by their last activity, the latest first', () => {
  const rooms = ['b', 'a', 'c'].map((roomId) => ({ roomId, lastActivityAt: 'x' }));
  const later = { roomId: 'a', lastActivityAt: 'y' };
  expect([...rooms, later].toSorted(byLatest)).toEqual([later, rooms[2], rooms[0], rooms[1]]);
});
