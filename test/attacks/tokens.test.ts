/** Who may come in, by HTTP and by the socket's handshake: every bent token, and every foreign page. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Forge, openForge } from './support/forge.ts';
import { aCustomer } from './support/people.ts';
import { SHOP_ORIGIN, type Stage, startStage } from './support/stage.ts';

let stage: Stage;
let good: string;
let forge: Forge;
const customer = aCustomer();
const nowSeconds = () => Math.floor(Date.now() / 1_000);

beforeAll(async () => {
  stage = await startStage();
  good = await stage.token(customer);
  forge = openForge(good);
});
afterAll(() => stage.stop());

/** Every token that must not do; all of them whole and well signed but for what they are named by. */
const BAD: Record<string, () => string> = {
  'half of it': () => good.split('.').slice(0, 2).join('.'),
  'five parts': () => `${good}.x.y`,
  'no base64': () => 'a b.c d.e f',
  'another signature': () => `${good.slice(0, -8)}AAAAAAAA`,
  'the signature of another payload': () => {
    const [header, , signature] = good.split('.');
    return [header, forge.sign({ sub: 'root' }).split('.')[1], signature].join('.');
  },
  'a stranger’s signature': () => forge.byStranger(),
  'HS256, signed with the public key': () => forge.symmetric(),
  'alg none': () => forge.unsigned({ alg: 'none' }),
  'alg nOnE': () => forge.unsigned({ alg: 'nOnE' }),
  'no alg': () => forge.unsigned({ alg: undefined }),
  'alg RS1': () => forge.sign({}, { alg: 'RS1' }),
  'another issuer': () => forge.sign({ iss: 'https://evil.example' }),
  'an issuer with a slash more': () => forge.sign({ iss: 'http://localhost:4000/local/issuer/' }),
  'a list of issuers': () => forge.sign({ iss: ['http://localhost:4000/local/issuer'] }),
  'no issuer': () => forge.sign({ iss: undefined }),
  'another audience': () => forge.sign({ aud: 'other' }),
  'no audience': () => forge.sign({ aud: undefined }),
  'an nbf in the future': () => forge.sign({ nbf: nowSeconds() + 3_600 }),
  'an iat in the future': () => forge.sign({ iat: nowSeconds() + 3_600 }),
  'no exp': () => forge.sign({ exp: undefined }),
  'an exp that is a text': () => forge.sign({ exp: String(nowSeconds() + 600) }),
  'an exp beyond all time': () => forge.sign({ exp: 1e15 }),
  'no sub': () => forge.sign({ sub: undefined }),
  'a number for a sub': () => forge.sign({ sub: 42 }),
  'a list for a sub': () => forge.sign({ sub: ['42'] }),
  'an empty sub': () => forge.sign({ sub: '' }),
  'a sub of 129 characters': () => forge.sign({ sub: 'x'.repeat(129) }),
  'a sub with a zero byte': () => forge.sign({ sub: '42\0' }),
  'half a character for a sub': () => forge.sign({ sub: '\uD800' }),
  'a role that nobody may grant': () => forge.sign({ role: 'root' }),
  'a role of Object': () => forge.sign({ role: '__proto__' }),
  'no role': () => forge.sign({ role: undefined }),
  'a vendor without a shop': () => forge.sign({ role: 'vendor' }),
  'an unknown key': () => forge.sign({}, { kid: 'key-2' }),
  'no key id': () => forge.sign({}, { kid: undefined }),
  'a path for a key id': () => forge.sign({}, { kid: '../../../etc/passwd' }),
  'an address for a key id': () => forge.sign({}, { kid: 'https://evil.example/keys' }),
  'a key id of Object': () => forge.sign({}, { kid: '__proto__' }),
  'a key id that is none': () => forge.sign({}, { kid: { a: 1 } }),
  'an unknown critical header': () => forge.sign({}, { crit: ['x'], x: 1 }),
  'an empty crit': () => forge.sign({}, { crit: [] }),
  'another type': () => forge.sign({}, { typ: 'logout+jwt' }),
};

describe('over HTTP, a token with', () => {
  it('nothing bent is accepted, or the rest proves nothing', async () => {
    expect((await stage.call('GET', '/unread', { token: forge.sign() })).status).toBe(200);
  });

  it.each(Object.keys(BAD))('%s is refused', async (name) => {
    const token = BAD[name]?.() ?? '';
    const { status, body } = await stage.call('GET', '/unread', { token });
    expect([status, body.code]).toEqual([401, 'unauthorized']);
    expect(JSON.stringify(body)).not.toContain(customer.sub);
  });

  it('its time over has ended', async () => {
    const token = forge.sign({ exp: nowSeconds() - 1 });
    const { status, body } = await stage.call('GET', '/unread', { token });
    expect([status, body.code]).toEqual([401, 'token_expired']);
  });

  it.each([
    ['9 KB in all is refused by us', 6_000, 401],
    ['12 KB in all is refused by the gateway', 8_000, 431],
  ])('%s, and breaks nothing', async (_, size, status) => {
    const token = forge.sign({ sub: 'x'.repeat(size) });
    expect((await stage.call('GET', '/unread', { token })).status).toBe(status);
    expect((await stage.call('GET', '/unread', { token: good })).status).toBe(200);
  });

  it('1 MB in all is refused by the gateway, which need not read to its end', async () => {
    const token = forge.sign({ sub: 'x'.repeat(1_000_000) });
    const outcome = await stage.call('GET', '/unread', { token }).then(
      ({ status }) => status,
      // It closes a line on which headers never end.
      () => 'cut',
    );
    expect([431, 'cut']).toContain(outcome);
    expect((await stage.call('GET', '/unread', { token: good })).status).toBe(200);
  });

  it.each([
    ['no header', () => ({})],
    ['another scheme', () => ({ authorization: `Basic ${good}` })],
    ['two tokens', () => ({ authorization: `Bearer ${good} ${good}` })],
    ['two headers in one', () => ({ authorization: `Bearer ${good}, Bearer ${good}` })],
    ['the token alone', () => ({ authorization: good })],
    ['a cookie', () => ({ cookie: `token=${good}` })],
  ])('%s is none', async (_, headers) => {
    const { status, body } = await stage.call('GET', '/unread', { headers: headers() });
    expect([status, body.code]).toEqual([401, 'unauthorized']);
  });

  it.each(['token', 'access_token', 'authorization', 'jwt'])(
    'a place in the address (%s) is none',
    async (name) => {
      const { status } = await stage.call('GET', `/unread?${name}=${good}`);
      expect(status).toBe(401);
    },
  );
});

describe('at the socket’s door, a token with', () => {
  it('nothing bent is accepted', async () => {
    expect(typeof (await stage.knock(forge.sign()))).toBe('object');
  });

  it.each(Object.keys(BAD).filter((name) => name !== 'no base64'))(
    '%s is refused',
    async (name) => {
      expect(await stage.knock(BAD[name]?.() ?? '')).toBe(403);
    },
  );

  it('its time over is refused', async () => {
    expect(await stage.knock(forge.sign({ exp: nowSeconds() - 1 }))).toBe(403);
  });

  it('the role of an admin is refused: nothing would ever be pushed to it', async () => {
    expect(await stage.knock(forge.sign({ role: 'admin' }))).toBe(403);
  });

  it.each([
    ['nowhere', ['parley.v1'], ''],
    ['in the address', ['parley.v1'], '?token=TOKEN'],
    ['in the wrong order', ['TOKEN', 'parley.v1'], ''],
    ['behind another version', ['parley.v2', 'TOKEN'], ''],
  ])('its place %s is refused with 401', async (_, offers, query) => {
    const put = (text: string) => text.replace('TOKEN', good);
    const refused = await stage.knock('', { offers: offers.map(put), query: put(query) });
    expect(refused).toBe(401);
  });
});

describe('a page', () => {
  it.each([
    ['of the deployment', SHOP_ORIGIN, 'open'],
    ['without an origin, which is no browser', undefined, 'open'],
    ['of somebody else', 'https://evil.example', 403],
    ['that is sandboxed', 'null', 403],
    ['of the same name over http', 'http://shop.example', 403],
    ['of another port', 'https://shop.example:8443', 403],
    ['whose name ends alike', 'https://evilshop.example', 403],
    ['whose name begins alike', 'https://shop.example.evil.example', 403],
    ['that is empty', '', 403],
  ])('%s gets as far as it may', async (_, origin, expected) => {
    const headers = origin === undefined ? {} : { origin };
    const result = await stage.knock(good, { headers });
    expect(typeof result === 'number' ? result : 'open').toBe(expected);
  });

  it.each([
    [SHOP_ORIGIN, SHOP_ORIGIN],
    ['https://evil.example', null],
    ['null', null],
  ])('%s reads answers over HTTP where it may', async (origin, allowed) => {
    const { headers } = await stage.call('GET', '/unread', { token: good, headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBe(allowed);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });
});
