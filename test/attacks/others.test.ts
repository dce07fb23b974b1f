/** Somebody else's things: what is there and not yours is answered as what is not there, and nobody says who they are by a body. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { HTTP_ROUTES, type HttpRouteName } from '#protocol/http-routes.ts';

import { aCustomer, aText, aVendor, eventually } from './support/people.ts';
import { type Line, type Stage, startStage } from './support/stage.ts';
import { upload } from './support/uploads.ts';
import { WatchedDatabase } from './support/watched-database.ts';

let stage: Stage;
const database = new WatchedDatabase();
const customer = aCustomer();
const shop = aVendor();
const rivalShop = aVendor();
const strangerCustomer = aCustomer();
const tokens: Record<'nino' | 'ana' | 'stranger' | 'rival', string> = {
  nino: '',
  ana: '',
  stranger: '',
  rival: '',
};
type Who = keyof typeof tokens;
/** The room under attack, and those in which the attackers are at home. */
const rooms: Record<string, string> = {};
const noteId = crypto.randomUUID();
const replyId = crypto.randomUUID();
/** An upload that waits for its message, and one that is in the room. */
let pendingKey = '';
let sentKey = '';
const NOWHERE = `d-${'x'.repeat(43)}`;

const call = (who: Who, method: string, path: string, body?: unknown) =>
  stage.call(method, path, { token: tokens[who], ...(body === undefined ? {} : { body }) });

async function openRoom(who: Who, vendorId: string): Promise<string> {
  const { body } = await call(who, 'POST', '/rooms', { vendorId });
  return String(body.roomId);
}

beforeAll(async () => {
  stage = await startStage({ maxEnvironments: 1, functionsDatabase: database.open });
  tokens.nino = await stage.token(customer);
  tokens.ana = await stage.token(shop);
  tokens.stranger = await stage.token(strangerCustomer);
  tokens.rival = await stage.token(rivalShop);
  rooms['theirs'] = await openRoom('nino', shop.vendor_id);
  rooms['own'] = await openRoom('stranger', rivalShop.vendor_id);
  for (const [who, room] of [
    ['nino', rooms['theirs']],
    ['stranger', rooms['own']],
  ] as const) {
    await call(who, 'POST', `/rooms/${room}/messages`, aText({ text: `text for ${room}` }));
  }
  await call('ana', 'POST', `/rooms/${rooms['theirs']}/notes`, { noteId, text: 'a note of ours' });
  await call('ana', 'POST', '/vendors/me/replies', { replyId, shortcut: 'a', messages: ['b'] });
  pendingKey = await upload(stage, { token: tokens.nino, roomId: rooms['theirs'] });
  sentKey = await upload(stage, { token: tokens.nino, roomId: rooms['theirs'] });
  const sent = await call('nino', 'POST', `/rooms/${rooms['theirs']}/messages`, {
    id: crypto.randomUUID(),
    type: 'image',
    attachments: [{ key: sentKey, name: 'a.png' }],
  });
  if (sent.status !== 201) throw new Error(`The file was not sent: ${sent.text}`);
});
afterAll(async () => {
  await stage.stop();
  await database.stop();
});

/** A good body for every call about a room. */
const BODIES: Partial<Record<HttpRouteName, () => unknown>> = {
  updateRoom: () => ({ status: 'closed' }),
  updateMine: () => ({ muted: true }),
  sendMessage: () => aText(),
  editMessage: () => ({ text: 'let me in' }),
  react: () => ({ emoji: '👍', on: true }),
  readRoom: () => ({ seq: 1 }),
  createUpload: () => ({ name: 'a.jpg', contentType: 'image/jpeg', size: 3 }),
  addNote: () => ({ noteId: crypto.randomUUID(), text: 'let me in' }),
};

/** Calls about a thing of others, and about the like that does not exist. */
const PAIRS: readonly [string, Who, string, (thing: 'theirs' | 'none') => string, unknown?][] = [
  ['a file of another room', 'stranger', 'GET', (it) => `/rooms/OWN/attachments/${keyOf(it)}`],
  ['a note of another shop', 'rival', 'DELETE', (it) => `/rooms/OWN/notes/${idOf(it, noteId)}`],
  [
    'a reply of another shop',
    'rival',
    'PUT',
    (it) => `/vendors/me/replies/${idOf(it, replyId)}`,
    { shortcut: 'x', messages: ['y'] },
  ],
  [
    'a reply of another shop',
    'rival',
    'DELETE',
    (it) => `/vendors/me/replies/${idOf(it, replyId)}`,
  ],
];
const NO_KEY = 'k'.repeat(22);
const NO_ID = crypto.randomUUID();
const keyOf = (it: string) => (it === 'theirs' ? sentKey : NO_KEY);
const idOf = (it: string, id: string) => (it === 'theirs' ? id : NO_ID);

/** A route's address with everything in it. */
const fill = (path: string, roomId: string) =>
  path
    .replace('/v1', '')
    .replace('{roomId}', roomId)
    .replace('{seq}', '1')
    .replace('{key}', NO_KEY)
    .replace('{noteId}', noteId);

const comparable = ({ status, body }: { status: number; body: object }) => ({
  status,
  body: { ...body, requestId: '' },
});

describe('a thing of others is answered as none:', () => {
  it.each(PAIRS)('%s by %s with %s', async (_, who, method, path, body) => {
    const own = String(rooms['own']);
    const ask = (it: 'theirs' | 'none') => call(who, method, path(it).replace('OWN', own), body);
    const [theirs, none] = [await ask('theirs'), await ask('none')];
    expect(comparable(theirs)).toEqual(comparable(none));
  });

  it('an upload of another member, in a message', async () => {
    const send = (key: string) =>
      call('stranger', 'POST', `/rooms/${rooms['own']}/messages`, {
        id: crypto.randomUUID(),
        type: 'file',
        attachments: [{ key, name: 'a.png' }],
      });
    const [theirs, none] = [await send(pendingKey), await send(NO_KEY)];
    expect(comparable(theirs)).toEqual(comparable(none));
    expect(theirs.status).toBe(400);
  });

  it('and is untouched afterwards', async () => {
    const notes = await call('ana', 'GET', `/rooms/${rooms['theirs']}/notes`);
    const replies = await call('ana', 'GET', '/vendors/me/replies');
    expect([notes.body.items, replies.body.items]).toMatchObject([[{ noteId }], [{ replyId }]]);
  });
});

describe.each(['stranger', 'rival'] as const)('over the socket, a %s', (who) => {
  let line: Line;
  beforeAll(async () => {
    line = await stage.open(tokens[who]);
  });

  it.each([
    ['send', { message: aText() }],
    ['read', { seq: 1 }],
    ['typing', { typing: true }],
    ['edit', { seq: 1, text: 'x' }],
    ['delete', { seq: 1 }],
    ['react', { seq: 1, emoji: '👍', on: true }],
    ['focus', { replying: true }],
  ])('learns from %s no more of a room than of none', async (action, rest) => {
    const refs = [rooms['theirs'], NOWHERE].map((roomId) => {
      const ref = crypto.randomUUID();
      line.say({ action, ref, roomId, ...rest });
      return ref;
    });
    await eventually(() => {
      const [theirs, none] = refs.map((ref) => line.heard.find((it) => it.ref === ref));
      expect(theirs).toMatchObject({ event: 'error' });
      expect(['not_found', 'forbidden']).toContain(theirs.code);
      expect({ ...theirs, ref: '' }).toEqual({ ...none, ref: '' });
    });
  });
});

describe('what is asked of the database', () => {
  const about = Object.entries(HTTP_ROUTES).filter(([, { path }]) => path.includes('{roomId}'));
  const rows = (['stranger', 'rival'] as const).flatMap((who) =>
    about.map(([name, route]) => [name as HttpRouteName, who, route] as const),
  );
  beforeAll(() => database.quiet());

  /**
   * Asks about the room that is there and about none, by the same call. What an environment remembers for seconds (who
   * is suspended, what a shop is called) is asked for by one of both now and then: so once more where they differ.
   * @returns what was asked, the same for both
   */
  async function askedForBoth(ask: (roomId: string) => Promise<unknown>): Promise<string[]> {
    let both: string[][] = [];
    await eventually(async () => {
      both = [];
      for (const roomId of [String(rooms['theirs']), NOWHERE]) {
        both.push(await database.askedAbout(roomId, () => ask(roomId)));
      }
      expect(both[0]).toEqual(both[1]);
    });
    return both[0] ?? [];
  }

  it.each(rows)(
    'for %s by a %s is the same whether the room is there',
    async (name, who, { method, path }) => {
      // Notes and closing are of the staff: a customer is refused by the role alone.
      const isLookedFor = who === 'rival' || !/note|updateRoom/iu.test(name);
      const asked = await askedForBoth((roomId) =>
        call(who, method, fill(path, roomId), BODIES[name]?.()),
      );
      expect(asked.length > 0).toBe(isLookedFor);
    },
  );

  describe('over the socket', () => {
    let line: Line;
    beforeAll(async () => {
      line = await stage.open(tokens.rival);
      await database.quiet();
    });

    it.each(['send', 'read', 'typing', 'edit', 'delete', 'react', 'focus'])(
      'for a frame of %s is the same, too',
      async (action) => {
        const rest = { seq: 1, message: aText(), typing: true, text: 'x', emoji: '👍', on: true };
        const asked = await askedForBoth(async (roomId) => {
          const ref = crypto.randomUUID();
          line.say({ action, ref, roomId, ...rest });
          const refused = expect.objectContaining({ ref, code: 'not_found' });
          await eventually(() => expect(line.heard).toContainEqual(refused));
        });
        expect(asked).not.toEqual([]);
      },
    );
  });
});

/** Everything that says who one is, when it was, or what it became: all of it is the server's to say. */
const PRETENCES = {
  sender: { member: 'vendor:x', name: 'The shop', agent: { user: 'root', name: 'root' } },
  member: 'vendor:x',
  user: 'root',
  agent: { user: 'root', name: 'root' },
  author: { user: 'root', name: 'root' },
  role: 'admin',
  name: 'root',
  customer: 'customer:x',
  vendor: 'vendor:x',
  by: 'root',
  seq: 99,
  at: '2001-01-01T00:00:00.000Z',
  createdAt: '2001-01-01T00:00:00.000Z',
  editedAt: '2001-01-01T00:00:00.000Z',
  deletedAt: '2001-01-01T00:00:00.000Z',
  version: 7,
  changes: 7,
  system: { event: 'closed', params: {} },
  reactions: { '👍': ['vendor:x'] },
  delivered: { 'vendor:x': 99 },
  roomId: NOWHERE,
  device: 'x',
  connectionId: 'x',
};

describe('a body', () => {
  it('says nothing of who sends a message, when, and what becomes of it', async () => {
    const path = `/rooms/${rooms['theirs']}/messages`;
    const { status, body } = await call('nino', 'POST', path, { ...PRETENCES, ...aText() });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      roomId: rooms['theirs'],
      sender: { member: `customer:${customer.sub}`, name: customer.name, agent: null },
      system: null,
      reactions: {},
      editedAt: null,
      deletedAt: null,
    });
    expect(body.seq).toBeLessThan(99);
    expect(body.at > '2026').toBe(true);
    expect(body).not.toHaveProperty('version');
  });

  it('opens no room for somebody else', async () => {
    const body = { ...PRETENCES, vendorId: shop.vendor_id };
    const opened = await call('stranger', 'POST', '/rooms', body);
    expect(opened.body.members.map(({ member }: { member: string }) => member)).toEqual([
      `customer:${strangerCustomer.sub}`,
      `vendor:${shop.vendor_id}`,
    ]);
  });

  it('moves nobody else’s read mark', async () => {
    const room = `/rooms/${rooms['theirs']}`;
    const before = (await call('nino', 'GET', room)).body.read;
    expect((await call('nino', 'PUT', `${room}/read`, { ...PRETENCES, seq: 1 })).status).toBe(204);
    const vendor = `vendor:${shop.vendor_id}`;
    expect((await call('nino', 'GET', room)).body.read[vendor]).toBe(before[vendor]);
  });

  it('signs no note for a colleague', async () => {
    const note = { ...PRETENCES, noteId: crypto.randomUUID(), text: 'signed by me' };
    const { body } = await call('ana', 'POST', `/rooms/${rooms['theirs']}/notes`, note);
    expect(body).toMatchObject({ author: { user: shop.sub }, roomId: rooms['theirs'] });
    expect(body.at > '2026').toBe(true);
  });

  it('reacts for nobody else', async () => {
    const path = `/rooms/${rooms['theirs']}/messages/1/reactions`;
    const { body } = await call('ana', 'PUT', path, { ...PRETENCES, emoji: '👍', on: true });
    expect(body.reactions).toEqual({ '👍': [`vendor:${shop.vendor_id}`] });
  });

  it('of a frame says as little', async () => {
    const line = await stage.open(tokens.nino);
    const message = { ...PRETENCES, ...aText() };
    line.say({ ...PRETENCES, action: 'send', ref: 'r', roomId: rooms['theirs'], message });
    await eventually(() =>
      expect(line.heard).toContainEqual(expect.objectContaining({ event: 'ack' })),
    );
    const { seq, at } = line.heard.find(({ event }) => event === 'ack');
    expect([seq < 99, at > '2026']).toEqual([true, true]);
    const page = await call(
      'ana',
      'GET',
      `/rooms/${rooms['theirs']}/messages?before=${seq + 1}&limit=1`,
    );
    expect(page.body.items[0].sender.member).toBe(`customer:${customer.sub}`);
  });
});

describe('a cursor', () => {
  const foreign = async () => {
    await openRoom('stranger', aVendor().vendor_id);
    const { body } = await call('stranger', 'GET', '/rooms?limit=1');
    expect(body.next).toEqual(expect.any(String));
    return encodeURIComponent(body.next);
  };

  it('of another customer’s list is a place in one’s own', async () => {
    const { status, body } = await call('nino', 'GET', `/rooms?cursor=${await foreign()}`);
    expect(status).toBe(200);
    const own = (await call('nino', 'GET', '/rooms')).body.items;
    const ids = (items: { roomId: string }[]) => items.map(({ roomId }) => roomId);
    expect(ids(own)).toEqual([rooms['theirs']]);
    expect(ids(body.items).filter((roomId) => roomId !== rooms['theirs'])).toEqual([]);
  });

  it('of a customer’s list is none of a shop’s', async () => {
    const { status, body } = await call('rival', 'GET', `/rooms?cursor=${await foreign()}`);
    expect([status, body.code, body.items]).toEqual([400, 'invalid', undefined]);
  });

  it.each(['waiting', 'unread', 'closed'])('of all is invalid for %s', async (filter) => {
    const { body } = await call('stranger', 'GET', '/rooms?limit=1');
    const cursor = encodeURIComponent(body.next);
    const page = await call('stranger', 'GET', `/rooms?filter=${filter}&cursor=${cursor}`);
    expect([page.status, page.body.code]).toEqual([400, 'invalid']);
  });

  it('of notes on a room shows nothing of another room', async () => {
    await call('ana', 'POST', `/rooms/${rooms['theirs']}/notes`, {
      noteId: crypto.randomUUID(),
      text: 'a second note',
    });
    const { body } = await call('ana', 'GET', `/rooms/${rooms['theirs']}/notes?limit=1`);
    const cursor = encodeURIComponent(body.next);
    const page = await call('rival', 'GET', `/rooms/${rooms['own']}/notes?cursor=${cursor}`);
    expect([page.status, page.body]).toEqual([200, { items: [], next: null }]);
  });
});

describe('every call about a room', () => {
  const about = Object.entries(HTTP_ROUTES).filter(([, { path }]) => path.includes('{roomId}'));
  it.each(about)(
    '%s is refused without a token before it looks',
    async (name, { method, path }) => {
      const body = BODIES[name as HttpRouteName]?.();
      const filled = fill(path, String(rooms['theirs']));
      const answer = await stage.call(method, filled, body === undefined ? {} : { body });
      expect([answer.status, answer.body.code]).toEqual([401, 'unauthorized']);
    },
  );
});
