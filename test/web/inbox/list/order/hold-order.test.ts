import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Room } from '#protocol/room.ts';

import { countNewer, holdOrder } from '../../../../../web/inbox/list/order/hold-order.ts';
import { aRoom, timeOf } from '../../rooms.ts';

const ids = (rooms: readonly Room[]) => rooms.map(({ roomId }) => roomId).join(' ');
const [a, b, c] = [aRoom('a', 30), aRoom('b', 20), aRoom('c', 10)];

describe('an order that is held', () => {
  it('is the same list where nothing changed', () => {
    const shown = [a, b, c];
    expect(holdOrder(shown, [a, b, c])).toBe(shown);
    expect(holdOrder(shown, [c, b, a])).toBe(shown);
  });

  it('keeps a row in its place, and shows in it what is new', () => {
    const moved = aRoom('c', 40, { unread: 1 });
    const held = holdOrder([a, b, c], [moved, a, b]);
    expect(ids(held)).toBe('a b c');
    expect(held[2]).toBe(moved);
  });

  it('keeps what left the list, with new rooms above and further pages below', () => {
    const held = holdOrder([a, b, c], [aRoom('new', 50), a, c, aRoom('old', 5)]);
    expect(ids(held)).toBe('new a b c old');
  });

  it('loses and doubles nothing', () => {
    const rooms = fc.uniqueArray(fc.tuple(fc.nat(20), fc.nat(50)), { selector: ([id]) => id });
    const toRooms = (list: [number, number][]) =>
      list.map(([id, minute]) => aRoom(`r${id}`, minute));
    fc.assert(
      fc.property(rooms, rooms, (before, after) => {
        const shown = toRooms(before);
        const now = toRooms(after);
        const held = holdOrder(shown, now);
        const expected = new Set([...shown, ...now].map(({ roomId }) => roomId));
        expect(held).toHaveLength(expected.size);
        const kept = held.filter(({ roomId }) => shown.some((room) => room.roomId === roomId));
        expect(ids(kept)).toBe(ids(shown));
        expect(holdOrder(held, now)).toBe(held);
      }),
    );
  });
});

describe('what is newer than the row one saw', () => {
  const unread = { unread: 1 };
  const rooms = [aRoom('a', 30, unread), aRoom('own', 20), aRoom('c', 10, unread)];

  it.each([
    [timeOf(30), 0],
    [timeOf(10), 1],
    [timeOf(0), 2],
    [null, 0],
  ])('after %s: %i that are unread', (seenAt, expected) => {
    expect(countNewer(rooms, seenAt)).toBe(expected);
  });
});
