/** Away people are told, on the real stack: what reaches the bus, what does not, and the mail that is made of it. */
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { BUS_EVENTS, type BusEventType } from '#protocol/events.ts';
import { parse } from '#protocol/parse.ts';

import { mailFor, type Shop, type UnreadEvent } from '../../docs/examples/mail.ts';
import { type LocalStack, startLocalStack, type TokenClaims } from '../support/local-stack.ts';
import { aCustomer, aVendor, eventually } from './people.ts';

/** Seconds, where a deployment has minutes. */
const UNREAD_S = 3;
const WAITING_S = 5;

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack({
    env: {
      PARLEY_REMINDERS: JSON.stringify({
        unreadMinutes: UNREAD_S / 60,
        waitingMinutes: WAITING_S / 60,
      }),
      PARLEY_EVENTS: JSON.stringify(Object.keys(BUS_EVENTS)),
    },
  });
});
afterAll(() => stack.stop());

async function call(claims: TokenClaims, method: string, path: string, body?: unknown) {
  const response = await fetch(`${stack.url}/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await stack.token(claims)}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

/** Two people and their room, in which nothing was said yet. */
async function aConversation() {
  const nino = aCustomer();
  const ana = aVendor();
  const { roomId } = await call(nino, 'POST', '/rooms', { vendorId: ana.vendor_id });
  const room = `/rooms/${String(roomId)}`;
  const say = (who: TokenClaims, text: string) =>
    call(who, 'POST', `${room}/messages`, { id: crypto.randomUUID(), type: 'text', text });
  return { nino, ana, roomId: String(roomId), room, say };
}

/** What the bus has had of a room so far, each fact once, by its type and the number of its message. */
function factsOf(roomId: string) {
  const events = stack.runtime.events.list().filter(({ detail }) => detail['roomId'] === roomId);
  return new Map(events.map((event) => [String(event.detail['key']), event]));
}

const typesOf = (roomId: string) =>
  [...factsOf(roomId).values()].map((event) => event['detail-type']).toSorted();

/** How often an event of a type lies on the bus for a room, doubles counted. */
const countOf = (roomId: string, type: BusEventType) =>
  stack.runtime.events
    .list()
    .filter((event) => event.detail['roomId'] === roomId && event['detail-type'] === type).length;

/** Waits until a vendor who is away from now on was told everything: whatever was due before, was due then. */
async function afterEverything(): Promise<void> {
  const { nino, roomId, say } = await aConversation();
  await say(nino, 'Anybody?');
  await eventually(() => expect(typesOf(roomId)).toContain('customer.waiting'));
}

describe('a vendor who is away', () => {
  it('is told once of what it has not read, and its customer’s waiting once, by the contract', async () => {
    const { nino, ana, roomId, say } = await aConversation();
    await say(nino, 'Is it dishwasher safe?');
    await say(nino, 'გამარჯობა?');
    await eventually(() => expect(typesOf(roomId)).toContain('customer.waiting'));
    await sleep(1_000);
    expect(typesOf(roomId)).toEqual([
      'customer.waiting',
      'member.unread',
      'message.created',
      'message.created',
      'room.created',
    ]);
    expect(countOf(roomId, 'member.unread')).toBe(1);
    const told = factsOf(roomId).get(`member.unread#${roomId}#1`);
    expect(told?.detail).toMatchObject({
      member: `vendor:${ana.vendor_id}`,
      customerName: 'ნინო',
      unread: 2,
      preview: 'გამარჯობა?',
    });
    const waitedMs =
      Date.parse(String(told?.detail['at'])) - Date.parse(String(told?.detail['since']));
    expect(waitedMs).toBeGreaterThanOrEqual(UNREAD_S * 1_000);
  });

  it('is told again of the next absence', async () => {
    const { nino, ana, roomId, room, say } = await aConversation();
    await say(nino, 'Is it dishwasher safe?');
    await eventually(() => expect(typesOf(roomId)).toContain('member.unread'));
    await call(ana, 'PUT', `${room}/read`, { seq: 1 });
    await say(nino, 'Hello?');
    await eventually(() =>
      expect([...factsOf(roomId).keys()]).toContain(`member.unread#${roomId}#2`),
    );
  });

  it('gets a mail that can be made from the event alone, once', async () => {
    const { nino, ana, roomId, say } = await aConversation();
    await say(nino, 'Is it dishwasher safe?');
    await eventually(() => expect(typesOf(roomId)).toContain('member.unread'));
    const seen = new Set<string>();
    const shop: Shop = {
      chatUrl: 'https://chat.example',
      addressOf: async (member) =>
        member === `vendor:${ana.vendor_id}` ? 'ana@shop.example' : undefined,
      isFirst: async (key) => seen.size < seen.add(key).size,
    };
    const events = [...factsOf(roomId).values(), ...factsOf(roomId).values()];
    const mails = [];
    for (const event of events) mails.push(await mailFor(event as unknown as UnreadEvent, shop));
    expect(mails.filter((mail) => mail !== undefined)).toEqual([
      {
        to: 'ana@shop.example',
        subject: 'ნინო wrote to you',
        text: [
          'ნინო has sent you a message. The latest:',
          '> Is it dishwasher safe?',
          `Answer here: https://chat.example/inbox/${roomId}`,
        ].join('\n\n'),
      },
    ]);
  });
});

describe('nobody is told', () => {
  it('who is there, has come back and read, has answered, or has muted the room', async () => {
    const [there, back, answering, muted] = await Promise.all([
      aConversation(),
      aConversation(),
      aConversation(),
      aConversation(),
    ]);
    const token = await stack.token(there.ana);
    const socket = new WebSocket(stack.socketUrl, ['parley.v1', token]);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    // A vendor has no room to mute before its first message.
    await muted.say(muted.nino, 'Hello?');
    await call(muted.ana, 'PATCH', `${muted.room}/mine`, { muted: true });
    for (const { nino, say } of [there, back, answering]) await say(nino, 'Hello?');
    // Later than the stream, which by then has put the reminders into the queue.
    await eventually(() => expect(typesOf(back.roomId)).toContain('message.created'));
    await call(back.ana, 'PUT', `${back.room}/read`, { seq: 1 });
    await answering.say(answering.ana, 'Good evening!');
    await call(answering.nino, 'PUT', `${answering.room}/read`, { seq: 2 });

    await afterEverything();
    const told = ({ roomId }: { roomId: string }) =>
      typesOf(roomId).filter((type) => type === 'member.unread' || type === 'customer.waiting');
    expect([there, answering, muted].map(told)).toEqual([[], [], []]);
    // It has read, and still owes an answer.
    expect(told(back)).toEqual(['customer.waiting']);
    socket.close();
  });
});

describe('the bus', () => {
  it('has changes of messages and the closing of a room', async () => {
    const { nino, ana, roomId, room, say } = await aConversation();
    await say(nino, 'Is it dishwascher safe?');
    await call(nino, 'PATCH', `${room}/messages/1`, { text: 'Is it dishwasher safe?' });
    await call(ana, 'PATCH', room, { status: 'closed' });
    await eventually(() =>
      expect(typesOf(roomId)).toEqual(
        expect.arrayContaining(['message.updated', 'room.closed', 'room.created']),
      ),
    );
    const updated = [...factsOf(roomId).values()].find(
      (event) => event['detail-type'] === 'message.updated',
    );
    expect(updated?.detail).toMatchObject({
      changes: 1,
      message: { text: 'Is it dishwasher safe?' },
    });
  });

  it('holds nothing but what the contract says, from us', () => {
    const events = stack.runtime.events.list();
    expect(events.length).toBeGreaterThan(10);
    for (const event of events) {
      expect(event.source).toBe('parley');
      const schema = BUS_EVENTS[event['detail-type'] as BusEventType];
      expect(parse(schema, event.detail)).toEqual(event.detail);
    }
    expect(stack.problems).toEqual([]);
  });
});
