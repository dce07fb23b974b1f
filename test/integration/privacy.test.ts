/** What stays on its side: rooms of others, and everything that a vendor's staff keeps to itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { HTTP_ROUTES, type HttpRouteName } from '#protocol/http-routes.ts';

import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { aCustomer, aVendor, eventually } from './people.ts';

const SECRETS = {
  note: 'returns half of what she orders',
  label: 'difficult',
  assignee: 'user-of-the-night-shift',
  agent: 'Ana Beridze',
  colleague: 'Giorgi from the warehouse',
};
const NOWHERE = `d-${'x'.repeat(43)}`;

const shop = { ...aVendor(), name: SECRETS.agent };
const colleague = { ...shop, sub: `giorgi-${crypto.randomUUID()}`, name: SECRETS.colleague };
const customer = aCustomer();
let stack: LocalStack;
let roomId: string;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  stack = await startLocalStack();
  tokens['customer'] = await stack.token(customer);
  tokens['shop'] = await stack.token(shop);
  tokens['colleague'] = await stack.token(colleague);
  tokens['stranger'] = await stack.token(aCustomer());
  tokens['rival'] = await stack.token(aVendor());
  const opened = await call('customer', 'POST', '/rooms', { vendorId: shop.vendor_id });
  roomId = String(opened.body['roomId']);
  await call('customer', 'POST', `/rooms/${roomId}/messages`, aText('Do you take returns?'));
});

afterAll(() => stack.stop());

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
}

async function call(who: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${stack.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens[who]}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), text };
}

function aText(text: string) {
  return { id: crypto.randomUUID(), type: 'text', text };
}

/** Everything that a socket of that person hears, as text. */
async function listen(who: string) {
  const heard: string[] = [];
  const socket = new WebSocket(stack.socketUrl, ['parley.v1', String(tokens[who])]);
  socket.on('message', (data: Buffer) => heard.push(data.toString()));
  await new Promise((resolve) => {
    socket.on('open', resolve);
  });
  return {
    heard,
    send: (frame: object) => socket.send(JSON.stringify(frame)),
    close: () => socket.close(),
  };
}

/** A good body for every call about a room. */
const BODIES: Partial<Record<HttpRouteName, unknown>> = {
  updateRoom: { status: 'closed' },
  updateMine: { muted: true },
  sendMessage: aText('let me in'),
  editMessage: { text: 'let me in' },
  react: { emoji: '👍', on: true },
  readRoom: { seq: 1 },
  createUpload: { name: 'a.jpg', contentType: 'image/jpeg', size: 3 },
  addNote: { noteId: crypto.randomUUID(), text: 'let me in' },
};

const aboutRooms = Object.entries(HTTP_ROUTES).filter(([, { path }]) => path.includes('{roomId}'));

describe.each([
  // A call that only staff may make refuses a customer before it looks.
  ['stranger', [403, 404]],
  ['rival', [404]],
] as const)('a %s', (who, refusals) => {
  it.each(aboutRooms)('learns from %s no more of a room than of none', async (name, route) => {
    const answers = await Promise.all(
      [roomId, NOWHERE].map(async (room) => {
        const path = route.path
          .replace('/v1', '')
          .replace('{roomId}', room)
          .replace('{seq}', '1')
          .replace('{key}', 'k'.repeat(22))
          .replace('{noteId}', crypto.randomUUID());
        const { status, body } = await call(who, route.method, path, BODIES[name as HttpRouteName]);
        return { status, body: { ...body, requestId: '' } };
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(refusals).toContain(answers[0]?.status);
  });
});

describe('the customer', () => {
  it('meets nothing that the staff keeps to itself, by no call and no event', async () => {
    const [nino, ana] = [await listen('customer'), await listen('shop')];
    const path = `/rooms/${roomId}`;
    const done = [
      await call('shop', 'POST', `${path}/notes`, {
        noteId: crypto.randomUUID(),
        text: SECRETS.note,
      }),
      await call('shop', 'PATCH', `${path}/mine`, {
        labels: [SECRETS.label],
        assignee: SECRETS.assignee,
      }),
      await call('colleague', 'POST', `${path}/messages`, aText('We do, for 30 days.')),
      await call('colleague', 'PUT', `${path}/messages/1/reactions`, { emoji: '👍', on: true }),
      await call('colleague', 'PATCH', `${path}/messages/2`, { text: 'We do, for a month.' }),
      await call('colleague', 'PATCH', path, { status: 'closed' }),
      await call('shop', 'PATCH', path, { status: 'open' }),
    ];
    expect(done.map(({ status }) => status)).toEqual([201, 200, 201, 200, 200, 200, 200]);
    ana.send({ action: 'focus', roomId, replying: true });
    ana.send({ action: 'typing', roomId, typing: true });
    await eventually(() => expect(nino.heard.join('\n')).toMatch(/"typing".*"typing":true/u));
    await call('customer', 'POST', `${path}/messages`, aText('Thank you!'));
    await eventually(() => expect(ana.heard.join('\n')).toContain('Thank you!'));

    const gets = Object.values(HTTP_ROUTES).filter(({ method }) => method === 'GET');
    const pages = await Promise.all(
      gets.map(({ path: route }) =>
        call(
          'customer',
          'GET',
          route
            .replace('/v1', '')
            .replace('{roomId}', roomId)
            .replace('{vendorId}', shop.vendor_id)
            .replace('{key}', 'k'.repeat(22)),
        ),
      ),
    );
    const all = [...pages.map(({ text }) => text), ...nino.heard].join('\n');
    expect(all).toContain('We do, for a month.');
    for (const secret of Object.values(SECRETS)) expect(all).not.toContain(secret);
    // The staff itself sees all of it.
    const seen =
      (await call('shop', 'GET', `${path}/notes`)).text + (await call('shop', 'GET', path)).text;
    for (const secret of [SECRETS.note, SECRETS.label, SECRETS.assignee])
      expect(seen).toContain(secret);
    expect(ana.heard.join('\n')).toContain(SECRETS.colleague);
    for (const socket of [nino, ana]) socket.close();
    expect(stack.problems).toEqual([]);
  });
});
