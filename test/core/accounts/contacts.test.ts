/** First contacts: how many a customer has, what counts as one, and that a retry is answered all the same. */
import { describe, expect, it } from 'vitest';

import { send } from '#core/send.ts';

import { aCustomer, aHead, aMessage, aText, aVendor, rulesWith } from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';

const MESSAGE_ID = '00000000-0000-4000-8000-000000000007';

describe('a first contact', () => {
  /** A customer and `count` shops that it has opened a room with. */
  function aStreet(count: number, limit: number) {
    const tables = new FakeTables();
    const rooms = Array.from({ length: count }, (_, n) => `d-${n}`);
    for (const [n, roomId] of rooms.entries()) {
      tables.putHead(aHead({ roomId, vendor: `vendor:${n}` }));
    }
    const world = new World();
    const rules = rulesWith({ firstContactsPerHour: limit });
    const ports = portsOver(fakeStore(tables), world, rules);
    const say = (roomId: string, message = aText()) =>
      send(ports, aCustomer(), { roomId, message }).then(
        ({ isNew }) => (isNew ? 'new' : 'retry'),
        (error: unknown) => Object(error),
      );
    return { tables, world, rooms, say };
  }

  it('is one of a few in an hour, however many rooms are open', async () => {
    const { rooms, say, world } = aStreet(4, 2);
    const answers = [];
    for (const roomId of rooms) answers.push(await say(roomId));
    expect(answers).toEqual([
      'new',
      'new',
      expect.objectContaining({ code: 'rate_limited', details: { retryAfter: 1_800 } }),
      expect.objectContaining({ code: 'rate_limited', details: { retryAfter: 1_800 } }),
    ]);
    // Whom they know they may write to.
    expect(await say('d-0')).toBe('new');
    world.nowMs += 1_800_000;
    expect(await say('d-2')).toBe('new');
  });

  it('is answered when it is tried again, though the summary does not know it and the quota is used up', async () => {
    const { rooms, say, tables } = aStreet(2, 1);
    const [first = '', second = ''] = rooms;
    expect(await say(second)).toBe('new');
    const message = aText({ id: MESSAGE_ID, text: 'text 7' });
    tables.putMessage(aMessage({ roomId: first, seq: 1, id: MESSAGE_ID, text: 'text 7' }));
    expect(await say(first, message)).toBe('retry');
  });

  it('is one, however many messages go to the new room at once', async () => {
    const { rooms, say } = aStreet(2, 2);
    const [first = '', second = ''] = rooms;
    const answers = await Promise.all(Array.from({ length: 10 }, () => say(first)));
    expect(new Set(answers)).toEqual(new Set(['new']));
    expect(await say(second)).toBe('new');
  });

  it('of a shop is none: it answers', async () => {
    const { tables, world } = aStreet(0, 1);
    const ports = portsOver(fakeStore(tables), world, rulesWith({ firstContactsPerHour: 1 }));
    for (const n of [1, 2]) {
      const roomId = `d-${n}`;
      tables.putHead(aHead({ roomId, customer: `customer:${n}` }));
      expect((await send(ports, aVendor(), { roomId, message: aText() })).isNew).toBe(true);
    }
  });
});
