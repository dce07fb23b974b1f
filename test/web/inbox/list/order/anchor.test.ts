import { describe, expect, it } from 'vitest';

import { rowsMoved } from '../../../../../web/inbox/list/order/anchor.ts';
import { aRoom } from '../../rooms.ts';

const rooms = (ids: string) => ids.split('').map((id) => aRoom(id, 1));
const sight = { first: 2, count: 4 };

describe('what is in sight', () => {
  it.each([
    ['stays where nothing moves', 'abcdefgh', 0],
    ['moves down under a new row', 'xabcdefgh', 1],
    ['moves down when one from below goes to the top', 'habcdefg', 1],
    ['stays with the others when one of it goes to the top', 'cabdefgh', 0],
    ['moves up when one above goes', 'bcdefgh', -1],
    ['stays when all of it is gone', 'abgh', 0],
  ])('%s', (_, after, expected) => {
    expect(rowsMoved(rooms('abcdefgh'), rooms(after), sight)).toBe(expected);
  });
});
