/** What becomes of a reminder when it comes out of the queue. */
import { describe, expect, it } from 'vitest';

import { deleteMessage } from '#core/changes/delete.ts';
import { remind } from '#core/reminders/remind.ts';
import { markRead } from '#core/receipts.ts';
import { send } from '#core/send.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  aMessage,
  aProduct,
  aReminder,
  aText,
  aVendor,
  CUSTOMER,
  START_MS,
  VENDOR,
} from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';
import { parsedDetail, Telling } from '../../support/telling.ts';

const { roomId } = aHead();
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A room in which a customer has asked, and nobody of the shop is there. */
async function anAskedRoom() {
  const tables = new FakeTables();
  tables.putHead(aHead());
  tables.abouts.set(roomId, { roomId, names: { customer: 'ნინო' }, pictures: {} });
  const world = new World();
  const telling = new Telling();
  const ports = { ...portsOver(fakeStore(tables), world), ...telling.ports() };
  const say = (who: 'customer' | 'vendor', text: string) => {
    const after = tables.headOf(roomId)?.seq ?? 0;
    const caller = who === 'customer' ? aCustomer() : aVendor();
    return send(ports, caller, { roomId, after, message: aText({ text }) });
  };
  await say('customer', 'Is it dishwasher safe?');
  const after = (ms: number) => {
    world.nowMs = START_MS + ms;
  };
  const remindNow = (reminder = aReminder()) => remind({ ...ports, ...telling.ports() }, reminder);
  return { tables, telling, ports, say, after, remindNow };
}

const waiting = () =>
  aReminder({ kind: 'waiting', dueAt: new Date(START_MS + HOUR_MS).toISOString() });

describe('a reminder', () => {
  it('goes back into the queue until it is due', async () => {
    const { telling, after, remindNow } = await anAskedRoom();
    after(5 * MINUTE_MS - 1);
    expect(await remindNow()).toBe('later');
    expect(telling.queued).toEqual([{ reminder: aReminder(), delaySeconds: 1 }]);
    after(5 * MINUTE_MS);
    expect(await remindNow()).toBe('told');
  });

  it('tells who has not read what, and of what', async () => {
    const { tables, telling, say, after, remindNow } = await anAskedRoom();
    await say('customer', 'Hello?');
    tables.shops.set(VENDOR, { settings: { name: 'თბილისის კერამიკა' } });
    const product = aProduct();
    tables.abouts.set(roomId, { roomId, names: { customer: 'ნინო' }, pictures: {}, product });
    after(6 * MINUTE_MS);
    await remindNow();
    expect(telling.published).toEqual([
      {
        type: 'member.unread',
        detail: {
          version: 1,
          key: `member.unread#${roomId}#1`,
          at: new Date(START_MS + 6 * MINUTE_MS).toISOString(),
          roomId,
          customer: CUSTOMER,
          vendor: VENDOR,
          member: VENDOR,
          customerName: 'ნინო',
          vendorName: 'თბილისის კერამიკა',
          unread: 2,
          seq: 1,
          since: new Date(START_MS).toISOString(),
          preview: 'Hello?',
          product,
        },
      },
    ]);
  });

  it('of a wait tells that the answer is still owed, though the question was read', async () => {
    const { tables, telling, ports, after, remindNow } = await anAskedRoom();
    await markRead(ports, aVendor(), { roomId, seq: 1 });
    tables.putRow(aConnection({ member: VENDOR, expiresAt: START_MS / 1000 + 7_200 }));
    after(HOUR_MS);
    expect(await remindNow(waiting())).toBe('told');
    const [event] = telling.published;
    expect(event).toMatchObject({
      type: 'customer.waiting',
      detail: { key: `customer.waiting#${roomId}#1`, unread: 0, seq: 1 },
    });
    expect(event?.detail).not.toHaveProperty('member');
  });

  it.each([aReminder(), waiting()])('is an event of the contract: $kind', async (reminder) => {
    const { telling, after, remindNow } = await anAskedRoom();
    after(HOUR_MS);
    await remindNow(reminder);
    const [event] = telling.published;
    if (event === undefined) throw new Error('Nothing was told.');
    expect(parsedDetail(event)).toEqual(event.detail);
  });

  it('shows the other side’s newest words, not the shop’s own away message behind them', async () => {
    const { tables, telling, after, remindNow } = await anAskedRoom();
    const { sender: _sender, senderName: _name, ...nobodys } = aMessage({ seq: 2 });
    tables.putMessage({ ...nobodys, type: 'system', text: 'We open at nine.' });
    after(HOUR_MS);
    await remindNow();
    expect(telling.published[0]?.detail).toMatchObject({ preview: 'Is it dishwasher safe?' });
  });
});

describe('nothing is told', () => {
  it('of what was read', async () => {
    const { ports, telling, after, remindNow } = await anAskedRoom();
    await markRead(ports, aVendor(), { roomId, seq: 1 });
    after(HOUR_MS);
    expect(await remindNow()).toBe('dropped');
    expect(telling.published).toEqual([]);
  });

  it('of a wait that was answered, also where the customer asked again', async () => {
    const { telling, say, after, remindNow } = await anAskedRoom();
    await say('vendor', 'Yes.');
    after(HOUR_MS);
    expect(await remindNow(waiting())).toBe('dropped');
    await say('customer', 'And ovenproof?');
    expect(await remindNow(waiting())).toBe('dropped');
    expect(telling.published).toEqual([]);
  });

  it('of a wait in a room that was closed', async () => {
    const { tables, after, remindNow } = await anAskedRoom();
    tables.putHead({ ...(tables.headOf(roomId) ?? aHead()), status: 'closed' });
    after(HOUR_MS);
    expect(await remindNow(waiting())).toBe('dropped');
    expect(await remindNow()).toBe('told');
  });

  it.each([aReminder(), waiting()])('of a muted room: $kind', async (reminder) => {
    const { tables, ports, telling, after } = await anAskedRoom();
    tables.putHead({ ...(tables.headOf(roomId) ?? aHead()), mineOfVendor: true });
    const getMine = async (_room: string, member: string) =>
      member === VENDOR ? { muted: true as const } : null;
    after(HOUR_MS);
    expect(await remind({ ...ports, rooms: { ...ports.rooms, getMine } }, reminder)).toBe(
      'dropped',
    );
    expect(telling.published).toEqual([]);
  });

  it.each([aReminder(), waiting()])('of what was deleted since: $kind', async (reminder) => {
    const { tables, say, after, remindNow } = await anAskedRoom();
    const log = tables.logs.get(roomId);
    const asked = log?.get(1);
    if (asked === undefined) throw new Error('Nothing was asked.');
    log?.set(1, { ...asked, deletedAt: asked.at });
    after(HOUR_MS);
    expect(await remindNow(reminder)).toBe('dropped');
    await say('customer', 'Better so?');
    expect(await remindNow(reminder)).toBe('told');
  });

  it('of a kind that was switched off, or whose event nobody wants any more', async () => {
    const { telling, after, remindNow } = await anAskedRoom();
    after(HOUR_MS);
    telling.remindAfter = { unread: null, waiting: HOUR_MS };
    expect(await remindNow()).toBe('dropped');
    telling.wanted = ['member.unread'];
    expect(await remindNow(waiting())).toBe('dropped');
  });

  it('of a room that is not there', async () => {
    const { after, remindNow } = await anAskedRoom();
    after(HOUR_MS);
    expect(await remindNow(aReminder({ roomId: 'd-none' }))).toBe('dropped');
  });
});

describe('a member who is there', () => {
  it('is looked at again, each time after as long as before, and told when it left without reading', async () => {
    const { tables, telling, after, remindNow } = await anAskedRoom();
    const row = aConnection({ member: VENDOR, expiresAt: START_MS / 1000 + 900 });
    tables.putRow(row);
    after(5 * MINUTE_MS);
    expect(await remindNow()).toBe('later');
    expect(telling.published).toEqual([]);
    const again = telling.queued[0]?.reminder;
    expect(again?.dueAt).toBe(new Date(START_MS + 10 * MINUTE_MS).toISOString());
    after(10 * MINUTE_MS);
    expect(await remindNow(again)).toBe('later');
    const third = telling.queued[1]?.reminder;
    expect(third?.dueAt).toBe(new Date(START_MS + 20 * MINUTE_MS).toISOString());
    tables.rows.clear();
    after(20 * MINUTE_MS);
    expect(await remindNow(third)).toBe('told');
  });

  it('is not told of by a row that has expired', async () => {
    const { tables, after, remindNow } = await anAskedRoom();
    tables.putRow(aConnection({ member: VENDOR, expiresAt: START_MS / 1000 + 299 }));
    after(5 * MINUTE_MS);
    expect(await remindNow()).toBe('told');
  });

  it.each([
    [24 * HOUR_MS, 'later'],
    [24 * HOUR_MS + 1, 'dropped'],
  ])('is looked at for a day: after %i ms it is %s', async (ageMs, outcome) => {
    const { tables, after, remindNow } = await anAskedRoom();
    tables.putRow(aConnection({ member: VENDOR, expiresAt: (START_MS + 48 * HOUR_MS) / 1000 }));
    after(ageMs);
    expect(await remindNow()).toBe(outcome);
  });
});

describe('a reminder that comes twice', () => {
  it('tells once', async () => {
    const { telling, after, remindNow } = await anAskedRoom();
    after(HOUR_MS);
    expect([await remindNow(), await remindNow()]).toEqual(['told', 'dropped']);
    expect([await remindNow(waiting()), await remindNow(waiting())]).toEqual(['told', 'dropped']);
    expect(telling.types()).toEqual(['member.unread', 'customer.waiting']);
  });

  it('tells once of an absence that has two, where its first message was deleted', async () => {
    const { ports, telling, say, after, remindNow } = await anAskedRoom();
    await deleteMessage(ports, aCustomer(), { roomId, seq: 1 });
    await say('customer', 'Is it for sale?');
    after(HOUR_MS);
    expect(await remindNow()).toBe('told');
    expect(await remindNow(aReminder({ seq: 2 }))).toBe('dropped');
    expect(telling.published).toMatchObject([{ detail: { seq: 1, preview: 'Is it for sale?' } }]);
  });

  it('tells with the same key where its twin is at work at once', async () => {
    const { telling, after, remindNow } = await anAskedRoom();
    after(HOUR_MS);
    await Promise.all([remindNow(), remindNow()]);
    expect(new Set(telling.published.map(({ detail }) => detail.key)).size).toBe(1);
  });

  it('tells again with the same key where its twin died before it remembered', async () => {
    const { ports, telling, after, remindNow } = await anAskedRoom();
    after(HOUR_MS);
    const profiles = { ...ports.profiles, putTold: () => Promise.reject(new Error('dead')) };
    await expect(remind({ ...ports, profiles }, aReminder())).rejects.toThrow('dead');
    expect(await remindNow()).toBe('told');
    const [one, two] = telling.published;
    expect(two).toEqual(one);
  });

  it('fails where the bus does, and tells the next time', async () => {
    const { telling, after, remindNow } = await anAskedRoom();
    after(HOUR_MS);
    telling.failures.push('bus');
    await expect(remindNow()).rejects.toThrow('does not answer');
    expect(await remindNow()).toBe('told');
  });

  it('tells of the next absence though the one before was told', async () => {
    const { ports, telling, say, after, remindNow } = await anAskedRoom();
    after(5 * MINUTE_MS);
    await remindNow();
    await markRead(ports, aVendor(), { roomId, seq: 1 });
    await say('customer', 'Hello?');
    after(HOUR_MS);
    expect(await remindNow(aReminder({ seq: 2 }))).toBe('told');
    expect(telling.published.map(({ detail }) => detail.key)).toEqual([
      `member.unread#${roomId}#1`,
      `member.unread#${roomId}#2`,
    ]);
  });
});
