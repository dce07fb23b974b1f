/** CORS as the gateway answers it, over the wire. */
import { afterEach, describe, expect, test } from 'vitest';
import type { CorsModel } from '../../lib/local/model.ts';
import { type Gateways, httpModel, startGateways } from '../support/gateways.ts';

let gateways: Gateways;
afterEach(() => gateways?.stop());

const cors: CorsModel = {
  allowOrigins: ['https://shop.example'],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['authorization', 'content-type'],
  exposeHeaders: ['retry-after'],
  maxAgeSeconds: 600,
  allowCredentials: true,
};

async function call(method: string, origin: string, changes: Partial<CorsModel> = {}) {
  const http = () => ({
    statusCode: 200,
    headers: { 'Access-Control-Allow-Origin': 'https://forged.example', 'x-own': 'kept' },
  });
  gateways = await startGateways({
    functions: { http },
    http: httpModel(['GET /v1/rooms'], { cors: { ...cors, ...changes } }),
  });
  const headers = { origin, 'access-control-request-method': 'GET' };
  const response = await fetch(`${gateways.httpUrl}/v1/rooms`, { method, headers });
  const entries = [...response.headers].filter(([name]) => name.startsWith('access-control-'));
  return { status: response.status, cors: Object.fromEntries(entries), headers: response.headers };
}

describe('a preflight', () => {
  test('is answered by the gateway itself', async () => {
    const answer = await call('OPTIONS', 'https://shop.example');
    expect(answer.status).toBe(204);
    expect(answer.cors).toEqual({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-max-age': '600',
      'access-control-allow-credentials': 'true',
    });
    expect(gateways.calls).toEqual([]);
  });

  test('of another origin gets no permission', async () => {
    const answer = await call('OPTIONS', 'https://shop.example.evil');
    expect(answer).toMatchObject({ status: 204, cors: {} });
  });
});

describe('any other answer', () => {
  test('loses the function’s CORS headers and gets the gateway’s', async () => {
    const answer = await call('GET', 'https://shop.example');
    expect(answer.cors).toEqual({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'retry-after',
    });
    expect(answer.headers.get('x-own')).toBe('kept');
  });

  test('to another origin has none at all', async () => {
    expect((await call('GET', 'https://evil.example')).cors).toEqual({});
  });

  test.each([
    [['*'], 'https://any.example', '*'],
    [['https://*'], 'https://any.example', 'https://any.example'],
    [['https://*'], 'http://any.example', undefined],
  ])('with %j for %s allows %s', async (allowOrigins, origin, allowed) => {
    const answer = await call('GET', origin, { allowOrigins });
    expect(answer.cors['access-control-allow-origin']).toBe(allowed);
  });
});

test('without CORS configured, OPTIONS is a request like any other, and the headers are the function’s', async () => {
  const headers = { 'Access-Control-Allow-Origin': '*' };
  gateways = await startGateways({ functions: { http: () => ({ statusCode: 200, headers }) } });
  const response = await fetch(gateways.httpUrl, {
    method: 'OPTIONS',
    headers: { origin: 'https://x' },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
});
