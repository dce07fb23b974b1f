/** Calls about rooms: who may open one, who sees which, and what a forged cursor gets. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { noteSchema } from '#protocol/shop/note.ts';
import { parse } from '#protocol/parse.ts';
import { roomSchema } from '#protocol/room.ts';
import { SERVER_FRAMES } from '#protocol/server-frames.ts';

import { ANA, deploy, type Deployment, NINO } from '../../support/deployment.ts';
import type { Claims } from '../../support/issuer.ts';

let chat: Deployment;
beforeAll(async () => {
  chat = await deploy();
});
afterAll(() => chat.stop());

describe('opening a room', () => {
  it('is for customers', async () => {
    for (const claims of [ANA, { role: 'admin' }]) {
      const answer = await chat.call('openRoom', {
        token: chat.token(claims),
        body: { vendorId: '7' },
      });
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });

  it.each([
    {},
    { vendorId: '' },
    { vendorId: 7 },
    { vendorId: 'x'.repeat(193) },
    { vendorId: '7\u0000' },
    { vendorId: '\ud800' },
  ])('with %o is a problem', async (body) => {
    const answer = await chat.call('openRoom', { token: chat.token(NINO), body });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ path: 'vendorId' }] },
    });
  });
});

describe('reading rooms', () => {
  it('shows a room to its members only', async () => {
    const { body } = await chat.call('openRoom', {
      token: chat.token(NINO),
      body: { vendorId: '7' },
    });
    const params = { roomId: body.roomId };
    for (const [claims, status] of [
      [NINO, 200],
      [ANA, 200],
      [{ sub: '43', role: 'customer' }, 404],
      [{ role: 'admin' }, 403],
    ] as const) {
      expect((await chat.call('getRoom', { token: chat.token(claims), params })).status).toBe(
        status,
      );
      expect(
        (await chat.call('listParticipants', { token: chat.token(claims), params })).status,
      ).toBe(status);
    }
  });

  it.each(['x', 'eyJ4IjoxfQ', '%%%', '{"bucket":"9"}'])(
    'refuses the forged cursor %s',
    async (cursor) => {
      for (const claims of [NINO, ANA]) {
        const answer = await chat.call('listRooms', {
          token: chat.token(claims),
          query: { cursor },
        });
        expect(answer).toMatchObject({ status: 400, body: { code: 'invalid' } });
      }
    },
  );

  it.each([{ filter: 'mine' }, { limit: '0' }])('with the query %o is a problem', async (query) => {
    expect((await chat.call('listRooms', { token: chat.token(NINO), query })).status).toBe(400);
  });
});

const GIO = { ...ANA, sub: 'gio', name: 'Gio' };
const RIVAL = { ...ANA, sub: 'eve', vendor_id: '8', vendor_name: 'Rival' };
const STRANGER = { sub: '43', role: 'customer' };
const NOWHERE = { roomId: `d-${'x'.repeat(43)}` };

let people = 0;

/** A room of a new customer with a question in it, and devices of everybody. */
async function aRoom() {
  people += 1;
  const shopper = { ...NINO, sub: `shopper-${people}` };
  const vendorId = `shop-${people}`;
  const [ana, gio] = [ANA, GIO].map((one) => ({ ...one, vendor_id: vendorId }));
  const token = { shopper: chat.token(shopper), ana: chat.token(ana), gio: chat.token(gio) };
  const opened = await chat.call('openRoom', { token: token.shopper, body: { vendorId } });
  const params = { roomId: String(opened.body.roomId) };
  const body = { id: randomUUID(), type: 'text', text: 'Is it dishwasher safe?' };
  await chat.call('sendMessage', { token: token.shopper, params, body });
  const devices = {
    phone: await chat.open(token.shopper, 'phone'),
    desk: await chat.open(token.ana, 'desk'),
    home: await chat.open(token.ana, 'home'),
    till: await chat.open(token.gio, 'till'),
  };
  const eventsOf = (device: keyof typeof devices) =>
    devices[device].received().map(({ event }) => String(event));
  const headers = { 'parley-device': 'desk' };
  return { token, params, devices, eventsOf, headers };
}

/** What only members and staff may do. */
const CALLS = [
  ['updateRoom', { status: 'closed' }],
  ['updateMine', { labels: ['vip'] }],
  ['listNotes', undefined],
  ['addNote', { noteId: randomUUID(), text: 'hm' }],
] as const;

describe('a room of a shop', () => {
  it('is closed and reopened by its staff, and shown so to everybody but the causing device', async () => {
    const { token, params, devices, eventsOf, headers } = await aRoom();
    const closed = { status: 'closed' };
    const close = { token: token.ana, params, headers, body: closed };
    const answer = await chat.call('updateRoom', close);
    expect(answer).toMatchObject({ status: 200, body: { status: 'closed', seq: 2 } });
    expect(parse(roomSchema, answer.body)).toEqual(answer.body);
    for (const device of ['phone', 'home', 'till'] as const) {
      expect(eventsOf(device)).toEqual(['room', 'message']);
      for (const frame of devices[device].received()) {
        const schema = frame.event === 'room' ? SERVER_FRAMES.room : SERVER_FRAMES.message;
        expect(parse(schema, frame)).toEqual(frame);
      }
    }
    expect(eventsOf('desk')).toEqual([]);
    expect(devices.phone.received()[0]).toMatchObject({ room: { status: 'closed', unread: 0 } });
    expect(devices.till.received()[0]).toMatchObject({ room: { status: 'closed', unread: 2 } });
    expect(await chat.call('updateRoom', close)).toMatchObject({ status: 200, body: { seq: 2 } });
    const body = { id: randomUUID(), type: 'text', text: 'One more thing' };
    await chat.call('sendMessage', { token: token.shopper, params, body });
    const seen = await chat.call('getRoom', { token: token.ana, params });
    expect(seen.body).toMatchObject({ status: 'open', seq: 3, unread: 3 });
  });

  it('keeps what a side keeps to itself, and tells its other devices only', async () => {
    const { token, params, devices, eventsOf, headers } = await aRoom();
    const body = { labels: ['vip'], assignee: 'gio', markedUnread: true };
    const answer = await chat.call('updateMine', { token: token.ana, params, headers, body });
    const mine = { ...body, muted: false };
    expect(answer).toMatchObject({ status: 200, body: { mine } });
    expect([eventsOf('desk'), eventsOf('home'), eventsOf('till'), eventsOf('phone')]).toEqual([
      [],
      ['room'],
      ['room'],
      [],
    ]);
    expect(devices.till.received()[0]).toMatchObject({ room: { mine } });
    const listed = await chat.call('listRooms', { token: token.gio, query: { filter: 'unread' } });
    expect(listed.body.items).toMatchObject([{ mine }]);
    const theirs = await chat.call('updateMine', {
      token: token.shopper,
      params,
      body: { muted: true },
    });
    expect(theirs.body.mine).toEqual({
      muted: true,
      markedUnread: false,
      labels: [],
      assignee: null,
    });
    for (const forbidden of [{ labels: [] }, { assignee: null }]) {
      const call = { token: token.shopper, params, body: forbidden };
      expect(await chat.call('updateMine', call)).toMatchObject({ status: 403 });
    }
  });

  it('has notes: added once, paged, deleted by their author, told to colleagues', async () => {
    const { token, params, devices, eventsOf, headers } = await aRoom();
    const texts = ['one', 'two', 'three'];
    const notes = texts.map((text) => ({ noteId: randomUUID(), text }));
    for (const body of notes) {
      const add = { token: token.ana, params, headers, body };
      const added = await chat.call('addNote', add);
      expect(added).toMatchObject({ status: 201, body: { author: { user: 'ana', name: 'Ana' } } });
      expect(parse(noteSchema, added.body)).toEqual(added.body);
      const retried = await chat.call('addNote', add);
      expect(retried).toMatchObject({ status: 200, body: added.body });
    }
    expect(eventsOf('till')).toEqual(Array(6).fill('note'));
    expect(eventsOf('desk')).toEqual([]);
    expect(parse(SERVER_FRAMES.note, devices.till.received()[0])).toMatchObject({ event: 'note' });
    const first = await chat.call('listNotes', {
      token: token.gio,
      params,
      query: { limit: '2' },
    });
    expect(first.body.items.map((note: { text: string }) => note.text)).toEqual(['three', 'two']);
    const cursor = String(first.body.next);
    const rest = await chat.call('listNotes', { token: token.gio, params, query: { cursor } });
    expect(rest.body).toMatchObject({ items: [{ text: 'one' }], next: null });
    const place = { ...params, noteId: notes[0]?.noteId ?? '' };
    const foreign = await chat.call('deleteNote', { token: token.gio, params: place });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const own = { token: token.ana, params: place, headers };
    expect((await chat.call('deleteNote', own)).status).toBe(204);
    expect((await chat.call('deleteNote', own)).status).toBe(204);
    expect(eventsOf('till').at(-1)).toBe('note.deleted');
    expect(eventsOf('phone')).toEqual([]);
    const left = await chat.call('listNotes', { token: token.gio, params });
    expect(left.body.items).toHaveLength(2);
  });

  it.each(CALLS)('lets only whom it concerns %s', async (name, body) => {
    const { params } = await aRoom();
    const refusal = async (claims: Claims, room: { roomId: string }) => {
      const { status, body: problem } = await chat.call(name, {
        token: chat.token(claims),
        params: room,
        body,
      });
      return { status, ...problem, requestId: '' };
    };
    for (const claims of [RIVAL, STRANGER, { role: 'admin' }]) {
      // A room of others and a missing one look the same.
      const answer = await refusal(claims, params);
      expect(answer).toEqual(await refusal(claims, NOWHERE));
      const isMembersMatter = claims === RIVAL || (claims === STRANGER && name === 'updateMine');
      expect(answer.status).toBe(isMembersMatter ? 404 : 403);
    }
  });

  it.each([
    ['updateRoom', { status: 'gone' }],
    ['updateMine', { labels: Array(21).fill('x') }],
    ['updateMine', { labels: ['x'.repeat(41)] }],
    ['updateMine', { assignee: 'x'.repeat(193) }],
    ['updateMine', { assignee: 'half a \ud800' }],
    ['updateMine', { labels: ['half a \ud800'] }],
    ['updateMine', { muted: 'yes' }],
    ['addNote', { noteId: 'x', text: 'x' }],
    ['addNote', { noteId: randomUUID(), text: ' ' }],
    ['addNote', { noteId: randomUUID(), text: 'x'.repeat(4_001) }],
  ] as const)('refuses %s with %o', async (name, body) => {
    const { token, params } = await aRoom();
    const answer = await chat.call(name, { token: token.ana, params, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  it('takes labels and an assignee up to their limits', async () => {
    const { token, params } = await aRoom();
    const labels = Array.from({ length: 20 }, (_, n) => `${n}`.padEnd(40, 'ქ'));
    const body = { labels, assignee: 'x'.repeat(192) };
    const answer = await chat.call('updateMine', { token: token.ana, params, body });
    expect(answer).toMatchObject({ status: 200, body: { mine: body } });
  });
});

describe('what is unread', () => {
  it('is counted, with what waits for a vendor', async () => {
    const { token, params } = await aRoom();
    const count = async (who: 'ana' | 'shopper') =>
      (await chat.call('countUnread', { token: token[who] })).body;
    expect(await count('ana')).toEqual({ rooms: 1, messages: 1, waiting: 1 });
    expect(await count('shopper')).toEqual({ rooms: 0, messages: 0 });
    await chat.call('readRoom', { token: token.ana, params, body: { seq: 1 } });
    expect(await count('ana')).toEqual({ rooms: 0, messages: 0, waiting: 1 });
    const marked = { token: token.ana, params, body: { markedUnread: true } };
    await chat.call('updateMine', marked);
    expect(await count('ana')).toEqual({ rooms: 1, messages: 0, waiting: 1 });
    await chat.call('updateRoom', { token: token.ana, params, body: { status: 'closed' } });
    expect(await count('ana')).toEqual({ rooms: 1, messages: 0, waiting: 0 });
    await chat.call('readRoom', { token: token.ana, params, body: { seq: 1 } });
    expect(await count('ana')).toEqual({ rooms: 0, messages: 0, waiting: 0 });
    expect(await count('shopper')).toEqual({ rooms: 0, messages: 0 });
  });

  it('is found by a customer too, marked or closed, and no mark of the shop with it', async () => {
    const { token, params } = await aRoom();
    const found = async (filter: string) => {
      const listed = await chat.call('listRooms', { token: token.shopper, query: { filter } });
      return listed.body.items.map(({ roomId }: { roomId: string }) => roomId);
    };
    await chat.call('updateMine', { token: token.ana, params, body: { markedUnread: true } });
    expect(await found('unread')).toEqual([]);
    expect(await found('waiting')).toEqual([params.roomId]);
    await chat.call('updateMine', { token: token.shopper, params, body: { markedUnread: true } });
    const { body } = await chat.call('countUnread', { token: token.shopper });
    expect(body).toEqual({ rooms: 1, messages: 0 });
    await chat.call('updateRoom', { token: token.ana, params, body: { status: 'closed' } });
    for (const filter of ['unread', 'closed', 'all']) {
      expect(await found(filter)).toEqual([params.roomId]);
    }
    expect(await found('waiting')).toEqual([]);
  });
});

describe('health', () => {
  it('answers without a token', async () => {
    expect(await chat.call('health')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });
});
