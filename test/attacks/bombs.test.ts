/** Requests made to hurt: polluting keys, depth, numbers of keys, odd encodings, sizes, and Unicode that deceives. */
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aCustomer, aText, aVendor, eventually } from './support/people.ts';
import { type Answer, type Stage, startStage } from './support/stage.ts';
import { upload } from './support/uploads.ts';

let stage: Stage;
let token: string;
let staff: string;
let roomId: string;
const shop = aVendor();

beforeAll(async () => {
  // One environment, so that what was polluted or worn out would show in the next call.
  stage = await startStage({ maxEnvironments: 1 });
  token = await stage.token(aCustomer());
  staff = await stage.token(shop);
  const opened = await stage.call('POST', '/rooms', { token, body: { vendorId: shop.vendor_id } });
  roomId = String(opened.body.roomId);
  // What is measured is warm.
  await send(aText());
});
afterAll(() => stage.stop());

const send = (body: unknown): Promise<Answer> =>
  stage.call('POST', `/rooms/${roomId}/messages`, { token, body });

/** What is asked of staff, so that no rate of messages is in the way. */
const mine = (body: unknown): Promise<Answer> =>
  stage.call('PATCH', `/rooms/${roomId}/mine`, { token: staff, body });

describe('a polluting key', () => {
  const id = () => crypto.randomUUID();

  it.each([
    ['__proto__ in a message', () => `{"__proto__":{"text":"x"},"id":"${id()}","type":"text"}`],
    [
      'constructor in a message',
      () => `{"constructor":{"prototype":{"text":"x"}},"id":"${id()}","type":"text"}`,
    ],
    [
      '__proto__ for a product',
      () => `{"id":"${id()}","type":"product","__proto__":{"product":{"id":"1"}}}`,
    ],
    ['__proto__ for a type', () => `{"id":"${id()}","type":"__proto__","text":"x"}`],
    ['constructor for a type', () => `{"id":"${id()}","type":"constructor","text":"x"}`],
  ])('%s stands for no field', async (_, body) => {
    const answer = await send(body());
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid']);
  });

  it('for an emoji is none', async () => {
    for (const emoji of ['__proto__', 'constructor', 'toString']) {
      const path = `/rooms/${roomId}/messages/1/reactions`;
      const { status } = await stage.call('PUT', path, { token, body: { emoji, on: true } });
      expect([emoji, status]).toEqual([emoji, 400]);
    }
    const { body } = await stage.call('GET', `/rooms/${roomId}/messages`, { token });
    expect(body.items[0].reactions).toEqual({});
  });

  it('for a label or a shop is a text like any other', async () => {
    const labels = ['__proto__', 'constructor'];
    expect((await mine({ labels })).body.mine.labels).toEqual(labels);
    expect((await stage.call('GET', '/vendors/__proto__')).status).toBe(200);
  });

  it.each(['__proto__', 'constructor'])('for a shortcut (%s) is a name', async (shortcut) => {
    const body = { replyId: id(), shortcut, messages: ['Hello {{customer}}'] };
    const answer = await stage.call('POST', '/vendors/me/replies', { token: staff, body });
    expect(answer.status).toBe(201);
    const { body: all } = await stage.call('GET', '/vendors/me/replies', { token: staff });
    expect(all.items).toContainEqual(expect.objectContaining({ ...body }));
  });

  it.each(['__proto__', 'constructor'])('for a place in a reply (%s) is none', async (place) => {
    const body = { replyId: id(), shortcut: 'greeting', messages: [`Hello {{${place}}}`] };
    const answer = await stage.call('POST', '/vendors/me/replies', { token: staff, body });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid']);
  });

  it.each([
    ['/rooms/__proto__', 404, 'not_found'],
    ['/rooms/constructor/messages', 404, 'not_found'],
    ['/rooms?filter=__proto__', 400, 'invalid'],
  ])('in an address (%s) chooses nothing', async (path, status, code) => {
    const answer = await stage.call('GET', path, { token });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is the name of no action', async () => {
    const line = await stage.open(token);
    for (const action of ['__proto__', 'constructor', 'toString']) line.say({ action });
    await eventually(() => expect(line.heard).toHaveLength(3));
    expect(line.heard.map(({ code }) => code)).toEqual(['invalid', 'invalid', 'invalid']);
  });

  it('has left nothing behind: where every object had a text, a message without one would be one', async () => {
    const { status, body } = await send({ id: id(), type: 'text' });
    expect([status, body.code]).toEqual([400, 'invalid']);
    expect((await send(aText())).status).toBe(201);
  });
});

/** Bodies as large as a body may be, each of the kind that some parser dies of. */
const BOMBS: Record<string, (bytes: number) => string> = {
  'levels of lists': (bytes) => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2),
  'levels without an end': (bytes) => '['.repeat(bytes),
  'levels of objects': (bytes) => '{"a":'.repeat(bytes / 6) + '1' + '}'.repeat(bytes / 6),
  keys: (bytes) => manyKeys(bytes, (n) => `"k${n}":0`),
  'the same key': (bytes) => manyKeys(bytes, () => '"id":0'),
  'keys with one hash': (bytes) => manyKeys(bytes, (n) => `"${n}":0`),
  attachments: (bytes) => message(`"attachments":[${'{},'.repeat((bytes - 100) / 3)}{}]`),
  digits: (bytes) => `{"seq":${'9'.repeat(bytes - 20)}}`,
  escapes: (bytes) => message(`"text":"${String.raw`\u0000`.repeat((bytes - 100) / 6)}"`),
  blanks: (bytes) => `${' '.repeat(bytes - 2)}{}`,
  'blanks around a text': (bytes) => message(`"text":"x${' '.repeat(bytes - 200)}x"`),
  emoji: (bytes) => message(`"text":"${'👩‍🎨'.repeat((bytes - 200) / 11)}"`),
};

function manyKeys(bytes: number, key: (n: number) => string): string {
  const keys: string[] = [];
  for (let size = 2, n = 0; size < bytes - 20; n += 1) {
    const one = key(n);
    keys.push(one);
    size += one.length + 1;
  }
  return `{${keys.join(',')}}`;
}

function message(rest: string): string {
  return `{"id":"${crypto.randomUUID()}","type":"${rest.startsWith('"att') ? 'file' : 'text'}",${rest}}`;
}

const KB = 1024;
const MAX_BODY = 128 * KB;
/** The promise is 50 ms on a machine of its own; this one shares its cores with whatever else runs. */
const MAX_CPU_MS = 50;

/** Some systems count in ticks of ten milliseconds: so many requests make that a fraction of one. */
const ROUNDS = 30;

function spentMs(): number {
  const figures = Object.values(stage.stack.runtime.figures().functions);
  const messages = figures.find(({ functionName }) => functionName.includes('HttpMessages'));
  return messages?.cpuMs ?? NaN;
}

/** CPU of the function's thread for one request, as the environment counts it; the mean of some. */
async function cpuOf(body: string): Promise<{ cpuMs: number; status: number }> {
  const before = spentMs();
  let status = 0;
  for (let round = 0; round < ROUNDS; round += 1) ({ status } = await send(body));
  // What the last one took is counted a moment after its answer.
  await new Promise((resolve) => setTimeout(resolve, 50));
  return { cpuMs: (spentMs() - before) / ROUNDS, status };
}

describe('a bomb of 128 KB', () => {
  it.each(Object.keys(BOMBS))(
    'of %s is refused within 50 ms of CPU, and grows no faster than its size',
    async (name) => {
      const make = BOMBS[name] ?? String;
      const small = await cpuOf(make(MAX_BODY / 8));
      const large = await cpuOf(make(MAX_BODY - KB));
      console.log(
        `${name}: ${small.cpuMs.toFixed(1)} ms at 16 KB, ${large.cpuMs.toFixed(1)} ms at 127 KB`,
      );
      expect(large.status).toBe(400);
      expect(large.cpuMs).toBeLessThan(MAX_CPU_MS);
      // Eight times the size; what grows by its square would take 64 times as long, beyond a request's own cost.
      expect(large.cpuMs).toBeLessThan(24 * small.cpuMs + 10);
    },
  );

  it('that is larger is refused by its size alone', async () => {
    const { status, body } = await send(message(`"text":"${'x'.repeat(MAX_BODY)}"`));
    expect([status, body.code]).toEqual([413, 'too_large']);
  });

  it('and of 11 MB by the gateway, when 10 of them are there, and no function hears of it', async () => {
    const before = invocations();
    const path = `/v1/rooms/${roomId}/messages`;
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    };
    const lengths = { said: 11 * 1024 * KB, sent: 10 * 1024 * KB + 1 };
    expect(await rawStatus(headers, 'POST', path, lengths)).toBe(413);
    expect(invocations()).toBe(before);
    expect((await mine({ muted: false })).status).toBe(200);
  });

  it.each([
    ['levels', `{"action":"send","x":${'['.repeat(15_000)}${']'.repeat(15_000)}}`],
    ['keys', `{"action":"send",${Array.from({ length: 2_500 }, (_, n) => `"k${n}":0`).join(',')}}`],
  ])('in a frame of %s is invalid, and the socket lives on', async (_, frame) => {
    const line = await stage.open(token);
    line.say(frame);
    line.say({ action: 'ping', ref: 'p' });
    await eventually(() => {
      expect(line.heard).toContainEqual(
        expect.objectContaining({ event: 'error', code: 'invalid' }),
      );
      expect(line.heard).toContainEqual(expect.objectContaining({ event: 'pong', ref: 'p' }));
    });
    line.socket.close();
  });

  it.each([
    ['of one byte too many', 'x'.repeat(32 * KB + 1), 1009],
    ['of bytes', Buffer.from([1, 2, 3]), 1003],
    ['that is no UTF-8', null, 1007],
  ])('as a frame %s closes the socket', async (_, data, code) => {
    const line = await stage.open(token);
    if (data === null) line.socket.send(Buffer.from([0xc3, 0x28]), { binary: false });
    else line.socket.send(data);
    expect(await line.closed).toBe(code);
  });
});

describe('an odd request', () => {
  it.each([
    ['text/plain', 201],
    ['application/x-www-form-urlencoded', 201],
    ['multipart/form-data; boundary=x', 201],
    ['application/octet-stream', 201],
    ['application/json; charset=utf-16', 201],
  ])(
    'with JSON called %s is read as JSON: the token, and no cookie, is what protects',
    async (type, status) => {
      const body = JSON.stringify(aText());
      const answer = await stage.call('POST', `/rooms/${roomId}/messages`, {
        token: staff,
        body,
        headers: { 'content-type': type },
      });
      expect(answer.status).toBe(status);
    },
  );

  it.each([
    ['a form', 'a=b&c=d', {}],
    ['XML with an entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', {}],
    ['UTF-16', Buffer.from(JSON.stringify(aText()), 'utf16le'), {}],
    ['a gzip bomb', gzipSync('x'.repeat(10 * 1024 * KB)), { 'content-encoding': 'gzip' }],
    ['gzipped JSON', gzipSync(JSON.stringify(aText())), { 'content-encoding': 'gzip' }],
    ['nothing', '', {}],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]), {}],
  ])('with %s for a body is invalid', async (_, body, headers) => {
    const answer = await stage.call('POST', `/rooms/${roomId}/messages`, { token, body, headers });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid']);
  });

  it.each([
    ['a header of 20 KB', { 'x-long': 'x'.repeat(20 * KB) }],
    ['5,000 headers', Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`x-${n}`, 'y']))],
  ])('with %s is refused by the gateway, and no function hears of it', async (_, headers) => {
    const before = invocations();
    expect(await rawStatus(headers)).toBe(431);
    expect(invocations()).toBe(before);
    expect((await mine({ muted: false })).status).toBe(200);
  });

  it.each([
    ['POST', '/unread', 404],
    ['TRACE', '/unread', 404],
    ['GET', '/rooms/..%2f..%2fadmin', 404],
    ['GET', '/rooms/%00', 404],
    ['GET', '/rooms/%F0%28%8C%28', 400],
    ['GET', `/rooms/${'x'.repeat(2_000)}`, 400],
    ['GET', '/rooms?limit=1e9', 400],
    ['GET', '/rooms?limit=-1', 400],
    // Another name than `filter`: unknown ones are ignored.
    ['GET', '/rooms?filter[$ne]=all', 200],
    ['GET', '/rooms?filter=all&filter=closed', 400],
    ['GET', '/rooms?cursor=%7B%7D', 400],
  ])('%s %s is no failure of ours', async (method, path, status) => {
    const headers = { authorization: `Bearer ${token}` };
    expect(await rawStatus(headers, method, `/v1${path}`)).toBe(status);
  });
});

/** How often a call came to a function so far; what a stream has to do comes when it comes. */
function invocations(): number {
  const figures = Object.values(stage.stack.runtime.figures().functions);
  return figures
    .filter(({ functionName }) => functionName.includes('Http'))
    .reduce((sum, one) => sum + one.invocations, 0);
}

/** A call by hand: `fetch` would mend it. Of a body no more than the beginning is sent, so that no cut line hides the answer. */
function rawStatus(
  headers: Record<string, string>,
  method = 'GET',
  path = '/v1/unread',
  body = { said: 0, sent: 0 },
) {
  return new Promise<number | 'cut'>((resolve) => {
    const { hostname, port } = new URL(stage.stack.url);
    const length = body.said === 0 ? {} : { 'content-length': String(body.said) };
    const options = { hostname, port, method, path, headers: { ...headers, ...length } };
    const asked = httpRequest(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      asked.destroy();
    });
    asked.on('error', () => resolve('cut'));
    if (body.said === 0) asked.end();
    else asked.write('x'.repeat(body.sent));
  });
}

const MARKS = `a${'\u0301'.repeat(3_999)}`;

describe('Unicode', () => {
  it.each([
    ['4,000 characters of which 3,999 are marks', MARKS, 201],
    ['an order turned around', 'safe\u202Egpj.exe', 201],
    ['characters of no width', 'a\u200B\u2060\uFEFFb', 201],
    ['a zero byte', 'a\0b', 201],
    ['a flag of tags', '🏴\u{E0067}\u{E0062}\u{E007F}', 201],
    ['nothing but blanks of all kinds', '\u00A0\u2003\u3000\uFEFF', 400],
    ['half a character', 'a\uD800', 400],
    ['halves in the wrong order', '\uDC00\uD800', 400],
  ])('in a text: %s', async (_, text, status) => {
    const answer = await stage.call('POST', `/rooms/${roomId}/messages`, {
      token: staff,
      body: aText({ text }),
    });
    expect(answer.status).toBe(status);
    if (status !== 201) return;
    // What is stored is what was said, and the room's line of it stays short.
    expect(answer.body.text).toBe(text);
    const room = await stage.call('GET', `/rooms/${roomId}`, { token });
    expect(Buffer.byteLength(room.body.lastMessage.preview)).toBeLessThanOrEqual(240);
    expect(room.body.lastMessage.preview.isWellFormed()).toBe(true);
  });

  it.each([
    ['an order turned around', 'Nino\u202Enimda', 'Ninonimda'],
    ['lines', 'Nino\n\u2028admin', 'Nino admin'],
    ['an isolate left open', '\u2066\u2067Nino', 'Nino'],
    ['nothing to be seen', '\u200B\u2060', undefined],
    ['1,500 marks', `N${'\u0301'.repeat(1_500)}`, `N${'\u0301'.repeat(99)}`],
  ])('in a name: %s', async (_, name, shown) => {
    const claims = { ...aCustomer(), name };
    const nino = await stage.token(claims);
    const { body } = await stage.call('POST', '/rooms', {
      token: nino,
      body: { vendorId: shop.vendor_id },
    });
    expect(body.members[0].name).toBe(shown ?? claims.sub);
  });

  it.each([
    ['an order turned around', 'photo\u202Egpj.exe', /^photogpj\.exe\.png$/u],
    ['no width in an extension', 'photo.p\u200Bng', /^photo\.png$/u],
    ['an extension of look-alikes', 'photo.рng', /\.png$/u],
    ['a slash of another script', '..\u2215..\u2044etc\uFF0Fpasswd', /^[^/\\]*\.png$/u],
    ['a device of Windows', 'con', /^_con\.png$/u],
    ['a path', '../../etc/passwd', /^passwd\.png$/u],
    ['a line', 'a\r\nSet-Cookie: x=1.png', /^[^\r\n]*\.png$/u],
    ['255 marks', `a${'\u0301'.repeat(250)}.png`, /\.png$/u],
  ])('in a file’s name: %s', async (_, name, expected) => {
    const key = await upload(stage, { token: staff, roomId });
    const body = { id: crypto.randomUUID(), type: 'image', attachments: [{ key, name }] };
    const sent = await stage.call('POST', `/rooms/${roomId}/messages`, { token: staff, body });
    expect(sent.status).toBe(201);
    expect(sent.body.attachments[0].name).toMatch(expected);
    expect(sent.body.attachments[0].name).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200B]/u);
    const place = await stage.call('GET', `/rooms/${roomId}/attachments/${key}`, { token });
    const { headers, body: bytes } = await fetch(place.body.url);
    await bytes?.cancel();
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="[^"\r\n]*\.png"/u);
    expect(headers.get('set-cookie')).toBeNull();
  });
});
