/** Sending: its rules one by one, and the algorithm under random schedules of retries, lost answers, deaths and lagging summaries. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Caller } from '#core/access.ts';
import { send, type SendResult } from '#core/send.ts';
import { settleRoom } from '#core/settle.ts';
import { MAX_FRAME_BYTES } from '#protocol/limits.ts';
import type { OutgoingMessage } from '#protocol/message.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  aMessage,
  aProduct,
  aText,
  aVendor,
  CUSTOMER,
  memberOf,
  rulesWith,
  START_MS,
  VENDOR,
} from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../support/fake-store.ts';
import { type Fate, processOf } from '../support/process.ts';

const callers = [aCustomer(), aVendor(), aVendor({ user: 'giorgi' })];
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const textOf = (id: number): OutgoingMessage => ({
  id: uuid(id),
  type: 'text',
  text: `text ${id}`,
});

/** One try of a message, and what goes wrong in it. */
interface Try extends Fate {
  message: number;
  caller: number;
  /** How far the client's `after` lies behind what was stored when it first tried; none: it sends without. */
  behind: number | null;
}

const aTry = fc.record<Try>({
  message: fc.nat(3),
  caller: fc.nat(2),
  behind: fc.option(fc.nat(4)),
  diesAt: fc.oneof(fc.constant(99), fc.nat(12)),
  losesAt: fc.oneof(fc.constant(99), fc.nat(8)),
  lag: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
});

/** A room with some messages, of which the summary may not know the last ones. */
function tablesWith(stored: number, unknown: number): FakeTables {
  const tables = new FakeTables();
  for (let seq = 1; seq <= stored; seq += 1) {
    tables.putMessage(aMessage({ seq, id: uuid(1000 + seq), sender: CUSTOMER }));
  }
  for (let seq = 0; seq <= Math.max(0, stored - unknown); seq += 1) tables.putHead(aHead({ seq }));
  return tables;
}

interface Acknowledged {
  key: string;
  seq: number;
}

async function attempt(
  tables: FakeTables,
  one: Try,
  context: { stored: number; turn: () => Promise<void> },
): Promise<Acknowledged | null> {
  const caller: Caller = callers[one.caller] ?? aCustomer();
  const { life, ports } = processOf(tables, one, context.turn);
  const after = one.behind === null ? {} : { after: Math.max(0, context.stored - one.behind) };
  const command = { roomId: aHead().roomId, message: textOf(one.message), ...after };
  const result: SendResult | null = await send(ports, caller, command).catch(() => null);
  // What a dead process would have said, nobody heard.
  if (result === null || life.dead) return null;
  return { key: `${memberOf(caller)} ${result.message.id}`, seq: result.message.seq };
}

function checkLog(tables: FakeTables, acknowledged: Acknowledged[]): void {
  const log = tables.logOf(aHead().roomId);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  const bySeq = new Map(log.map((one) => [one.seq, `${one.sender} ${one.id}`]));
  expect(new Set(bySeq.values()).size).toBe(bySeq.size);
  for (const { key, seq } of acknowledged) expect(bySeq.get(seq)).toBe(key);
  const times = log.map(({ at }) => at);
  expect(times).toEqual(times.toSorted());
  const head = tables.headOf(aHead().roomId);
  expect(head?.seq ?? 0).toBeLessThanOrEqual(log.length);
}

/** Heads of one room, oldest first: what only grows has grown. */
function checkHeads(tables: FakeTables): void {
  const heads = tables.heads.get(aHead().roomId) ?? [];
  for (const [index, head] of heads.entries()) {
    const before = heads[index - 1];
    if (before === undefined) continue;
    expect(head.seq).toBeGreaterThanOrEqual(before.seq);
    for (const side of ['customer', 'vendor'] as const) {
      expect(head.read[side]).toBeGreaterThanOrEqual(before.read[side]);
      expect(head.delivered[side]).toBeGreaterThanOrEqual(before.delivered[side]);
    }
  }
}

describe('send under random schedules', () => {
  it('leaves no gap, no duplicate and no acknowledgement without its message', async () => {
    const runs = Number(process.env['SEND_RUNS'] ?? 1_000);
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.nat(6),
        fc.nat(3),
        fc.array(aTry, { minLength: 1, maxLength: 8 }),
        async (scheduler, stored, unknown, tries) => {
          const tables = tablesWith(stored, unknown);
          const turn = () => scheduler.schedule(Promise.resolve());
          const context = { stored, turn };
          const running = tries.map((one) => attempt(tables, one, context));
          const results = await scheduler.waitFor(Promise.all(running));
          const acknowledged = results.filter((one) => one !== null);
          checkLog(tables, acknowledged);
          checkHeads(tables);
          // Every message is tried once more at the end, with nothing going wrong but the lag.
          for (const one of tries) {
            const healthy = { ...one, diesAt: 99, losesAt: 99 };
            const again = await attempt(tables, healthy, { stored, turn: async () => {} });
            expect(again).not.toBeNull();
            if (again !== null) acknowledged.push(again);
          }
          checkLog(tables, acknowledged);
          checkHeads(tables);
        },
      ),
      { numRuns: runs },
    );
  }, 120_000);
});

async function aRoom(rules = rulesWith()) {
  const tables = new FakeTables();
  tables.putHead(aHead());
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c-phone', device: 'phone' }));
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c-laptop', device: 'laptop' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v-desk', device: 'desk' }));
  const world = new World();
  const ports = portsOver(fakeStore(tables), world, rules);
  const say = (caller: Caller, text: string, after?: number) =>
    send(ports, caller, {
      roomId: aHead().roomId,
      message: aText({ text }),
      ...(after === undefined ? {} : { after }),
    });
  return { tables, world, ports, say, head: () => tables.headOf(aHead().roomId) };
}

const phone = aCustomer({ device: 'phone' });

describe('send', () => {
  it('answers a retry with the stored message, and pushes it once', async () => {
    const { ports, world } = await aRoom();
    const command = { roomId: aHead().roomId, after: 0, message: aText() };
    const first = await send(ports, phone, command);
    world.pushes.length = 0;
    const again = await send(ports, phone, command);
    expect(first).toMatchObject({ isNew: true, delivered: true, message: { seq: 1 } });
    expect(again).toEqual({ isNew: false, message: first.message });
    expect(world.pushes).toEqual([]);
  });

  it('leaves a message to the stream where it could not find out whom to tell', async () => {
    const { ports, world, head } = await aRoom();
    const { list } = ports.connections;
    const connections: typeof ports.connections = {
      ...ports.connections,
      list: (member, options) =>
        member === VENDOR ? Promise.reject(new Error('throttled')) : list(member, options),
    };
    const command = { roomId: aHead().roomId, after: 0, message: aText() };
    const sent = await send({ ...ports, connections }, phone, command);
    expect(sent).toMatchObject({ isNew: true, delivered: false, message: { seq: 1 } });
    expect(world.framesTo('c-laptop')).toHaveLength(2);
    expect(head()?.seq).toBe(0);
    await settleRoom(ports, { roomId: aHead().roomId, newestSeq: 1 });
    expect(world.framesTo('v-desk')).toHaveLength(2);
    expect(head()?.seq).toBe(1);
  });

  it('refuses the same id with other content, and keeps what is stored', async () => {
    const { ports, tables } = await aRoom();
    const message = aText({ text: 'one' });
    await send(ports, phone, { roomId: aHead().roomId, message });
    const other = send(ports, phone, {
      roomId: aHead().roomId,
      message: { ...message, text: 'two' },
    });
    await expect(other).rejects.toMatchObject({ code: 'conflict' });
    expect(tables.logOf(aHead().roomId).map(({ text }) => text)).toEqual(['one']);
  });

  it('makes no gap for a client whose after lies beyond the end', async () => {
    const { say } = await aRoom();
    expect((await say(phone, 'one', 900)).message.seq).toBe(1);
    expect((await say(phone, 'two', 901)).message.seq).toBe(2);
  });

  it('sends whoever is more than 200 behind to read on', async () => {
    const { tables, say } = await aRoom();
    tables.putHead(aHead({ seq: 201 }));
    await expect(say(phone, 'hi', 0)).rejects.toMatchObject({ code: 'behind' });
    await expect(say(phone, 'hi', 1)).resolves.toMatchObject({ isNew: true });
  });

  it('limits a member to 20 messages in 10 seconds, and lets a retry through', async () => {
    const { ports, say, world } = await aRoom();
    const message = aText();
    await send(ports, phone, { roomId: aHead().roomId, after: 0, message });
    for (let n = 0; n < 19; n += 1) await say(phone, 'again');
    await expect(say(phone, 'too much')).rejects.toMatchObject({
      code: 'rate_limited',
      details: { retryAfter: 1 },
    });
    await expect(say(aVendor(), 'calm down')).resolves.toMatchObject({ isNew: true });
    const retry = await send(ports, phone, { roomId: aHead().roomId, after: 0, message });
    expect(retry.isNew).toBe(false);
    world.nowMs += 600;
    await expect(say(phone, 'now')).resolves.toMatchObject({ isNew: true });
  });

  it('limits what is sent at once, too, and counts all of it', async () => {
    const { ports, head } = await aRoom();
    const still = { ...ports, wait: async () => {} };
    const command = () => ({ roomId: aHead().roomId, message: aText() });
    const burst = async (count: number) => {
      const tries = Array.from({ length: count }, () => send(still, phone, command()));
      const results = await Promise.allSettled(tries);
      return results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    };
    const refusals = await burst(100);
    expect(refusals).toHaveLength(80);
    const limited = { code: 'rate_limited', details: { retryAfter: 1 } };
    for (const refusal of refusals) expect(refusal).toMatchObject(limited);
    expect(head()).toMatchObject({ seq: 20, flood: { customer: START_MS + 10_000 } });
    expect(await burst(5)).toHaveLength(5);
  });

  it('looks the same to a stranger as a room that is not there', async () => {
    const { ports } = await aRoom();
    const stranger = aCustomer({ user: 'stranger' });
    const tries = [aHead().roomId, 'd-nothing'].map((roomId) =>
      send(ports, stranger, { roomId, message: aText() }).catch((error: unknown) => error),
    );
    const [known, missing] = await Promise.all(tries);
    expect(known).toMatchObject({ code: 'not_found' });
    expect(known).toEqual(missing);
  });

  it('tells everybody but the causing device, and the first message brings the room', async () => {
    const { say, world } = await aRoom();
    await say(phone, 'hello');
    const events = (id: string) => world.framesTo(id).map(({ event }) => event);
    expect(events('c-phone')).toEqual([]);
    expect(events('c-laptop')).toEqual(['room', 'message', 'read']);
    expect(events('v-desk')).toEqual(['room', 'message']);
    expect(world.framesTo('v-desk')[0]).toMatchObject({ room: { seq: 1, unread: 1 } });
    await say(phone, 'still me');
    expect(events('v-desk').slice(2)).toEqual(['message']);
  });

  it('shows who of the staff wrote to the staff only', async () => {
    const { say, world } = await aRoom();
    const sent = await say(aVendor(), 'hello');
    expect(sent.message.sender?.agent).toEqual({ user: 'ana', name: 'ანა' });
    const [, customerFrame] = world.framesTo('c-phone');
    expect(customerFrame).toMatchObject({
      message: { sender: { name: 'თბილისის კერამიკა', agent: null } },
    });
  });

  it('moves the own read mark, unless messages of others lie behind after', async () => {
    const { say, head } = await aRoom();
    await say(phone, 'one', 0);
    await say(aVendor(), 'unseeing', 0);
    expect(head()).toMatchObject({ seq: 2, read: { customer: 1, vendor: 0 } });
    await say(aVendor(), 'seeing', 2);
    expect(head()).toMatchObject({ seq: 3, read: { customer: 1, vendor: 3 } });
  });

  it('marks delivered what a device took, and stands when every push fails', async () => {
    const { say, head, world } = await aRoom();
    await say(phone, 'one');
    expect(head()?.delivered).toEqual({ customer: 1, vendor: 1 });
    world.outcome = () => 'busy';
    expect((await say(phone, 'two')).delivered).toBe(false);
    expect(head()?.delivered).toEqual({ customer: 2, vendor: 1 });
    expect(world.closed).toEqual(['c-laptop', 'v-desk']);
  });

  it('is stored and acknowledged though the summary cannot be written', async () => {
    const { ports, world, tables } = await aRoom();
    const rooms = { ...ports.rooms, changeHead: () => Promise.reject(new Error('throttled')) };
    const sent = await send({ ...ports, rooms }, phone, {
      roomId: aHead().roomId,
      message: aText(),
    });
    expect(sent.isNew).toBe(true);
    expect(tables.logOf(aHead().roomId)).toHaveLength(1);
    expect(world.reported).toHaveLength(1);
  });

  it('never runs time against seq, whatever the clock says', async () => {
    const { say, world } = await aRoom();
    const first = await say(phone, 'one');
    world.nowMs -= 60_000;
    expect((await say(aVendor(), 'two')).message.at).toBe(first.message.at);
  });

  it('keeps the product that a customer asks about with the room', async () => {
    const { ports, tables } = await aRoom();
    const message = aText({ product: aProduct() });
    await send(ports, phone, { roomId: aHead().roomId, message });
    expect(tables.abouts.get(aHead().roomId)?.product).toEqual(aProduct());
    await send(ports, aVendor(), {
      roomId: aHead().roomId,
      message: aText({ product: aProduct({ id: 'other' }) }),
    });
    expect(tables.abouts.get(aHead().roomId)?.product?.id).toBe('sku-1');
  });

  it.each([
    ['a text over the limit', aText({ text: 'x'.repeat(11) }), 'invalid', 'message.text'],
    [
      'a product of a foreign host',
      aText({ text: 'x', product: aProduct() }),
      'invalid',
      'message.product.url',
    ],
    ['an answer to nothing', aText({ text: 'x', replyTo: 7 }), 'invalid', 'message.replyTo'],
  ])('refuses %s', async (_name, message, code, path) => {
    const { ports } = await aRoom(rulesWith({ maxTextLength: 10 }, ['shop.test']));
    await expect(send(ports, phone, { roomId: aHead().roomId, message })).rejects.toMatchObject({
      code,
      details: { errors: expect.arrayContaining([expect.objectContaining({ path })]) },
    });
  });

  it('refuses what no frame can carry to its readers, and nothing smaller', async () => {
    const { say, world, tables } = await aRoom(rulesWith({ maxTextLength: 16_000 }));
    // Escaped, a control character takes six bytes.
    await expect(say(phone, '\u0001'.repeat(5_500))).rejects.toMatchObject({ code: 'too_large' });
    expect(tables.logOf(aHead().roomId)).toEqual([]);
    await say(phone, '\u0001'.repeat(5_000));
    await say(phone, 'ა'.repeat(10_000));
    const sizes = world.pushes.map(({ frame }) => Buffer.byteLength(JSON.stringify(frame)));
    expect(Math.max(...sizes)).toBeGreaterThan(30_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_FRAME_BYTES);
  });

  it('looks up whom to tell while the message is stored, and only once', async () => {
    const { ports, world } = await aRoom();
    const order: string[] = [];
    const put: typeof ports.messages.put = async (message) => {
      order.push('put');
      const isStored = await ports.messages.put(message);
      order.push('stored');
      return isStored;
    };
    const list: typeof ports.connections.list = async (member, options) => {
      order.push('look up');
      return ports.connections.list(member, options);
    };
    const counting = {
      ...ports,
      messages: { ...ports.messages, put },
      connections: { ...ports.connections, list },
    };
    await send(counting, phone, { roomId: aHead().roomId, message: aText() });
    expect(order).toEqual(['put', 'look up', 'look up', 'stored']);
    expect(world.framesTo('v-desk')).not.toEqual([]);
  });

  it('reopens a closed room, and puts it before the vendor again', async () => {
    const { tables, say, head, world } = await aRoom();
    tables.putHead(aHead({ seq: 1, status: 'closed', lane: 'closed' }));
    tables.putMessage(aMessage({ seq: 1 }));
    await say(phone, 'one more thing', 1);
    expect(head()).toMatchObject({ status: 'open', lane: 'attention', lastFrom: 'customer' });
    const events = world.framesTo('v-desk').map(({ event }) => event);
    expect(events).toEqual(['room', 'message', 'read']);
  });
});
