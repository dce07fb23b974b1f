/** The events of a connection's life, field by field, as the functions receive them. */
import { afterEach, expect, test } from 'vitest';
import { type Gateways, connect, startGateways, until } from '../../support/gateways.ts';

let gateways: Gateways;
afterEach(() => gateways?.stop());

const ID = /^[\w-]{15}=$/u;

async function live(): Promise<Gateways> {
  gateways = await startGateways({});
  const url = `${gateways.socketUrl}?device=phone&tag=a&tag=b%20c`;
  const client = await connect(url, [], {
    headers: { 'User-Agent': 'test/1', Origin: 'https://x' },
  });
  client.socket.send('{"action":"tell","text":"გამარჯობა"}');
  await until(() => gateways.eventsOf('tell').length === 1);
  client.socket.close(1000, 'done');
  await until(() => gateways.eventsOf('$disconnect').length === 1);
  return gateways;
}

const commonContext = (connectedAt: number) => ({
  extendedRequestId: expect.stringMatching(ID),
  requestTime: '22/Nov/2026:16:05:47 +0000',
  messageDirection: 'IN',
  stage: 'live',
  connectedAt,
  requestTimeEpoch: connectedAt,
  identity: { sourceIp: '127.0.0.1', userAgent: 'test/1' },
  requestId: expect.stringMatching(ID),
  domainName: 'api1.execute-api.local',
  connectionId: expect.stringMatching(ID),
  apiId: 'api1',
});

test('CONNECT carries headers in their own spelling and the decoded query', async () => {
  const { eventsOf, clock } = await live();
  const [event] = eventsOf('$connect');
  expect(event.headers).toMatchObject({
    'User-Agent': 'test/1',
    Origin: 'https://x',
    'X-Forwarded-For': '127.0.0.1',
    'X-Forwarded-Proto': 'https',
  });
  expect(event.multiValueHeaders.Origin).toEqual(['https://x']);
  expect(event.queryStringParameters).toEqual({ device: 'phone', tag: 'b c' });
  expect(event.multiValueQueryStringParameters).toEqual({ device: ['phone'], tag: ['a', 'b c'] });
  expect(event.requestContext).toEqual({
    ...commonContext(clock.now()),
    routeKey: '$connect',
    eventType: 'CONNECT',
  });
  expect(event.isBase64Encoded).toBe(false);
  expect(event).not.toHaveProperty('body');
});

test('MESSAGE carries the frame and a message id, and no headers', async () => {
  const { eventsOf, clock } = await live();
  expect(eventsOf('tell')[0]).toEqual({
    requestContext: {
      ...commonContext(clock.now()),
      routeKey: 'tell',
      eventType: 'MESSAGE',
      messageId: expect.stringMatching(ID),
    },
    body: '{"action":"tell","text":"გამარჯობა"}',
    isBase64Encoded: false,
  });
});

test('DISCONNECT tells the code and the reason', async () => {
  const { eventsOf, clock } = await live();
  expect(eventsOf('$disconnect')[0]).toEqual({
    requestContext: {
      ...commonContext(clock.now()),
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      disconnectStatusCode: 1000,
      disconnectReason: 'done',
    },
    isBase64Encoded: false,
  });
});

test('one connection keeps one id, and every request has its own', async () => {
  const { calls } = await live();
  const contexts = calls.map(({ event }) => event.requestContext);
  expect(new Set(contexts.map(({ connectionId }) => connectionId)).size).toBe(1);
  expect(new Set(contexts.map(({ requestId }) => requestId)).size).toBe(calls.length);
});

test('a query of prototype names is a query', async () => {
  gateways = await startGateways({});
  const client = await connect(`${gateways.socketUrl}?__proto__=x&constructor=y`);
  client.socket.terminate();
  const { queryStringParameters } = gateways.eventsOf('$connect')[0];
  expect(Object.entries(queryStringParameters)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});
