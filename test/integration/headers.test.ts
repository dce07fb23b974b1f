/** The headers of every answer on the whole stack: of the functions, whatever they answer, and of the gateway by itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { HTTP_ROUTES, type HttpRouteName } from '#protocol/http-routes.ts';

import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { API_HEADERS, headerProblems } from '../support/secure-headers.ts';

const ROUTES = Object.keys(HTTP_ROUTES) as HttpRouteName[];
const PUBLIC = new Set<HttpRouteName>(['getVendor', 'openapi', 'asyncapi', 'health']);

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack({ limits: { roomsPerHour: 1 } });
});
afterAll(() => stack.stop());

/** Calls a route with `x` for everything that its path leaves open. */
async function call(name: HttpRouteName, init: RequestInit = {}) {
  const { method, path } = HTTP_ROUTES[name];
  const response = await fetch(`${stack.url}${path.replaceAll(/\{\w+\}/gu, 'x')}`, {
    method,
    ...init,
  });
  await response.text();
  return response;
}

const bearer = async (role: 'customer' | 'vendor' | 'admin', more = {}) => {
  const token = await stack.token({ sub: role, role, vendor_id: '7', ...more });
  return { authorization: `Bearer ${token}` };
};

describe('an answer of a function', () => {
  it.each(ROUTES)('of %s to nobody', async (name) => {
    const response = await call(name);
    expect(response.status).toBe(PUBLIC.has(name) ? 200 : 401);
    expect(headerProblems(name, response)).toEqual([]);
  });

  it.each(ROUTES.filter((name) => !PUBLIC.has(name)))('of %s to somebody late', async (name) => {
    const response = await call(name, { headers: await bearer('customer', { expiresIn: -60 }) });
    expect(response.status).toBe(401);
    expect(headerProblems(name, response)).toEqual([]);
  });

  it.each(ROUTES.filter((name) => HTTP_ROUTES[name].method !== 'GET'))(
    'of %s to nonsense',
    async (name) => {
      const body = { headers: await bearer('vendor'), body: '{' };
      const response = await call(
        name,
        HTTP_ROUTES[name].method === 'DELETE' ? { headers: body.headers } : body,
      );
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(headerProblems(name, response)).toEqual([]);
    },
  );

  it('that is too much', async () => {
    const headers = await bearer('customer', { sub: 'eager' });
    const open = (vendorId: string) =>
      call('openRoom', { headers, body: JSON.stringify({ vendorId }) });
    const responses = [await open('1'), await open('2'), await open('3')];
    expect(responses.map(({ status }) => status)).toContain(429);
    expect(responses.flatMap((it) => headerProblems('openRoom', it))).toEqual([]);
  });
});

describe('an answer of the gateway itself', () => {
  /** What API Gateway lets nobody add to: see docs/SECURITY.md. */
  it.each<[string, number, string, RequestInit]>([
    ['to an address that leads nowhere', 404, '/v1/nothing', {}],
    ['to a method that nobody takes', 404, '/v1/health', { method: 'DELETE' }],
    ['to large headers', 431, '/v1/health', { headers: { 'x-large': 'x'.repeat(10_240) } }],
    ['to a large body', 413, '/v1/rooms', { method: 'POST', body: 'x'.repeat(10_485_761) }],
    [
      'to a preflight',
      204,
      '/v1/rooms',
      { method: 'OPTIONS', headers: { origin: 'https://shop.example' } },
    ],
  ])('%s is %i, JSON or nothing, and tells nothing', async (_, status, path, init) => {
    const response = await fetch(`${stack.url}${path}`, init);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(text).toMatch(/^$|^\{"message":"[A-Z][A-Za-z ]+"\}$/u);
    expect(response.headers.get('content-type')).toBe(text === '' ? null : 'application/json');
    const said = Object.keys(Object.fromEntries(response.headers));
    expect(said.filter((name) => name in API_HEADERS)).toEqual([]);
  });
});
