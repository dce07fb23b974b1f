/** The away message: once per room and absence, whoever tries it, however often and when. */
import { describe, expect, it } from 'vitest';

import { send } from '#core/send.ts';
import { settleRoom } from '#core/settle.ts';
import { answerAway } from '#core/vendor/away.ts';
import { isWaiting, unreadOf } from '#core/room.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  aMessage,
  aText,
  aVendor,
  CUSTOMER,
  START_MS,
  VENDOR,
} from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { type Access, fakeStore, FakeTables } from '../../support/fake-store.ts';
import { everyDay, someHours, someSettings } from '../../support/shop.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const AWAY = {
  awayMessage: 'We are closed.',
  hours: someHours(everyDay([{ from: '10:00', to: '18:00' }])),
};

/** A shop in Tbilisi that closed two hours before START. */
function aClosedShop(settings = AWAY, access: Access = {}) {
  const tables = new FakeTables();
  const world = new World();
  const ports = portsOver(fakeStore(tables, access), world);
  tables.shops.set(VENDOR, { settings: someSettings(settings) });
  const { roomId } = aHead();
  tables.putHead(aHead());
  const write = async (caller = aCustomer()) => {
    const { message } = await send(ports, caller, { roomId, message: aText() });
    return message.seq;
  };
  /** What the stream does with the record of a message. */
  const stream = async (...seqs: number[]) => {
    await settleRoom(ports, { roomId, newestSeq: Math.max(...seqs) });
    const head = tables.headOf(roomId);
    if (head === null) throw new Error('the room is there');
    const messages = tables.logOf(roomId).filter(({ seq }) => seqs.includes(seq));
    return answerAway(ports, { head, messages });
  };
  const aways = () => tables.logOf(roomId).filter(({ system }) => system?.event === 'away');
  return { tables, world, ports, roomId, write, stream, aways };
}

describe('a closed shop', () => {
  it('answers with its text and the next opening, to both sides', async () => {
    const { write, stream, aways, world, ports } = aClosedShop();
    await ports.connections.put(aConnection({ member: CUSTOMER, connectionId: 'c' }));
    await ports.connections.put(aConnection({ member: VENDOR, connectionId: 'v' }));
    expect(await stream(await write())).toBe(true);
    expect(aways()).toMatchObject([
      {
        seq: 2,
        type: 'system',
        system: {
          event: 'away',
          params: { text: 'We are closed.', opensAt: '2026-11-23T06:00:00.000Z' },
        },
      },
    ]);
    for (const id of ['c', 'v']) {
      expect(world.framesTo(id)).toContainEqual(
        expect.objectContaining({ event: 'message', message: expect.objectContaining({ seq: 2 }) }),
      );
    }
  });

  it('still owes an answer, and has nothing more to read', async () => {
    const { write, stream, tables, roomId } = aClosedShop();
    await stream(await write());
    const head = tables.headOf(roomId);
    if (head === null) throw new Error('the room is there');
    expect(isWaiting(head)).toBe(true);
    // The customer has read all before it, the vendor has not.
    expect([unreadOf(head, 'customer'), unreadOf(head, 'vendor')]).toEqual([0, 2]);
    expect(head.exchange).toEqual({ askedAt: expect.any(String) });
  });

  it('leaves the question to be seen in the list', async () => {
    const { write, stream, tables, roomId } = aClosedShop();
    await stream(await write());
    expect(tables.headOf(roomId)).toMatchObject({
      seq: 2,
      lastMessage: { seq: 1, type: 'text', sender: 'customer' },
    });
    await write();
    expect(tables.headOf(roomId)).toMatchObject({ seq: 3, lastMessage: { seq: 3 } });
  });

  it('leaves it to be seen where the head did not know of it yet', async () => {
    const { write, ports, tables, roomId } = aClosedShop();
    await write();
    const lagging = tables.headOf(roomId);
    const seq = await write();
    if (lagging === null) throw new Error('the room is there');
    tables.putHead(lagging);
    const messages = tables.logOf(roomId).filter((message) => message.seq === seq);
    expect(await answerAway(ports, { head: lagging, messages })).toBe(true);
    expect(tables.headOf(roomId)).toMatchObject({ seq: seq + 1, lastMessage: { seq } });
  });

  it('answers once in an absence, however much is written and whoever replays it', async () => {
    const { write, stream, aways, world } = aClosedShop();
    const first = await write();
    await stream(first);
    await stream(first);
    for (let n = 0; n < 60; n += 1) {
      world.nowMs += MINUTE_MS;
      await stream(await write());
    }
    expect(aways()).toHaveLength(1);
  });

  it('answers once where two batches are settled at once', async () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      let state = seed;
      const { write, stream, aways } = aClosedShop(AWAY, {
        request: async (work) => {
          state = (state * 48_271) % 2_147_483_647;
          for (let turn = state % 5; turn > 0; turn -= 1) await Promise.resolve();
          return work();
        },
      });
      const [one, two] = [await write(), await write()];
      await Promise.all([stream(one), stream(two), stream(one, two)]);
      expect(aways()).toHaveLength(1);
    }
  });

  it('answers once where a process dies between the message and its mark', async () => {
    const { write, stream, aways, tables } = aClosedShop();
    await stream(await write());
    tables.absences.clear();
    await stream(await write());
    expect(aways()).toHaveLength(1);
  });

  it('answers again in the next absence', async () => {
    const { write, stream, aways, world } = aClosedShop();
    await stream(await write());
    world.nowMs += DAY_MS;
    await stream(await write());
    expect(aways().map(({ system }) => system?.params['opensAt'])).toEqual([
      '2026-11-23T06:00:00.000Z',
      '2026-11-24T06:00:00.000Z',
    ]);
  });

  it('that never opens says so, once', async () => {
    const { write, stream, aways, world } = aClosedShop({ ...AWAY, hours: someHours({}) });
    await stream(await write());
    world.nowMs += DAY_MS;
    await stream(await write());
    expect(aways()).toMatchObject([{ system: { params: { opensAt: null } } }]);
  });

  it('does not answer its own messages', async () => {
    const { write, stream, aways } = aClosedShop();
    const seq = await write();
    await stream(seq);
    await stream(seq + 1);
    await write(aVendor());
    await stream(seq + 2);
    expect(aways()).toHaveLength(1);
  });

  it('does not answer where its staff did', async () => {
    const { write, stream, aways } = aClosedShop();
    const asked = await write();
    await write(aVendor());
    expect(await stream(asked)).toBe(false);
    expect(aways()).toEqual([]);
    // Nor does that answer count for what is asked after it.
    await stream(await write());
    expect(aways()).toHaveLength(1);
  });

  it('answers what a head that lags does not know of yet', async () => {
    const { write, ports, tables, roomId } = aClosedShop();
    await write();
    await write(aVendor());
    const lagging = tables.headOf(roomId);
    const seq = await write();
    if (lagging === null) throw new Error('the room is there');
    const messages = tables.logOf(roomId).filter((message) => message.seq === seq);
    expect(await answerAway(ports, { head: lagging, messages })).toBe(true);
  });

  it('does not answer what nobody said', async () => {
    const { ports, tables, roomId, aways } = aClosedShop();
    const { sender: _, senderName: _name, text: _text, ...bare } = aMessage();
    const system = { event: 'closed', params: {} };
    tables.putMessage({ ...bare, roomId, type: 'system', system });
    const messages = tables.logOf(roomId);
    expect(await answerAway(ports, { head: aHead(), messages })).toBe(false);
    expect(aways()).toEqual([]);
  });

  it.each([
    [10 * MINUTE_MS, 1],
    [10 * MINUTE_MS + 1, 0],
  ])('answers a record that comes %d ms late with %d messages', async (lateMs, count) => {
    const { write, stream, aways, world } = aClosedShop();
    const seq = await write();
    world.nowMs = START_MS + lateMs;
    await stream(seq);
    expect(aways()).toHaveLength(count);
  });
});

describe('a shop stays silent', () => {
  it.each([
    ['that is open', { ...AWAY, hours: someHours(everyDay([{ from: '00:00', to: '24:00' }])) }],
    ['without hours', { ...AWAY, hours: null }],
    ['without an away message', { ...AWAY, awayMessage: null }],
  ])('%s', async (_, settings) => {
    const { write, stream, aways } = aClosedShop(settings as typeof AWAY);
    expect(await stream(await write())).toBe(false);
    expect(aways()).toEqual([]);
  });
});
