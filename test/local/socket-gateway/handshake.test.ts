/** The handshake, decision by decision, as a real client sees it. */
import { afterEach, describe, expect, test } from 'vitest';
import { isAllowed, readAuthorizerContext } from '../../../lib/local/socket-gateway/handshake.ts';
import {
  type FakeFunctions,
  type Gateways,
  connect,
  guardedModel,
  policy,
  rawUpgrade,
  refusal,
  socketModel,
  startGateways,
  until,
} from '../../support/gateways.ts';

let gateways: Gateways;
afterEach(() => gateways?.stop());

async function guarded(functions: FakeFunctions): Promise<Gateways> {
  gateways = await startGateways({ socket: guardedModel, functions });
  return gateways;
}

const fails = (message: string) => () => {
  throw new Error(message);
};

describe('the authorizer', () => {
  test('is not invoked where an identity source is missing: 401', async () => {
    const { socketUrl, calls } = await guarded({ authorizer: () => policy('Allow') });
    const { status, body } = await refusal(socketUrl);
    expect(status).toBe(401);
    expect(JSON.parse(body)).toMatchObject({ message: 'Unauthorized' });
    expect(calls).toEqual([]);
  });

  test.each([
    ['a Deny', () => policy('Deny'), 403],
    ['an Unauthorized', fails('Unauthorized'), 401],
    ['any other failure', fails('Cannot read properties'), 500],
    ['an answer that is no policy', () => ({ principalId: 'nino' }), 500],
    ['an answer without a principal', () => ({ ...policy('Allow'), principalId: undefined }), 500],
    ['a nested context', () => policy('Allow', { user: { name: 'Nino' } }), 500],
    ['an answer over 8 KB', () => policy('Allow', { text: 'x'.repeat(8 * 1024) }), 500],
  ])('%s refuses the handshake before $connect', async (_name, authorizer, expected) => {
    const { socketUrl, eventsOf } = await guarded({ authorizer });
    expect((await refusal(socketUrl, ['parley.v1', 'token'])).status).toBe(expected);
    expect(eventsOf('$connect')).toEqual([]);
  });

  test('shows its context as text in every later event', async () => {
    const context = { member: 'customer:42', staff: false, level: 3 };
    const { socketUrl, eventsOf } = await guarded({ authorizer: () => policy('Allow', context) });
    const offer = { 'sec-websocket-protocol': 'x' };
    (await connect(socketUrl, [], { headers: offer })).socket.close();
    await until(() => eventsOf('$disconnect').length === 1);
    const expected = { member: 'customer:42', staff: 'false', level: '3', principalId: 'nino' };
    expect(eventsOf('$connect')[0].requestContext.authorizer).toEqual(expected);
    expect(eventsOf('$disconnect')[0].requestContext.authorizer).toEqual(expected);
  });

  test('is asked once per handshake, before $connect, and never again', async () => {
    let level = 0;
    const authorizer = () => policy('Allow', { level: (level += 1) });
    const { socketUrl, calls, eventsOf } = await guarded({ authorizer });
    const offer = { headers: { 'sec-websocket-protocol': 'the-same' } };
    const first = await connect(socketUrl, [], offer);
    await connect(socketUrl, [], offer);
    first.socket.send('{"action":"tell"}');
    await until(() => eventsOf('tell').length === 1);
    const order = ['authorizer', '$connect', 'authorizer', '$connect', 'tell'];
    expect(calls.map(({ functionId }) => functionId)).toEqual(order);
    // what the first one said, however often it would say otherwise by now
    expect(eventsOf('tell')[0].requestContext.authorizer.level).toBe('1');
    expect(eventsOf('$connect')[1].requestContext.authorizer.level).toBe('2');
  });

  test('gets a REQUEST event with headers, query and method ARN', async () => {
    const { socketUrl, eventsOf } = await guarded({ authorizer: () => policy('Deny') });
    await refusal(`${socketUrl}?device=phone`, ['parley.v1', 'token']);
    expect(eventsOf('authorizer')[0]).toMatchObject({
      type: 'REQUEST',
      methodArn: 'arn:aws:execute-api:us-east-1:000000000000:api1/live/$connect',
      headers: { 'Sec-WebSocket-Protocol': 'parley.v1,token' },
      queryStringParameters: { device: 'phone' },
      requestContext: { routeKey: '$connect', eventType: 'CONNECT', apiId: 'api1', stage: 'live' },
    });
    expect(eventsOf('authorizer')[0].requestContext).not.toHaveProperty('authorizer');
  });
});

describe('$connect', () => {
  test('refuses with its own status where that is not 2xx', async () => {
    gateways = await startGateways({ functions: { $connect: () => ({ statusCode: 403 }) } });
    expect((await refusal(gateways.socketUrl)).status).toBe(403);
    expect(gateways.eventsOf('$disconnect')).toEqual([]);
  });

  test.each([
    ['throws', fails('boom')],
    ['answers without a status', () => ({ body: 'hello' })],
  ])('that %s is a bad gateway', async (_name, $connect) => {
    gateways = await startGateways({ functions: { $connect } });
    expect((await refusal(gateways.socketUrl)).status).toBe(502);
  });

  test('has 29 seconds', async () => {
    gateways = await startGateways({ functions: { $connect: () => new Promise(() => undefined) } });
    const refused = refusal(gateways.socketUrl);
    await until(() => gateways.calls.length === 1);
    gateways.clock.advance(29_000);
    expect((await refused).status).toBe(504);
  });

  test('selects the subprotocol by returning the header, in any spelling', async () => {
    const headers = { 'sec-websocket-protocol': 'parley.v1' };
    gateways = await startGateways({
      functions: { $connect: () => ({ statusCode: 200, headers }) },
    });
    const client = await connect(gateways.socketUrl, ['parley.v1', 'token']);
    expect(client.socket.protocol).toBe('parley.v1');
  });

  test('that returns no such header leaves the offer without an echo, and the client fails', async () => {
    gateways = await startGateways({});
    await expect(connect(gateways.socketUrl, ['parley.v1'])).rejects.toThrow(/no subprotocol/u);
  });

  test('that selects what was not offered makes the client fail', async () => {
    const headers = { 'Sec-WebSocket-Protocol': 'parley.v2' };
    gateways = await startGateways({
      functions: { $connect: () => ({ statusCode: 200, headers }) },
    });
    const opening = connect(gateways.socketUrl, ['parley.v1', 'token']);
    await expect(opening).rejects.toThrow(/invalid subprotocol/u);
  });

  test('takes an offer with blanks after its commas', async () => {
    const headers = { 'Sec-WebSocket-Protocol': 'parley.v1' };
    gateways = await startGateways({
      functions: { $connect: () => ({ statusCode: 200, headers }) },
    });
    const offer = { 'sec-websocket-protocol': 'parley.v1,  token' };
    const { headers: answered } = await rawUpgrade(gateways.httpUrl, offer);
    expect(answered['sec-websocket-protocol']).toBe('parley.v1');
  });

  test('is asked nothing where the API has no such route', async () => {
    const routes = socketModel.routes.filter(({ routeKey }) => routeKey !== '$connect');
    gateways = await startGateways({ socket: { ...socketModel, routes } });
    expect((await refusal(gateways.socketUrl)).status).toBe(101);
  });
});

describe('a policy', () => {
  const arn = 'arn:aws:execute-api:us-east-1:000000000000:api1/live/$connect';
  const statement = (Effect: string, Action: unknown, Resource: unknown) => ({
    Effect,
    Action,
    Resource,
  });

  test.each([
    ['allows what it names', [statement('Allow', 'execute-api:Invoke', arn)], true],
    ['takes lists', [statement('Allow', ['x:Y', 'execute-api:Invoke'], ['x', arn])], true],
    [
      'takes wildcards',
      [statement('Allow', 'execute-api:*', 'arn:aws:execute-api:*/live/*')],
      true,
    ],
    ['takes one statement without a list', statement('Allow', '*', '*'), true],
    ['denies by silence', [statement('Allow', 'execute-api:Invoke', `${arn}x`)], false],
    ['denies other actions', [statement('Allow', 's3:GetObject', '*')], false],
    ['lets a Deny win', [statement('Allow', '*', '*'), statement('Deny', '*', arn)], false],
    ['is none without statements', [], undefined],
  ])('%s', (_name, Statement, expected) => {
    expect(isAllowed({ Version: '2012-10-17', Statement }, arn)).toBe(expected);
  });

  test('reads a dot of a resource as a dot', () => {
    expect(isAllowed({ Statement: statement('Allow', '*', 'a.c') }, 'abc')).toBe(false);
  });
});

test('a context keeps the principal of the answer, not one of its own', () => {
  const answer = policy('Allow', { principalId: 'forged', empty: null });
  expect(readAuthorizerContext(answer)).toEqual({ principalId: 'nino' });
});
