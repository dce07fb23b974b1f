/** A suspension on the whole stack: sockets that are open, sockets that are opening, calls, and what still arrives. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { HTTP_ROUTES } from '#protocol/http-routes.ts';

import { AN_ADMIN, aCustomer, aText, aVendor, eventually } from './support/people.ts';
import { type Line, type Stage, startStage } from './support/stage.ts';
import { WatchedDatabase } from './support/watched-database.ts';

let stage: Stage;
let admin: string;
const database = new WatchedDatabase();
beforeAll(async () => {
  stage = await startStage({ functionsDatabase: database.open });
  admin = await stage.token(AN_ADMIN);
});
afterAll(async () => {
  await stage.stop();
  await database.stop();
});

const REASON = 'sells the same spoon to everybody';
/** What an environment remembers, and what a slow machine adds. */
const KNOWN_WITHIN_MS = 15_000;

function decide(member: string, suspended: boolean, user?: string) {
  const query = user === undefined ? '' : `?user=${encodeURIComponent(user)}`;
  const path = `/admin/users/${encodeURIComponent(member)}/suspension${query}`;
  return stage.call('PUT', path, { token: admin, body: { suspended, reason: REASON } });
}

/** A customer and a shop in a room with one message. */
async function aConversation() {
  const [customer, shop] = [aCustomer(), aVendor()];
  const [nino, ana] = await Promise.all([stage.token(customer), stage.token(shop)]);
  const opened = await stage.call('POST', '/rooms', {
    token: nino,
    body: { vendorId: shop.vendor_id },
  });
  const roomId = String(opened.body.roomId);
  const say = (token: string, text = 'hello') =>
    stage.call('POST', `/rooms/${roomId}/messages`, { token, body: aText({ text }) });
  expect((await say(nino)).status).toBe(201);
  return { customer, shop, nino, ana, roomId, say };
}

async function untilBlocked(token: string): Promise<void> {
  await eventually(async () => {
    const { status, body } = await stage.call('GET', '/unread', { token });
    expect([status, body.code]).toEqual([403, 'blocked']);
  }, KNOWN_WITHIN_MS);
}

const secured = Object.entries(HTTP_ROUTES).filter(
  ([name, { path }]) =>
    !['health', 'openapi', 'asyncapi', 'getVendor'].includes(name) && !path.includes('/admin/'),
);

function pathTo(path: string, roomId: string): string {
  return path
    .replace('/v1', '')
    .replace('{roomId}', roomId)
    .replace('{seq}', '1')
    .replace('{key}', 'k'.repeat(22))
    .replace(/\{\w+Id\}/u, crypto.randomUUID());
}

describe('a suspended user', () => {
  it('loses every open socket at once, and is let in by no handshake and no call', async () => {
    const { customer, nino, ana, roomId, say } = await aConversation();
    const lines = [await stage.open(nino), await stage.open(nino, { query: '?device=phone' })];
    const heardBefore = lines.map(({ heard }) => heard.length);
    const { status, body } = await decide(`customer:${customer.sub}`, true);
    expect([status, body.suspended, body.reason]).toEqual([200, true, REASON]);
    expect(await stage.knock(nino)).toBe(403);
    await Promise.all(lines.map(({ closed }) => closed));
    expect((await say(ana)).status).toBe(201);

    for (const [name, { method, path }] of secured) {
      await eventually(async () => {
        const answer = await stage.call(method, pathTo(path, roomId), { token: nino });
        expect([name, answer.status, answer.body.code]).toEqual([name, 403, 'blocked']);
      }, KNOWN_WITHIN_MS);
    }
    expect(lines.map(({ heard }) => heard.length)).toEqual(heardBefore);
  });

  it('comes back when reinstated, and finds everything', async () => {
    const { customer, nino, ana, say, roomId } = await aConversation();
    await decide(`customer:${customer.sub}`, true);
    await untilBlocked(nino);
    await say(ana, 'are you there?');
    await decide(`customer:${customer.sub}`, false);
    await eventually(async () => {
      const { body } = await stage.call('GET', `/rooms/${roomId}/messages`, { token: nino });
      expect(body.items).toHaveLength(2);
    }, KNOWN_WITHIN_MS);
    await eventually(async () => expect(typeof (await stage.knock(nino))).toBe('object'));
  });

  it('of a shop’s staff goes alone; the shop goes with everybody', async () => {
    const { shop, ana } = await aConversation();
    const colleague = aVendor(shop);
    const gia = await stage.token(colleague);
    const [anaLine, giaLine] = [await stage.open(ana), await stage.open(gia)];
    await decide(`vendor:${shop.vendor_id}`, true, shop.sub);
    await anaLine.closed;
    expect(await stage.knock(ana)).toBe(403);
    await untilBlocked(ana);
    expect((await stage.call('GET', '/unread', { token: gia })).status).toBe(200);
    expect(giaLine.socket.readyState).toBe(giaLine.socket.OPEN);
    await decide(`vendor:${shop.vendor_id}`, true);
    await giaLine.closed;
    await untilBlocked(gia);
  });

  it('is let in by no handshake that had written its row before', async () => {
    const { customer, nino, ana, say } = await aConversation();
    const member = `customer:${customer.sub}`;
    const row = database.hold(
      ({ operation, table, body }) =>
        operation === 'PutItem' &&
        table === 'Connections' &&
        JSON.stringify(body.Item).includes(member),
    );
    const knocking = stage.knock(nino);
    await row.arrived;
    const deciding = decide(member, true);
    await untilBlocked(nino);
    row.release();
    expect(await knocking).toBe(403);
    expect((await deciding).status).toBe(200);
    expect((await say(ana)).body.delivered).toBe(false);
  });

  it('loses a socket whose handshake had asked before, and hears nothing by it', async () => {
    const { customer, nino, ana, say } = await aConversation();
    const member = `customer:${customer.sub}`;
    const isAbout = (text: object | undefined) => JSON.stringify(text ?? {}).includes(member);
    // The second look is the one behind the row, which must not be missed by whoever suspends.
    const asked = database.hold(
      ({ operation, table, body }) =>
        operation === 'GetItem' &&
        table === 'Profiles' &&
        body.ConsistentRead === true &&
        isAbout(body.Key) &&
        JSON.stringify(body.Key).includes('suspension'),
    );
    const knocking = stage.knock(nino);
    await asked.arrived;
    const looked = database.hold(
      ({ operation, table, body }) =>
        operation === 'Query' && table === 'Connections' && isAbout(body),
    );
    const deciding = decide(member, true);
    await looked.arrived;
    looked.release();
    asked.release();
    const line = await knocking;
    if (typeof line === 'number') throw new Error(`It was refused with ${line}, not opening.`);
    expect((await deciding).status).toBe(200);
    await line.closed;
    expect((await say(ana)).body.delivered).toBe(false);
    expect(line.heard).toEqual([]);
  });

  it('gets nothing through nine sockets that come while it is decided', async () => {
    const { customer, nino, ana, say } = await aConversation();
    const knocking = Array.from({ length: 9 }, (_, index) =>
      stage.knock(nino, { query: `?device=d${index}` }),
    );
    await decide(`customer:${customer.sub}`, true);
    const results = await Promise.all(knocking);
    const lines = results.filter((it): it is Line => typeof it === 'object');
    const before = lines.map(({ heard }) => heard.length);
    expect((await say(ana)).status).toBe(201);
    // Whichever of both was first: it is closed from outside, or was refused.
    await Promise.all(lines.map(({ closed }) => closed));
    expect(lines.map(({ heard }) => heard.length)).toEqual(before);
    expect(results.filter((it) => typeof it === 'number' && it !== 403)).toEqual([]);
  });
});

describe('the admin’s call', () => {
  it.each([
    ['nobody', undefined, 401],
    ['a customer', aCustomer(), 403],
    ['a shop', aVendor(), 403],
  ])('is not for %s', async (_, claims, status) => {
    const token = claims && (await stage.token(claims));
    const path = '/admin/users/customer%3A42/suspension';
    const answer = await stage.call('PUT', path, {
      ...(token === undefined ? {} : { token }),
      body: { suspended: true },
    });
    expect(answer.status).toBe(status);
  });

  it.each([
    ['no member', '/admin/users/42/suspension', { suspended: true }],
    ['an unknown role', '/admin/users/admin%3Aroot/suspension', { suspended: true }],
    ['a customer’s user', '/admin/users/customer%3A42/suspension?user=x', { suspended: true }],
    ['no decision', '/admin/users/customer%3A42/suspension', {}],
    ['a text for one', '/admin/users/customer%3A42/suspension', { suspended: 'yes' }],
    [
      'a long reason',
      '/admin/users/customer%3A42/suspension',
      { suspended: true, reason: 'x'.repeat(501) },
    ],
  ])('is invalid with %s', async (_, path, body) => {
    const answer = await stage.call('PUT', path, { token: admin, body });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid']);
  });
});
