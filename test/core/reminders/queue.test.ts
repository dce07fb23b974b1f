/** Which reminders follow from new messages. */
import { describe, expect, it } from 'vitest';

import { deleteMessage } from '#core/changes/delete.ts';
import { queueReminders } from '#core/reminders/queue.ts';
import { markRead } from '#core/receipts.ts';
import type { StoredMessage } from '#core/message.ts';
import type { StoredHead } from '#core/room.ts';
import { send } from '#core/send.ts';

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
import { fakeStore, FakeTables } from '../../support/fake-store.ts';
import { Telling } from '../../support/telling.ts';

const { roomId } = aHead();
const iso = (ms: number) => new Date(START_MS + ms).toISOString();

function aRoom() {
  const tables = new FakeTables();
  tables.putHead(aHead());
  const world = new World();
  const telling = new Telling();
  const ports = { ...portsOver(fakeStore(tables), world), ...telling.ports() };
  const say = async (who: 'customer' | 'vendor') => {
    const after = tables.headOf(roomId)?.seq ?? 0;
    const caller = who === 'customer' ? aCustomer() : aVendor();
    const { message } = await send(ports, caller, { roomId, after, message: aText() });
    return message.seq;
  };
  /** As the stream would, with the messages of the given numbers. */
  const stream = async (...seqs: number[]) => {
    const head = tables.headOf(roomId) ?? aHead();
    const messages = tables.logOf(roomId).filter(({ seq }) => seqs.includes(seq));
    telling.queued.length = 0;
    await queueReminders({ ...ports, ...telling.ports() }, { head, messages });
    return telling.queued.map(
      ({ reminder }) => `${reminder.kind} ${reminder.side} ${reminder.seq}`,
    );
  };
  return { tables, world, telling, ports, say, stream };
}

describe('a message to somebody who is away', () => {
  it('queues what it calls for, with its hour', async () => {
    const { telling, say, stream } = aRoom();
    expect(await stream(await say('customer'))).toEqual(['unread vendor 1', 'waiting vendor 1']);
    expect(telling.queued).toEqual([
      {
        delaySeconds: 300,
        reminder: {
          kind: 'unread',
          roomId,
          side: 'vendor',
          seq: 1,
          since: iso(0),
          dueAt: iso(300_000),
        },
      },
      {
        delaySeconds: 900,
        reminder: {
          kind: 'waiting',
          roomId,
          side: 'vendor',
          seq: 1,
          since: iso(0),
          dueAt: iso(3_600_000),
        },
      },
    ]);
  });

  it('queues for a customer, who owes no answer, the unread one only', async () => {
    const { say, stream } = aRoom();
    await say('customer');
    expect(await stream(await say('vendor'))).toEqual(['unread customer 2']);
  });

  it('queues once, however many follow in the batch or after it', async () => {
    const { say, stream } = aRoom();
    const [one, two] = [await say('customer'), await say('customer')];
    expect(await stream(one, two)).toEqual(['unread vendor 1', 'waiting vendor 1']);
    expect(await stream(await say('customer'))).toEqual([]);
  });

  it('queues the same again where the stream repeats it', async () => {
    const { say, stream } = aRoom();
    const seq = await say('customer');
    expect(await stream(seq)).toEqual(await stream(seq));
  });

  it('queues anew after it was read', async () => {
    const { ports, say, stream } = aRoom();
    await stream(await say('customer'));
    await markRead(ports, aVendor(), { roomId, seq: 1 });
    expect(await stream(await say('customer'))).toEqual(['unread vendor 2', 'waiting vendor 2']);
  });

  it('queues anew after a device got it unread and went again', async () => {
    const { tables, say, stream } = aRoom();
    await stream(await say('customer'));
    const head = tables.headOf(roomId) ?? aHead();
    tables.putHead({ ...head, delivered: { ...head.delivered, vendor: 1 } });
    expect(await stream(await say('customer'))).toEqual(['unread vendor 2', 'waiting vendor 2']);
  });

  it('is the first of an absence also behind system messages', async () => {
    const { tables, say, stream } = aRoom();
    await say('customer');
    const head = tables.headOf(roomId) ?? aHead();
    const { sender: _sender, ...away } = aMessage({ seq: 2, type: 'system' });
    tables.putMessage(away);
    tables.putHead({ ...head, seq: 2, delivered: { ...head.delivered, vendor: 1 } });
    expect(await stream(2, await say('customer'))).toEqual(['unread vendor 3', 'waiting vendor 3']);
    expect(await stream(await say('customer'))).toEqual([]);
  });

  it('is the first of an absence also behind messages that were deleted', async () => {
    const { ports, say, stream } = aRoom();
    await say('customer');
    await deleteMessage(ports, aCustomer(), { roomId, seq: 1 });
    expect(await stream(await say('customer'))).toEqual(['unread vendor 2', 'waiting vendor 2']);
  });

  it('fails where the queue does, so that the stream repeats it', async () => {
    const { telling, say, stream } = aRoom();
    const seq = await say('customer');
    telling.failures.push('queue');
    await expect(stream(seq)).rejects.toThrow('does not answer');
    expect(await stream(seq)).toHaveLength(2);
  });
});

describe('no reminder', () => {
  it('follows for somebody whose device took the message', async () => {
    const { tables, say, stream } = aRoom();
    tables.putRow(aConnection({ member: VENDOR }));
    expect(await stream(await say('customer'))).toEqual([]);
  });

  it('follows for its own sender, or from what nobody wrote', async () => {
    const { tables, ports, telling } = aRoom();
    const head: StoredHead = aHead({ seq: 1, read: { customer: 0, vendor: 0 } });
    tables.putHead(head);
    const { sender: _sender, ...system } = aMessage({ type: 'system' });
    const own = aMessage({ sender: CUSTOMER });
    const queue = (message: StoredMessage, side: 'customer' | 'vendor') =>
      queueReminders(ports, {
        head: { ...head, delivered: { customer: 1, vendor: 1, [side]: 0 } },
        messages: [message],
      });
    expect([await queue(system, 'vendor'), await queue(system, 'customer')]).toEqual([0, 0]);
    expect(await queue(own, 'customer')).toBe(0);
    expect(telling.queued).toEqual([]);
  });

  it('follows for a delay that is switched off', async () => {
    const { telling, say, stream } = aRoom();
    const seq = await say('customer');
    telling.remindAfter = { unread: null, waiting: 60_000 };
    expect(await stream(seq)).toEqual(['waiting vendor 1']);
    telling.remindAfter = { unread: null, waiting: null };
    expect(await stream(seq)).toEqual([]);
  });

  it('follows for a vendor who answered before the stream came', async () => {
    const { tables, say, stream } = aRoom();
    tables.putHead(aHead());
    const seq = await say('customer');
    await say('vendor');
    expect(await stream(seq)).toEqual([]);
  });

  it('asks the log nothing while both are there', async () => {
    const { tables, ports, say } = aRoom();
    tables.putRow(aConnection({ member: VENDOR }));
    const seq = await say('customer');
    const listPage = () => Promise.reject(new Error('asked'));
    const head = tables.headOf(roomId) ?? aHead();
    const messages = tables.logOf(roomId).filter((one) => one.seq === seq);
    expect(await queueReminders({ ...ports, messages: { listPage } }, { head, messages })).toBe(0);
  });
});
