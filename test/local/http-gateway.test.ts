/** Routes, limits and the gateway's own answers, over the wire. */
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpApiModel } from '../../lib/local/model.ts';
import {
  type FakeFunctions,
  type Gateways,
  httpModel,
  startGateways,
  until,
} from '../support/gateways.ts';

let gateways: Gateways;
afterEach(() => gateways?.stop());

async function start(http: HttpApiModel, functions: FakeFunctions = {}): Promise<Gateways> {
  gateways = await startGateways({ http, functions });
  return gateways;
}

const own = async (response: Response) => [response.status, await response.json()];

describe('routes', () => {
  const routeKeys = [
    '$default',
    'ANY /{proxy+}',
    'GET /v1/{proxy+}',
    'ANY /v1/rooms/{roomId}',
    'GET /v1/rooms/{roomId}',
    'GET /v1/rooms/new',
    'GET /v1/rooms/{roomId}/messages',
    'POST /{any}/shops/last',
    'POST /v1/{proxy+}',
  ];

  test.each([
    ['GET', '/v1/rooms/new', 'GET /v1/rooms/new', undefined],
    ['GET', '/v1/rooms/7', 'GET /v1/rooms/{roomId}', { roomId: '7' }],
    ['PUT', '/v1/rooms/7', 'ANY /v1/rooms/{roomId}', { roomId: '7' }],
    ['HEAD', '/v1/rooms/new', 'ANY /v1/rooms/{roomId}', { roomId: 'new' }],
    ['GET', '/v1/rooms/7/messages', 'GET /v1/rooms/{roomId}/messages', { roomId: '7' }],
    ['GET', '/v1/rooms/', 'GET /v1/{proxy+}', { proxy: 'rooms/' }],
    ['GET', '/v1/a/b/c', 'GET /v1/{proxy+}', { proxy: 'a/b/c' }],
    // A whole match precedes a greedy one, however its segments begin.
    ['POST', '/v1/shops/last', 'POST /{any}/shops/last', { any: 'v1' }],
    ['DELETE', '/v1/a', 'ANY /{proxy+}', { proxy: 'v1/a' }],
    ['GET', '/', '$default', undefined],
  ])('%s %s goes to %s', async (method, path, routeKey, pathParameters) => {
    const { httpUrl, eventsOf } = await start(httpModel(routeKeys));
    await fetch(`${httpUrl}${path}`, { method });
    expect(eventsOf('http')[0].routeKey).toBe(routeKey);
    expect(eventsOf('http')[0].pathParameters).toEqual(pathParameters);
  });

  test.each([
    ['GET', '/v1/other'],
    ['GET', '/v1/rooms/'],
    ['GET', '/v1/rooms/7/x'],
    ['GET', '/V1/rooms/7'],
    ['POST', '/v1/rooms/7'],
    ['OPTIONS', '/v1/rooms/7'],
  ])('%s %s is Not Found where no route takes it', async (method, path) => {
    const { httpUrl, calls } = await start(httpModel(['GET /v1/rooms/{roomId}']));
    const response = await fetch(`${httpUrl}${path}`, { method });
    expect(await own(response)).toEqual([404, { message: 'Not Found' }]);
    expect(calls).toEqual([]);
  });

  test('HEAD needs a route of its own or ANY, and has no body', async () => {
    const body = 'twelve bytes';
    const functions = { http: () => ({ statusCode: 200, body }) };
    const { httpUrl } = await start(httpModel(['GET /a', 'HEAD /b']), functions);
    expect((await fetch(`${httpUrl}/a`, { method: 'HEAD' })).status).toBe(404);
    const response = await fetch(`${httpUrl}/b`, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '12']);
    expect(await response.text()).toBe('');
  });

  test('a broken escape in the path is a Bad Request', async () => {
    const { httpUrl } = await start(httpModel(['$default']));
    expect((await fetch(`${httpUrl}/%zz`)).status).toBe(400);
  });
});

describe('failures', () => {
  test('a function that throws is an Internal Server Error without its words', async () => {
    const http = () => Promise.reject(new Error('SECRET'));
    const { httpUrl } = await start(httpModel(['$default']), { http });
    expect(await own(await fetch(httpUrl))).toEqual([500, { message: 'Internal Server Error' }]);
  });

  test('a function has 30 seconds', async () => {
    const http = () => new Promise(() => undefined);
    const { httpUrl, calls, clock } = await start(httpModel(['$default']), { http });
    let isAnswered = false;
    const answer = fetch(httpUrl).finally(() => (isAnswered = true));
    await until(() => calls.length === 1);
    clock.advance(29_999);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isAnswered).toBe(false);
    clock.advance(1);
    expect(await own(await answer)).toEqual([503, { message: 'Service Unavailable' }]);
  });

  test('a client that leaves while it sends harms nobody', async () => {
    const { httpUrl, calls } = await start(httpModel(['$default']));
    const body = new ReadableStream({ pull: () => new Promise(() => undefined) });
    const signal = AbortSignal.timeout(50);
    const init = { method: 'POST', body, duplex: 'half', signal };
    await expect(fetch(httpUrl, init)).rejects.toThrow();
    expect(calls).toEqual([]);
    expect((await fetch(httpUrl)).status).toBe(200);
  });
});

describe('limits', () => {
  const MB = 1024 * 1024;

  test('6 MB pass, as much as Lambda takes', async () => {
    const { httpUrl, calls } = await start(httpModel(['$default']));
    const body = 'x'.repeat(6 * MB);
    expect((await fetch(httpUrl, { method: 'POST', body })).status).toBe(200);
    expect(calls[0]?.event.body).toHaveLength(6 * MB);
  });

  test.each([
    ['more than Lambda takes', 6 * MB + 1],
    ['more than 10 MB', 10 * MB + 1],
  ])('%s is too large', async (_name, size) => {
    const { httpUrl, calls } = await start(httpModel(['$default']));
    const response = await fetch(httpUrl, { method: 'POST', body: 'x'.repeat(size) });
    expect(await own(response)).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect(calls).toEqual([]);
  });

  test('requests over the stage rate are Too Many Requests, and the rate refills', async () => {
    const throttle = { ratePerSecond: 1, burst: 2 };
    const { httpUrl, clock } = await start(httpModel(['$default'], { throttle }));
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await fetch(httpUrl)).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(await own(await fetch(httpUrl))).toEqual([429, { message: 'Too Many Requests' }]);
    clock.advance(1000);
    expect((await fetch(httpUrl)).status).toBe(200);
  });

  test('headers over 10,240 bytes are refused', async () => {
    const { httpUrl, calls } = await start(httpModel(['$default']));
    const response = await fetch(httpUrl, { headers: { 'x-large': 'x'.repeat(10_240) } });
    expect(response.status).toBe(431);
    expect(calls).toEqual([]);
  });
});
