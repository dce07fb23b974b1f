/** Every call of the served OpenAPI document made once on the whole stack, its answer held to what the document says. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { HTTP_ROUTES, type HttpRouteName } from '#protocol/http-routes.ts';

import { headerProblems } from '../support/secure-headers.ts';
import { closed, segment, type Validators, validatorsOf } from '../support/json-schema.ts';
import { type LocalStack, startLocalStack } from '../support/local-stack.ts';

type Body = Record<string, unknown>;

interface Served extends Body {
  readonly paths: Record<string, Record<string, { responses: Record<string, { $ref?: string }> }>>;
}

let stack: LocalStack;
let openapi: Served;
let validators: Validators;
const tokens: Record<string, string> = {};
const called = new Set<HttpRouteName>();
const statuses = new Set<string>();

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  stack = await startLocalStack();
  tokens['nino'] = await stack.token({ sub: '42', role: 'customer', name: 'Nino' });
  tokens['ana'] = await stack.token({ sub: 'ana', role: 'vendor', vendor_id: '7', name: 'Ana' });
  tokens['root'] = await stack.token({ sub: 'root', role: 'admin' });
  openapi = await (await fetch(`${stack.url}/v1/openapi.json`)).json();
  validators = validatorsOf(closed(openapi));
});

afterAll(() => stack.stop());

interface Call {
  readonly as?: string;
  readonly params?: Record<string, string | number>;
  readonly query?: string;
  readonly body?: unknown;
}

/** Makes a call and holds its answer to the document: the status, the content type, the schema. */
async function call(name: HttpRouteName, { as, params = {}, query = '', body }: Call) {
  const { method, path } = HTTP_ROUTES[name];
  const filled = path.replaceAll(/\{(\w+)\}/gu, (_, key: string) =>
    encodeURIComponent(String(params[key])),
  );
  const response = await fetch(`${stack.url}${filled}${query}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(as === undefined ? {} : { authorization: `Bearer ${tokens[as]}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(headerProblems(name, response)).toEqual([]);
  const text = await response.text();
  called.add(name);
  statuses.add(`${name} ${response.status}`);
  const operation = `#/paths/${segment(path)}/${method.toLowerCase()}`;
  const said = openapi.paths[path]?.[method.toLowerCase()]?.responses[response.status];
  expect(said, `${name} answered ${response.status}: ${text}`).toBeDefined();
  const at = said?.$ref ?? `${operation}/responses/${response.status}`;
  const isEmpty = text === '';
  expect(isEmpty).toBe(said?.$ref === undefined && !Object.hasOwn(Object(said), 'content'));
  if (isEmpty) return { status: response.status, body: {} as Body };
  const type = response.headers.get('content-type') ?? '';
  const validate = validators.of(`${at}/content/${segment(type)}/schema`);
  const answer: Body = JSON.parse(text);
  validate(answer);
  expect(validate.errors, `${name}: ${text}`).toBeNull();
  return { status: response.status, body: answer };
}

describe('every call of the OpenAPI document', () => {
  it('answers as the document says', async () => {
    const vendorId = '7';
    const product = { id: 'sku-1', title: 'Blue bowl', url: 'https://shop.example/p/1' };
    const opened = await call('openRoom', { as: 'nino', body: { vendorId, product } });
    expect(opened.status).toBe(201);
    await call('openRoom', { as: 'nino', body: { vendorId } });
    const params = { roomId: String(opened.body['roomId']) };
    const at = { ...params, seq: 1 };

    const message = { id: randomUUID(), type: 'text', text: 'Is it dishwasher safe?', product };
    expect((await call('sendMessage', { as: 'nino', params, body: message })).status).toBe(201);
    expect((await call('sendMessage', { as: 'nino', params, body: message })).status).toBe(200);
    await call('editMessage', { as: 'nino', params: at, body: { text: 'Is it oven safe?' } });
    await call('react', { as: 'ana', params: at, body: { emoji: '👍', on: true } });
    await call('readRoom', { as: 'ana', params, body: { seq: 1 } });
    await call('listMessages', { as: 'ana', params, query: '?after=0&limit=10' });
    await call('listParticipants', { as: 'nino', params });
    await call('countUnread', { as: 'nino' });
    await call('countUnread', { as: 'ana' });
    await call('listRooms', { as: 'ana', query: '?filter=waiting&limit=1' });
    await call('getRoom', { as: 'ana', params });
    await call('updateMine', {
      as: 'ana',
      params,
      body: { muted: true, labels: ['glaze'], assignee: 'ana', markedUnread: true },
    });

    const file = { name: 'bowl.png', contentType: 'image/png', size: PNG.length };
    const { body: place } = await call('createUpload', { as: 'nino', params, body: file });
    await upload(place);
    const key = String(place['key']);
    const image = { id: randomUUID(), type: 'image', attachments: [{ key, name: 'bowl.png' }] };
    const shown = await call('sendMessage', { as: 'nino', params, body: image });
    expect(shown.body['attachments']).toMatchObject([{ key, width: 1, height: 1 }]);
    await call('getAttachment', { as: 'ana', params: { ...params, key } });
    await call('deleteMessage', { as: 'nino', params: at });

    const note = { noteId: randomUUID(), text: 'Asked the kiln.' };
    expect((await call('addNote', { as: 'ana', params, body: note })).status).toBe(201);
    expect((await call('addNote', { as: 'ana', params, body: note })).status).toBe(200);
    await call('listNotes', { as: 'ana', params });
    await call('deleteNote', { as: 'ana', params: { ...params, noteId: note.noteId } });
    await call('updateRoom', { as: 'ana', params, body: { status: 'closed' } });
    await call('listRooms', { as: 'nino', query: '?filter=closed' });
    await call('listMessages', { as: 'nino', params });
  });

  it('answers a shop’s staff and everybody as the document says', async () => {
    const settings = {
      name: 'Tbilisi Ceramics',
      hours: {
        timeZone: 'Asia/Tbilisi',
        week: {
          mon: [{ from: '09:00', to: '18:00' }],
          tue: [],
          wed: [],
          thu: [],
          fri: [],
          sat: [],
          sun: [],
        },
      },
    };
    await call('putSettings', { as: 'ana', body: settings });
    await call('getSettings', { as: 'ana' });
    const reply = { shortcut: 'glaze', messages: ['Hello {{customer}}!'] };
    const replyId = randomUUID();
    await call('addReply', { as: 'ana', body: { ...reply, replyId } });
    await call('addReply', { as: 'ana', body: { ...reply, replyId } });
    await call('putReply', { as: 'ana', params: { replyId }, body: { ...reply, shortcut: 'hi' } });
    await call('listReplies', { as: 'ana' });
    await call('deleteReply', { as: 'ana', params: { replyId } });
    await call('getVendor', { params: { vendorId: '7' } });
    await call('openapi', {});
    await call('asyncapi', {});
    expect((await call('health', {})).body).toEqual({ status: 'ok' });
  });

  it('answers an admin as the document says', async () => {
    const someone = { params: { member: 'vendor:8' }, query: '?user=gia' };
    const body = { suspended: true, reason: 'Asked customers to pay elsewhere.' };
    const { body: suspension } = await call('putSuspension', { as: 'root', ...someone, body });
    expect(suspension).toMatchObject({ member: 'vendor:8', user: 'gia', by: 'root', ...body });
  });

  it('refuses as the document says', async () => {
    const params = { roomId: 'd-nobody' };
    const refused = async (name: HttpRouteName, it: Call) => (await call(name, it)).body['code'];
    expect(await refused('getRoom', { as: 'nino', params })).toBe('not_found');
    expect(await refused('getRoom', { params })).toBe('unauthorized');
    expect(await refused('openRoom', { as: 'nino', body: {} })).toBe('invalid');
    expect(await refused('openRoom', { as: 'ana', body: { vendorId: '7' } })).toBe('forbidden');
    expect(await refused('getSettings', { as: 'nino' })).toBe('forbidden');
    const whom = { params: { member: 'vendor:7' }, body: { suspended: true } };
    expect(await refused('putSuspension', { as: 'ana', ...whom })).toBe('forbidden');
    expect(await refused('listNotes', { as: 'nino', params })).toBe('forbidden');
    const opened = await call('openRoom', { as: 'nino', body: { vendorId: '9' } });
    const room = { roomId: String(opened.body['roomId']) };
    const html = { name: 'a.html', contentType: 'text/html', size: 5 };
    expect(await refused('createUpload', { as: 'nino', params: room, body: html })).toBe(
      'unsupported',
    );
    const large = { name: 'a.png', contentType: 'image/png', size: 1e9 };
    expect(await refused('createUpload', { as: 'nino', params: room, body: large })).toBe(
      'too_large',
    );
    const message = { id: randomUUID(), type: 'text', text: 'Hello' };
    await call('sendMessage', { as: 'nino', params: room, body: message });
    const other = { ...message, text: 'Goodbye' };
    expect(await refused('sendMessage', { as: 'nino', params: room, body: other })).toBe(
      'conflict',
    );
  });

  it('was made, and met every answer that is no refusal', () => {
    const names = Object.keys(HTTP_ROUTES) as HttpRouteName[];
    expect(names.filter((name) => !called.has(name))).toEqual([]);
    const promised = Object.values(openapi.paths).flatMap((operations) =>
      Object.values(operations).flatMap((operation) =>
        Object.keys(operation.responses)
          .filter((status) => status.startsWith('2'))
          .map((status) => `${String(Object(operation)['operationId'])} ${status}`),
      ),
    );
    expect(promised.filter((it) => !statuses.has(it))).toEqual([]);
  });
});

describe('the served documents', () => {
  it('may be kept for a while by anybody', async () => {
    for (const name of ['openapi', 'asyncapi']) {
      const response = await fetch(`${stack.url}/v1/${name}.json`);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(response.headers.get('cache-control')).toBe('public, max-age=300');
      await response.body?.cancel();
    }
  });

  it('name a socket that answers as the AsyncAPI document says', async () => {
    const asyncapi = await (await fetch(`${stack.url}/v1/asyncapi.json`)).json();
    const { protocol, host, pathname } = asyncapi.servers.socket;
    const socket = new WebSocket(`${protocol}://${host}${pathname}`, [
      'parley.v1',
      tokens['nino'] ?? '',
    ]);
    const frames: Body[] = [];
    socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString())));
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
    socket.send(JSON.stringify({ action: 'ping', ref: '1' }));
    socket.send(JSON.stringify({ action: 'dance', ref: '2' }));
    await expect.poll(() => frames.length, { timeout: 10_000 }).toBe(2);
    socket.close();
    const { of } = validatorsOf(closed(asyncapi));
    for (const frame of frames) {
      const validate = of(`#/channels/socket/messages/event.${String(frame['event'])}/payload`);
      validate(frame);
      expect(validate.errors).toBeNull();
    }
    expect(new Set(frames.map((it) => it['event']))).toEqual(new Set(['pong', 'error']));
  });
});

async function upload(place: Body): Promise<void> {
  const { url, fields } = place['upload'] as { url: string; fields: Record<string, string> };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([PNG], { type: 'image/png' }), 'bowl.png');
  expect((await fetch(url, { method: 'POST', body: form })).ok).toBe(true);
}
