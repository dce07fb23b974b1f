import { describe, expect, it } from 'vitest';

import { findRooms } from '../../../../web/inbox/list/find-rooms.ts';
import { aRoom, timeOf } from '../rooms.ts';

const named = (name: string) => ({ members: [{ member: 'customer:1' as const, name }] });
const product = { id: 'p', title: 'Blue bowl', url: 'https://shop.example/p' };
const preview = 'Is it dishwasher safe?';
const last = { seq: 1, type: 'text' as const, preview, sender: null, at: timeOf(1) };
const rooms = [
  aRoom('nino', 4, { product }),
  aRoom('giorgi', 3, { ...named('გიორგი'), lastMessage: last }),
  aRoom('jurgen', 2, { ...named('Jürgen Weiß'), mine: { ...aRoom('x', 1).mine, labels: ['VIP'] } }),
];
const found = (query: string) => findRooms(rooms, query).map(({ roomId }) => roomId);

describe('finding in the loaded rooms', () => {
  it.each([
    ['nin', ['nino']],
    ['blue BOWL', ['nino']],
    ['გიორ', ['giorgi']],
    ['dishwasher', ['giorgi']],
    ['jurgen', ['jurgen']],
    ['vip', ['jurgen']],
    ['vip blue', []],
    ['tbilisi', []],
  ])('%s finds %j', (query, expected) => {
    expect(found(query)).toEqual(expected);
  });

  it('takes a blank query for none', () => {
    expect(findRooms(rooms, '  ')).toBe(rooms);
  });
});
