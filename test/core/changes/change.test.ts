/** Changing messages: what every change obeys, and all of them under random schedules of deaths, lost answers and lagging reads. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Caller } from '#core/access.ts';
import { changeMessage } from '#core/changes/change.ts';
import { deleteMessage } from '#core/changes/delete.ts';
import { editMessage } from '#core/changes/edit.ts';
import { react } from '#core/changes/react.ts';
import { listMessages } from '#core/history.ts';
import { lastMessageOf, renderMessage, type StoredMessage } from '#core/message.ts';
import { send } from '#core/send.ts';
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  aMessage,
  anAdmin,
  aText,
  aVendor,
  CUSTOMER,
  memberOf,
  rulesWith,
  VENDOR,
} from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { type Act, Mirror, Recorded, Run } from '../../support/change-run.ts';
import { aConversation } from '../../support/conversation.ts';
import { fakeStore } from '../../support/fake-store.ts';

const { roomId } = aHead();

const seq = fc.integer({ min: 1, max: 4 });
const anAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constant({ kind: 'send' as const }),
  fc.record({ kind: fc.constant('edit' as const), seq, text: fc.constantFrom('one', 'two') }),
  fc.record({ kind: fc.constant('delete' as const), seq }),
  fc.record({
    kind: fc.constant('react' as const),
    seq,
    emoji: fc.constantFrom('👍', '🎉'),
    on: fc.boolean(),
  }),
);
const fate = {
  diesAt: fc.oneof(fc.constant(99), fc.nat(12)),
  losesAt: fc.oneof(fc.constant(99), fc.nat(8)),
  lag: fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }),
};
const aStep = fc.record({ caller: fc.nat(2), act: anAct, ...fate });
const aFate = fc.record(fate);

function aRoomWith(stored: number): Recorded {
  const tables = new Recorded();
  tables.putHead(aHead());
  for (let at = 1; at <= stored; at += 1) {
    const message = aMessage({ seq: at, sender: at % 2 === 0 ? VENDOR : CUSTOMER });
    tables.putMessage(message);
    tables.putHead(aHead({ seq: at, lastMessage: lastMessageOf(aHead(), message) }));
  }
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v' }));
  return tables;
}

async function checkClients(tables: Recorded, run: Run, away: Mirror[]): Promise<void> {
  const ports = portsOver(fakeStore(tables), new World());
  const fresh = async (caller: Caller) => {
    const mirror = new Mirror(caller);
    await mirror.read(ports);
    return mirror.list();
  };
  for (const client of Object.values(run.live)) {
    if (client.isBehind) await client.read(ports);
    expect(client.list()).toEqual(await fresh(client.caller));
  }
  const head = tables.headOf(roomId);
  for (const client of away) {
    // What it asks when it comes back: everything where `changes` is another one, else only what is new.
    const page = await listMessages(ports, client.caller, {
      roomId,
      after: head?.changes === client.known ? Math.max(0, ...client.messages.keys()) : 0,
      limit: 100,
    });
    for (const message of page.items) client.take({ event: 'message', message });
    expect(client.list()).toEqual(await fresh(client.caller));
  }
}

/** Each version does one thing to the one before it, so nobody's change is lost; and what was acknowledged is one of them. */
function checkVersions(tables: Recorded, run: Run): void {
  const log = tables.logOf(roomId);
  expect(log.map((one) => one.seq)).toEqual(log.map((_, index) => index + 1));
  for (const { seq: at } of log) {
    const versions = tables.versions.filter((one) => one.seq === at);
    expect(versions.map(({ version = 0 }) => version)).toEqual(versions.map((_, n) => n));
    const steps = versions.slice(1).map((now, index) => differences(versions[index], now));
    expect(steps.filter((step) => step.length !== 1)).toEqual([]);
  }
  for (const { act, caller, message } of run.acknowledged) {
    const { version = 0 } = message;
    const stored = tables.versions.find(
      (one) => one.seq === message.seq && (one.version ?? 0) === version,
    );
    expect(stored && renderMessage(stored, memberOf(caller))).toEqual(message);
    expect(isDone(act, message, memberOf(caller))).toBe(true);
  }
}

/** Whether a message is what somebody wanted to make of it. */
function isDone(act: Act, message: Message, member: Member): boolean {
  switch (act.kind) {
    case 'send':
      return message.version === undefined;
    case 'edit':
      return message.text === act.text;
    case 'delete':
      return message.deletedAt !== null && message.text === null;
    case 'react':
      return (message.reactions[act.emoji]?.includes(member) ?? false) === act.on;
  }
}

function differences(before: StoredMessage | undefined, now: StoredMessage): string[] {
  if (before === undefined) return [];
  if (now.deletedAt !== before.deletedAt) return ['deleted'];
  const marks = ({ reactions = {} }: StoredMessage) =>
    Object.entries(reactions).flatMap(([emoji, who]) => who.map((one) => emoji + one));
  const [then, since] = [marks(before), marks(now)];
  return [
    ...(now.text === before.text ? [] : ['text']),
    ...since.filter((one) => !then.includes(one)),
    ...then.filter((one) => !since.includes(one)),
  ];
}

describe('changes under random schedules', () => {
  it('lose nothing, show everywhere, and reach who was there and who was not', async () => {
    const runs = Number(process.env['CHANGE_RUNS'] ?? 1_000);
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 3 }),
        fc.array(aStep, { minLength: 1, maxLength: 7 }),
        fc.array(aFate, { maxLength: 6 }),
        async (scheduler, stored, steps, fates) => {
          const tables = aRoomWith(stored);
          const run = new Run(tables, () => scheduler.schedule(Promise.resolve()));
          const away = [new Mirror(aCustomer()), new Mirror(aVendor())];
          await scheduler.waitFor(run.all(steps, fates, away));
          checkVersions(tables, run);
          const head = tables.headOf(roomId);
          const last = tables.logOf(roomId).at(-1);
          if (head === null || last === undefined) throw new Error('The room is there.');
          expect(head.lastMessage).toEqual(lastMessageOf(head, last));
          // Every change is counted behind it.
          expect(tables.events.lastIndexOf('count')).toBeGreaterThanOrEqual(
            tables.events.lastIndexOf('change'),
          );
          await checkClients(tables, run, away);
        },
      ),
      { numRuns: runs },
    );
  }, 120_000);
});

describe('a change', () => {
  const verbs = [
    ['an edit', (ports, caller, key) => editMessage(ports, caller, { ...key, text: 'new' })],
    ['a deletion', deleteMessage],
    ['a reaction', (ports, caller, key) => react(ports, caller, { ...key, emoji: '👍', on: true })],
  ] satisfies [string, (...of: Parameters<typeof deleteMessage>) => Promise<Message>][];

  it.each(verbs)('%s of a stranger looks like one in no room', async (_name, change) => {
    const { ports } = aConversation([aMessage()]);
    const stranger = aCustomer({ user: 'stranger' });
    const [known, missing] = await Promise.all(
      [roomId, 'd-nothing'].map((id) =>
        change(ports, stranger, { roomId: id, seq: 1 }).catch((error: unknown) => error),
      ),
    );
    expect(known).toMatchObject({ code: 'not_found' });
    expect(known).toEqual(missing);
  });

  it.each(verbs)('%s of an admin is forbidden', async (_name, change) => {
    const { ports } = aConversation([aMessage()]);
    await expect(change(ports, anAdmin(), { roomId, seq: 1 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it.each(verbs)('%s of a number that is not there is not found', async (_name, change) => {
    const { ports } = aConversation([aMessage()]);
    for (const at of [2, Number.MAX_SAFE_INTEGER]) {
      await expect(change(ports, aCustomer(), { roomId, seq: at })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });

  it.each(verbs)('%s of a message of the system is forbidden', async (_name, change) => {
    const { sender: _sender, ...rest } = aMessage({ type: 'system' });
    const { ports, row } = aConversation([rest]);
    for (const caller of [aCustomer(), aVendor()]) {
      await expect(change(ports, caller, { roomId, seq: 1 })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    expect(row(1)).toEqual(rest);
  });

  it.each(verbs)('%s is taken from the same quota as messages', async (_name, change) => {
    const { ports, world, head } = aConversation(
      Array.from({ length: 4 }, (_, n) => aMessage({ seq: n + 1 })),
      { rules: rulesWith({ messagesPer10Seconds: 3 }) },
    );
    await send(ports, aCustomer(), { roomId, message: aText() });
    for (const at of [1, 2]) await change(ports, aCustomer(), { roomId, seq: at });
    expect(head()?.flood.customer).toBeGreaterThan(world.nowMs + 9_999);
    await expect(change(ports, aCustomer(), { roomId, seq: 3 })).rejects.toMatchObject({
      code: 'rate_limited',
      details: { retryAfter: 4 },
    });
    // What is so already is no change, and never refused.
    await expect(change(ports, aCustomer(), { roomId, seq: 1 })).resolves.toMatchObject({
      version: 1,
    });
    world.nowMs += 3_334;
    await expect(change(ports, aCustomer(), { roomId, seq: 3 })).resolves.toBeDefined();
  });

  it.each(verbs)('%s is stored though nobody can be told', async (_name, change) => {
    const { ports, row, world } = aConversation([aMessage()]);
    const rooms = { ...ports.rooms, changeHead: () => Promise.reject(new Error('throttled')) };
    const answer = await change({ ...ports, rooms }, aCustomer(), { roomId, seq: 1 });
    expect(answer.version).toBe(1);
    expect(row(1)?.version).toBe(1);
    expect(world.reported).toHaveLength(1);
  });

  it.each(verbs)('%s whose answer was lost is found done by its retry', async (_name, change) => {
    const { ports, row } = aConversation([aMessage()]);
    const replace = async (message: StoredMessage) => {
      await ports.messages.replace(message);
      throw new Error('The answer was lost.');
    };
    const losing = { ...ports, messages: { ...ports.messages, replace } };
    await expect(change(losing, aCustomer(), { roomId, seq: 1 })).rejects.toThrow('lost');
    const stored = row(1);
    await expect(change(ports, aCustomer(), { roomId, seq: 1 })).resolves.toMatchObject({
      version: 1,
    });
    expect(row(1)).toEqual(stored);
  });

  it('gives up where others keep being faster', async () => {
    const { ports, world } = aConversation([aMessage()]);
    const messages = { ...ports.messages, replace: async () => false };
    const rewrite = (message: StoredMessage) => ({ ...message, text: 'new' });
    const endless = changeMessage({ ...ports, messages }, aCustomer(), { roomId, seq: 1, rewrite });
    await expect(endless).rejects.toMatchObject({ code: 'unavailable' });
    expect(world.waits).toHaveLength(20);
  });

  it('asks anew who may change it when it was changed meanwhile', async () => {
    const { ports } = aConversation([aMessage()]);
    const replace = async (message: StoredMessage) => {
      await deleteMessage(ports, aCustomer(), { roomId, seq: 1 });
      return ports.messages.replace(message);
    };
    const slow = { ...ports, messages: { ...ports.messages, replace } };
    await expect(
      editMessage(slow, aCustomer(), { roomId, seq: 1, text: 'back again' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
