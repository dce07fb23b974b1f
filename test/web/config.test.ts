/** The site's configuration: what is understood, what is refused, and what may pass. */
import { describe, expect, it } from 'vitest';

import { ConfigError, parseConfig, readConfig } from '../../web/config.ts';

const PAGE = 'https://chat.shop.example/inbox/d-1?as=ana';
const LOCAL_PAGE = 'http://localhost:4000/';
const REMOTE = { api: 'https://api.example/v1', socket: 'wss://socket.example/prod' };

const parse = (value: unknown, pageUrl = PAGE) => parseConfig(JSON.stringify(value), pageUrl);

function answering(status: number, body: string) {
  return { fetch: async () => new Response(body, { status }), pageUrl: PAGE };
}

describe('the configuration', () => {
  it('takes the addresses of a stage as they are', () => {
    const more = { tokenUrl: 'https://shop.example/token', signInUrl: 'https://shop.example/in' };
    expect(parse({ ...REMOTE, ...more })).toEqual({ ...REMOTE, ...more });
  });

  it('completes paths by the page, a socket too', () => {
    expect(
      parse({ api: '/v1', socket: '/ws', tokenUrl: '/local/token', local: true }, LOCAL_PAGE),
    ).toEqual({
      api: 'http://localhost:4000/v1',
      socket: 'ws://localhost:4000/ws',
      tokenUrl: 'http://localhost:4000/local/token',
      local: true,
    });
    expect(parse({ api: '/v1', socket: '/ws' })).toEqual({
      api: 'https://chat.shop.example/v1',
      socket: 'wss://chat.shop.example/ws',
    });
  });

  it('drops a slash at the end, for a path follows', () => {
    expect(parse({ ...REMOTE, api: 'https://api.example/v1/' }).api).toBe('https://api.example/v1');
  });

  it.each([
    ['an absent socket', { api: REMOTE.api }, '"socket" is missing'],
    ['an absent API', { socket: REMOTE.socket }, '"api" is missing'],
    ['another type', { ...REMOTE, api: 7 }, '"api" is not an address'],
    ['an empty text', { ...REMOTE, api: '' }, '"api" is not an address'],
    ['a broken address', { ...REMOTE, api: 'https://' }, '"api" is not an address'],
    ['script', { ...REMOTE, signInUrl: 'javascript:alert(1)' }, '"signInUrl" must begin'],
    ['plain http', { ...REMOTE, api: 'http://api.example' }, '"api" must begin with https://'],
    ['a plain socket', { ...REMOTE, socket: 'ws://a.example' }, '"socket" must begin with wss://'],
    ['an API as a socket', { ...REMOTE, socket: REMOTE.api }, '"socket" must begin with wss://'],
    ['a list', [REMOTE], 'not a JSON object'],
    ['nothing', null, 'not a JSON object'],
    ['a text for a switch', { ...REMOTE, local: 'yes' }, '"local" must be true or false'],
  ])('refuses %s by name', (_, value, message) => {
    expect(() => parse(value)).toThrow(message);
  });

  it('is never local where it does not say so', () => {
    expect(parse({ ...REMOTE, local: false })).toEqual(REMOTE);
  });
});

describe('reading it', () => {
  it('asks for the one file', async () => {
    const asked: string[] = [];
    const fetch = async (path: string) => {
      asked.push(path);
      return new Response(JSON.stringify(REMOTE));
    };
    expect(await readConfig({ fetch, pageUrl: PAGE })).toEqual(REMOTE);
    expect(asked).toEqual(['/config.json']);
  });

  it.each([
    [404, '<!doctype html>', 'invalid', 'missing'],
    [403, '', 'invalid', 'missing'],
    [500, 'oops', 'unreachable', 'status 500'],
    [503, '', 'unreachable', 'status 503'],
    [429, '', 'unreachable', 'status 429'],
    [200, '<!doctype html>', 'invalid', 'not JSON'],
  ])('tells of status %i what may pass and what has to be mended', async (...row) => {
    const [status, body, kind, message] = row;
    const failure = readConfig(answering(status, body));
    await expect(failure).rejects.toBeInstanceOf(ConfigError);
    await expect(failure).rejects.toMatchObject({
      kind,
      message: expect.stringContaining(message),
    });
  });

  it('says unreachable without a network, and where the body never ends well', async () => {
    const offline = { fetch: () => Promise.reject(new TypeError('offline')), pageUrl: PAGE };
    await expect(readConfig(offline)).rejects.toMatchObject({ kind: 'unreachable' });
    const broken = new ReadableStream({ start: (it) => it.error(new Error('cut off')) });
    const cut = { fetch: async () => new Response(broken), pageUrl: PAGE };
    await expect(readConfig(cut)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('gives up by itself: the request carries a signal', async () => {
    let signal: AbortSignal | undefined;
    const fetch = async (_: string, init: { signal: AbortSignal }) => {
      signal = init.signal;
      return new Response(JSON.stringify(REMOTE));
    };
    await readConfig({ fetch, pageUrl: PAGE });
    expect(signal).toBeInstanceOf(AbortSignal);
  });
});
