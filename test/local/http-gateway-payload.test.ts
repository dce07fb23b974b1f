/** Payload format 2.0 in both directions, over the wire. */
import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type Gateways, httpModel, startGateways } from '../support/gateways.ts';

let gateways: Gateways;
afterEach(() => gateways?.stop());

const ROUTE = 'POST /v1/rooms/{roomId}';

async function eventOf(path: string, init: RequestInit = {}) {
  gateways = await startGateways({ http: httpModel([ROUTE, '$default']) });
  await fetch(`${gateways.httpUrl}${path}`, init);
  return gateways.eventsOf('http')[0];
}

async function answerTo(payload: unknown) {
  gateways = await startGateways({ functions: { http: () => payload } });
  const response = await fetch(gateways.httpUrl);
  return { response, text: await response.text() };
}

describe('the event', () => {
  test('carries every field of a full request', async () => {
    const event = await eventOf('/v1/rooms/d-1?limit=5&tag=a&tag=b%20c&empty=', {
      method: 'POST',
      headers: { 'User-Agent': 'test/1', 'Content-Type': 'application/json', Cookie: 'a=1; b=2' },
      body: '{"text":"გ"}',
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: ROUTE,
      rawPath: '/v1/rooms/d-1',
      rawQueryString: 'limit=5&tag=a&tag=b%20c&empty=',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { limit: '5', tag: 'a,b c', empty: '' },
      pathParameters: { roomId: 'd-1' },
      body: '{"text":"გ"}',
      isBase64Encoded: false,
    });
    expect(event.requestContext).toEqual({
      accountId: '000000000000',
      apiId: 'api2',
      domainName: 'api2.execute-api.local',
      domainPrefix: 'api2',
      http: {
        method: 'POST',
        path: '/v1/rooms/d-1',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test/1',
      },
      requestId: expect.stringMatching(/=$/u),
      routeKey: ROUTE,
      stage: '$default',
      time: '22/Nov/2026:16:05:47 +0000',
      timeEpoch: gateways.clock.now(),
    });
  });

  test('has no key that would be empty', async () => {
    const event = await eventOf('/');
    expect(Object.keys(event).toSorted()).toEqual(
      'headers isBase64Encoded rawPath rawQueryString requestContext routeKey version'.split(' '),
    );
    expect(event.rawQueryString).toBe('');
  });

  test('has lower-case headers, repeated ones joined by commas, cookies apart', async () => {
    gateways = await startGateways({});
    const headers = ['X-Tag', 'a', 'Cookie', 'a=1', 'x-tag', 'b', 'X-Forwarded-For', '1.2.3.4'];
    await new Promise((resolve) => {
      const { host } = new URL(gateways.httpUrl);
      const sent = request(gateways.httpUrl, { headers: ['Host', host, ...headers] }, (response) =>
        response.resume().once('end', resolve),
      );
      sent.end();
    });
    const [event] = gateways.eventsOf('http');
    expect(event.headers).toMatchObject({ 'x-tag': 'a,b', 'x-forwarded-for': '1.2.3.4,127.0.0.1' });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.headers).not.toHaveProperty('connection');
    expect(event.headers).not.toHaveProperty('X-Tag');
  });

  test('has the path and its parameters decoded, the query raw and decoded', async () => {
    const event = await eventOf('/v1/rooms/a%20b%2Fc?q=%C3%BC', { method: 'POST' });
    expect(event.pathParameters).toEqual({ roomId: 'a b/c' });
    expect(event.rawPath).toBe('/v1/rooms/a b/c');
    expect(event.rawQueryString).toBe('q=%C3%BC');
    expect(event.queryStringParameters).toEqual({ q: 'ü' });
  });

  test.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['application/problem+json', false],
    ['text/plain', false],
    ['image/png', true],
    ['application/octet-stream', true],
    ['application/x-www-form-urlencoded', true],
  ])('with a body of %s is base64: %s', async (type, isBase64Encoded) => {
    const event = await eventOf('/x', {
      method: 'POST',
      body: 'abc',
      headers: { 'content-type': type },
    });
    expect(event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? 'YWJj' : 'abc' });
  });

  test('has the stage before the path where the stage has a name', async () => {
    gateways = await startGateways({ http: httpModel(['$default'], { stage: 'dev' }) });
    await fetch(`${gateways.httpUrl}/v1`);
    expect(gateways.eventsOf('http')[0].rawPath).toBe('/dev/v1');
  });
});

describe('an answer', () => {
  test('with a statusCode is taken as it stands', async () => {
    const { response, text } = await answerTo({
      statusCode: 201,
      headers: { 'Content-Type': 'application/json', 'X-Number': 5 },
      cookies: ['a=1', 'b=2; HttpOnly'],
      body: '{"ok":true}',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-number')).toBe('5');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2; HttpOnly']);
    expect(text).toBe('{"ok":true}');
  });

  test('in base64 arrives as bytes', async () => {
    const body = Buffer.from([0, 255, 10]).toString('base64');
    gateways = await startGateways({
      functions: { http: () => ({ statusCode: 200, body, isBase64Encoded: true }) },
    });
    const response = await fetch(gateways.httpUrl);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 10]);
  });

  test.each([
    ['an object without a statusCode', { rooms: 2 }, '{"rooms":2}'],
    ['text', 'hello', 'hello'],
    ['a list', [1], '[1]'],
    ['nothing', undefined, 'null'],
  ])('that is %s is taken for JSON with 200', async (_name, payload, expected) => {
    const { response, text } = await answerTo(payload);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(text).toBe(expected);
  });

  test('204 has no body and no type', async () => {
    const { response, text } = await answerTo({ statusCode: 204 });
    expect([response.status, text, response.headers.get('content-type')]).toEqual([204, '', null]);
  });

  test.each([
    ['a status that is no number', { statusCode: 'fine' }],
    ['a status of no HTTP', { statusCode: 99 }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['a header that is a list', { statusCode: 200, headers: { a: ['b'] } }],
    ['a header with a line break', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a cookie that is no text', { statusCode: 200, cookies: [1, {}] }],
  ])('with %s is malformed: 500', async (_name, payload) => {
    const { response, text } = await answerTo(payload);
    expect(response.status).toBe(500);
    expect(text).toBe('{"message":"Internal Server Error"}');
  });
});
