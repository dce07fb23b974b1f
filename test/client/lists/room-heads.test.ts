import { beforeEach, describe, expect, it } from 'vitest';

import { RoomHeads } from '#client/lists/room-heads.ts';
import type { Mine, Room } from '#protocol/room.ts';

import { FakeClock } from '../../support/fake-ports.ts';
import { newRoom, renderRoom } from '../../support/fake-server-rooms.ts';

let clock: FakeClock;
let heads: RoomHeads;
let shown: Mine[];

const NOTHING: Mine = { muted: false, markedUnread: false, labels: [], assignee: null };

function aHead(mine: Partial<Mine> = {}, more: Partial<Room> = {}): Room {
  const room = renderRoom(newRoom('customer:42', 'vendor:7'), 'vendor:7');
  return { ...room, roomId: 'r', ...more, mine: { ...NOTHING, ...mine } };
}

beforeEach(() => {
  clock = new FakeClock();
  shown = [];
  heads = new RoomHeads({
    me: () => 'vendor:7',
    ports: clock,
    onChange: (_, { mine }) => shown.push(mine),
  });
});

const mine = () => heads.get('r')?.mine;

describe('marks of my side', () => {
  it('show at once, over whatever the server says meanwhile, and fall back to that', () => {
    heads.put(aHead(), false);
    const undo = heads.patch('r', { muted: true });
    expect(mine()).toMatchObject({ muted: true });
    heads.put(aHead({ labels: ['new'] }), true);
    expect(mine()).toMatchObject({ muted: true, labels: ['new'] });
    undo();
    expect(mine()).toMatchObject({ muted: false, labels: ['new'] });
    undo();
    expect(shown).toHaveLength(4);
  });

  it('of the same kind twice are taken back one by one', () => {
    heads.put(aHead(), false);
    const patch = { muted: true };
    const first = heads.patch('r', patch);
    const second = heads.patch('r', patch);
    first();
    expect(mine()?.muted).toBe(true);
    second();
    expect(mine()?.muted).toBe(false);
  });

  it('that were just confirmed are not taken back by a page that lags, and are later', async () => {
    heads.put(aHead({ muted: true }), true);
    heads.put(aHead({ muted: false }), false);
    expect(mine()?.muted).toBe(true);
    await clock.advance(5_001);
    heads.put(aHead({ muted: false }), false);
    expect(mine()?.muted).toBe(false);
  });

  it('are taken from an answer that lags behind in everything else', () => {
    heads.put(aHead({}, { seq: 9 }), false);
    heads.put(aHead({ muted: true }, { seq: 8 }), true);
    expect(heads.get('r')).toMatchObject({ seq: 9, mine: { muted: true } });
  });

  it('wait for a room that is not known yet', () => {
    const undo = heads.patch('r', { muted: true });
    expect(heads.get('r')).toBeUndefined();
    heads.put(aHead(), false);
    expect(mine()?.muted).toBe(true);
    undo();
    expect(mine()?.muted).toBe(false);
  });
});

describe('a head', () => {
  it('that does not change tells nobody', () => {
    const room = aHead();
    heads.put(room, false);
    expect(heads.update('r', (known) => known)).toBe(true);
    expect(heads.update('stranger', (known) => known)).toBe(false);
    expect(shown).toHaveLength(1);
    heads.drop('r');
    expect(heads.get('r')).toBeUndefined();
  });
});

describe('a room that is told again', () => {
  it('stays the same object as long as it says the same', () => {
    const first = heads.put(aHead(), false);
    expect(heads.put(aHead(), false)).toBe(first);
    expect(shown).toHaveLength(1);
    expect(heads.put(aHead({}, { status: 'closed' }), false)).not.toBe(first);
    expect(shown).toHaveLength(2);
  });
});
