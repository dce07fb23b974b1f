/** A rolling deployment: clients of an earlier version before the new server, and rows that earlier handlers wrote. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import type { Room } from '#protocol/room.ts';

import { aCustomer, aVendor, connected, personAt, textsOf } from '../../integration/people.ts';
import { type LocalStack, startLocalStack, type TokenClaims } from '../../support/local-stack.ts';
import { whole } from './cast.ts';
import { type StackTables, tablesOf } from './tables.ts';

let stack: LocalStack;
let tables: StackTables;

beforeAll(async () => {
  stack = await startLocalStack();
  tables = tablesOf(stack);
});
afterAll(async () => {
  tables?.close();
  await stack?.stop();
});

type Body = Record<string, unknown>;

async function call(claims: TokenClaims, [method, path, body]: [string, string, object?]) {
  const response = await fetch(`${stack.url}/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await stack.token(claims)}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
}

/** A socket of a client that knows less than today's, and more that is gone. */
async function oldSocket(claims: TokenClaims) {
  const socket = new WebSocket(stack.socketUrl, ['parley.v1', await stack.token(claims)]);
  const events: Body[] = [];
  socket.on('message', (data: Buffer) => events.push(JSON.parse(data.toString()) as Body));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { socket, events, send: (frame: object) => socket.send(JSON.stringify(frame)) };
}

const newMessage = (text: string) => ({ id: crypto.randomUUID(), type: 'text', text });

describe('a client of an earlier version', () => {
  it('sends, reads and hears without what came later, and with fields that nobody knows any more', async () => {
    const [customer, shop] = [aCustomer(), aVendor()];
    const opened = await call(customer, [
      'POST',
      '/rooms',
      { vendorId: shop.vendor_id, topic: 'x' },
    ]);
    const roomId = String(opened.body['roomId']);
    // No device in the address, no `after`, no `ref`, and fields of its own.
    const old = await oldSocket(customer);
    const ana = await oldSocket(shop);
    const first = newMessage('From an old client');
    old.send({
      action: 'send',
      roomId,
      message: { ...first, mood: 'calm' },
      clientVersion: '0.0.1',
    });
    await whole(() => {
      expect(old.events).toContainEqual(
        expect.objectContaining({ event: 'ack', seq: 1, id: first.id }),
      );
      expect(ana.events).toContainEqual(expect.objectContaining({ event: 'message' }));
    });
    old.send({ action: 'send', roomId, message: first });
    await whole(() => expect(old.events.filter(({ event }) => event === 'ack')).toHaveLength(2));
    const posted = await call(customer, [
      'POST',
      `/rooms/${roomId}/messages`,
      { ...newMessage('Two'), mood: 1 },
    ]);
    expect(posted).toMatchObject({ status: 201, body: { seq: 2 } });
    ana.send({ action: 'read', roomId, seq: 2, legacy: true });
    await whole(() => {
      expect(old.events).toContainEqual(
        expect.objectContaining({ event: 'read', member: `vendor:${shop.vendor_id}`, seq: 2 }),
      );
    });
    // An action that is gone, or not there yet, is refused by name, and the connection lives on.
    old.send({ action: 'presence.subscribe', ref: 'gone', roomId });
    old.send({ action: 'ping', ref: 'alive' });
    await whole(() => {
      expect(old.events).toContainEqual(
        expect.objectContaining({ event: 'error', code: 'invalid', ref: 'gone' }),
      );
      expect(old.events).toContainEqual(expect.objectContaining({ event: 'pong', ref: 'alive' }));
    });
    for (const { socket } of [old, ana]) socket.close();
  });
});

describe('rows of an earlier version', () => {
  /** As the first handlers wrote a room: no `said`, no lane but the old question, no names beside the log. */
  async function oldRoom(customer: TokenClaims, vendorId: string): Promise<string> {
    const { body } = await call(customer, ['POST', '/rooms', { vendorId }]);
    const roomId = String(body['roomId']);
    const member = `customer:${customer.sub}`;
    const at = new Date(Date.now() - 60_000).toISOString();
    for (let seq = 1; seq <= 3; seq += 1) {
      await tables.put('Messages', {
        roomId,
        seq,
        id: crypto.randomUUID(),
        type: 'text',
        sender: member,
        text: `Old ${seq}`,
        at,
      });
    }
    await tables.put('Rooms', {
      roomId,
      part: 'head',
      kind: 'direct',
      customer: member,
      vendor: `vendor:${vendorId}`,
      status: 'open',
      seq: 3,
      changes: 0,
      read: { customer: 3, vendor: 0 },
      delivered: { customer: 3, vendor: 0 },
      flood: { customer: 0, vendor: 0 },
      lastMessage: { seq: 3, type: 'text', preview: 'Old 3', sender: 'customer', at },
      lastFrom: 'customer',
      bucket: at.slice(0, 13),
      lane: `vendor:${vendorId}#attention`,
      laneAt: at,
      createdAt: at,
      lastActivityAt: at,
    });
    return roomId;
  }

  it('are listed, read, answered, changed and closed as if they were of today', async () => {
    const [customer, shop] = [aCustomer(), aVendor()];
    const roomId = await oldRoom(customer, shop.vendor_id);
    const ana = personAt(stack, shop);
    await connected(ana.client);
    await ana.client.rooms('waiting').load();
    await ana.client.unread.load();
    expect(ana.client.rooms('waiting').getState().rooms).toMatchObject([{ roomId, unread: 3 }]);
    expect(ana.client.unread.getState()).toMatchObject({ rooms: 1, messages: 3 });
    const room = ana.client.room(roomId);
    await room.loadLatest();
    room.watch();
    expect(textsOf(ana.client, roomId)).toEqual(['Old 1', 'Old 2', 'Old 3']);
    room.markRead();
    room.send({ text: 'New answer' });
    await whole(() => expect(ana.client.getState().unsent).toBe(0));
    const path = `/rooms/${roomId}/messages/3`;
    expect(await call(customer, ['PATCH', path, { text: 'Old, and changed' }])).toMatchObject({
      status: 200,
      body: { version: 1 },
    });
    await whole(() => {
      expect(textsOf(ana.client, roomId)).toEqual([
        'Old 1',
        'Old 2',
        'Old, and changed',
        'New answer',
      ]);
    });
    expect(await call(shop, ['PATCH', `/rooms/${roomId}`, { status: 'closed' }])).toMatchObject({
      status: 200,
      body: { status: 'closed', seq: 5 },
    });
    const { body } = await call(customer, ['GET', `/rooms/${roomId}`]);
    expect(body as unknown as Room).toMatchObject({
      seq: 5,
      changes: 1,
      unread: 2,
      status: 'closed',
    });
    ana.client.close();
  });

  it('of a connection without device and agent get what is pushed, and one message follows another', async () => {
    const [customer, shop] = [aCustomer(), aVendor()];
    const roomId = await oldRoom(customer, shop.vendor_id);
    const ana = await oldSocket(shop);
    const vendor = `vendor:${shop.vendor_id}`;
    const [row] = await tables.all('Connections', { member: vendor });
    const { member, connectionId, user, since, expiresAt } = row ?? {};
    await tables.put('Connections', { member, connectionId, user, since, expiresAt });
    const sent = await call(customer, ['POST', `/rooms/${roomId}/messages`, newMessage('New')]);
    expect(sent).toMatchObject({ status: 201, body: { seq: 4, delivered: true } });
    await whole(() => {
      expect(ana.events).toContainEqual(
        expect.objectContaining({ message: expect.objectContaining({ seq: 4, text: 'New' }) }),
      );
    });
    ana.socket.close();
  });
});
