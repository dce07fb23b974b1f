/** Frames, routes, failures and the life of connections, as real clients see them. */
import { Duplex } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { SocketApiModel } from '../../lib/local/model.ts';
import { createSocketGateway } from '../../lib/local/socket-gateway.ts';
import { FrameMeter } from '../../lib/local/socket-gateway/connection.ts';
import { manualClock } from '../support/manual-clock.ts';
import {
  type FakeFunctions,
  type Gateways,
  brokenUpgrade,
  connect,
  rawUpgrade,
  refusal,
  socketModel,
  startGateways,
  until,
} from '../support/gateways.ts';

let gateways: Gateways;
afterEach(() => gateways?.stop());

async function client(functions: FakeFunctions = {}, socket: SocketApiModel = socketModel) {
  gateways = await startGateways({ functions, socket });
  return connect(gateways.socketUrl);
}

/** What arrives on the wire, before ws puts frames together. */
function rawBytesOf(socket: WebSocket): Duplex {
  const raw: unknown = Reflect.get(socket, '_socket');
  if (!(raw instanceof Duplex)) throw new Error('ws keeps its socket somewhere else now.');
  return raw;
}

const never = () => new Promise(() => undefined);
const without = (routeKey: string): SocketApiModel => ({
  ...socketModel,
  routes: socketModel.routes.filter((route) => route.routeKey !== routeKey),
});

describe('routes', () => {
  test.each([
    ['{"action":"tell"}', 'tell'],
    ['{"action":"Tell"}', '$default'],
    ['{"action":"tell "}', '$default'],
    ['{"action":["tell"]}', '$default'],
    ['{"action":null}', '$default'],
    ['{"action":"$connect"}', '$default'],
    ['{"action":"$disconnect"}', '$default'],
    ['{"action":"toString"}', '$default'],
    ['{"__proto__":{"action":"tell"}}', '$default'],
    ['["tell"]', '$default'],
    ['null', '$default'],
    ['no JSON', '$default'],
    ['', '$default'],
  ])('%s goes to %s', async (frame, functionId) => {
    const { socket } = await client();
    socket.send(frame);
    await until(() => gateways.calls.length === 2);
    expect(gateways.calls[1]?.functionId).toBe(functionId);
    expect(gateways.calls[1]?.event.body).toBe(frame);
  });

  test('a frame nested 10,000 levels deep goes to its route', async () => {
    const { socket } = await client();
    socket.send(`{"action":"tell","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
    await until(() => gateways.calls.length === 2);
    expect(gateways.calls[1]?.functionId).toBe('tell');
  });

  test('without $default, what matches no route is Forbidden, and the socket stays open', async () => {
    const { socket, next } = await client({}, without('$default'));
    socket.send('{"action":"dance"}');
    expect(JSON.parse(await next())).toEqual({
      message: 'Forbidden',
      connectionId: gateways.eventsOf('$connect')[0].requestContext.connectionId,
      requestId: expect.any(String),
    });
    socket.send('{"action":"tell"}');
    await until(() => gateways.eventsOf('tell').length === 1);
  });

  test('an unknown selection expression or identity source is a loud error', () => {
    const make = (model: SocketApiModel) => () =>
      createSocketGateway({
        model,
        invoke: () => Promise.resolve({ ok: true, payload: undefined }),
        clock: manualClock(),
      });
    const routeSelectionExpression = '$request.header.x';
    expect(make({ ...socketModel, routeSelectionExpression })).toThrow(/\$request\.header\.x/u);
    const authorizer = { functionId: 'a', identitySources: ['context.stage'] };
    const routes = socketModel.routes.map((route) => ({ ...route, authorizer }));
    expect(make({ ...socketModel, routes })).toThrow(/context\.stage/u);
  });
});

describe('answers', () => {
  test('a returned body reaches the client where the route has a response', async () => {
    const { socket, next } = await client({ ask: () => ({ statusCode: 200, body: 'yes' }) });
    socket.send('{"action":"ask"}');
    expect(await next()).toBe('yes');
  });

  test('and nowhere else', async () => {
    const tell = () => ({ statusCode: 200, body: 'unheard' });
    const { socket, next, received } = await client({
      tell,
      ask: () => ({ statusCode: 200, body: 'heard' }),
    });
    socket.send('{"action":"tell"}');
    socket.send('{"action":"ask"}');
    expect(await next()).toBe('heard');
    expect(received).toEqual(['heard']);
  });

  test('an answer without a body arrives as an empty frame', async () => {
    const { socket, next } = await client({ ask: () => ({ statusCode: 200 }) });
    socket.send('{"action":"ask"}');
    expect(await next()).toBe('');
  });

  test.each([
    ['throws', () => Promise.reject(new Error('SECRET internals'))],
    ['answers without a status', () => 'yes'],
    ['answers with a body that is no text', () => ({ statusCode: 200, body: { a: 1 } })],
    ['answers over 128 KB', () => ({ statusCode: 200, body: 'x'.repeat(128 * 1024 + 1) })],
  ])('a function that %s is an Internal server error on an open socket', async (_name, ask) => {
    const { socket, next } = await client({ ask });
    socket.send('{"action":"ask","ref":"1"}');
    const { event } = gateways.calls[0] ?? {};
    expect(JSON.parse(await next())).toEqual({
      message: 'Internal server error',
      connectionId: event.requestContext.connectionId,
      requestId: gateways.eventsOf('ask')[0].requestContext.requestId,
    });
    expect(socket.readyState).toBe(socket.OPEN);
  });

  test('a failure shows also on a route without a response', async () => {
    const { socket, next } = await client({ tell: () => Promise.reject(new Error('x')) });
    socket.send('{"action":"tell"}');
    expect(await next()).toContain('Internal server error');
  });

  test('an integration has 29 seconds', async () => {
    const { socket, next, received } = await client({ tell: never });
    socket.send('{"action":"tell"}');
    await until(() => gateways.eventsOf('tell').length === 1);
    gateways.clock.advance(28_999);
    expect(received).toEqual([]);
    gateways.clock.advance(1);
    expect(JSON.parse(await next())).toMatchObject({ message: 'Endpoint request timed out' });
  });

  test('frames of one socket run at once and may finish in either order', async () => {
    const finish = new Map<string, (answer: unknown) => void>();
    const ask = ({ body }: { body: string }) =>
      new Promise((resolve) => finish.set(JSON.parse(body).ref, resolve));
    const { socket, next } = await client({ ask });
    socket.send('{"action":"ask","ref":"first"}');
    socket.send('{"action":"ask","ref":"second"}');
    await until(() => finish.size === 2);
    finish.get('second')?.({ statusCode: 200, body: 'second' });
    expect(await next()).toBe('second');
    finish.get('first')?.({ statusCode: 200, body: 'first' });
    expect(await next()).toBe('first');
  });

  test('an answer longer than a frame arrives whole', async () => {
    const body = 'გ'.repeat(40_000);
    const { socket, next } = await client({ ask: () => ({ statusCode: 200, body }) });
    socket.send('{"action":"ask"}');
    expect(await next()).toBe(body);
  });

  test.each([
    ['an answer', '{"action":"ask"}'],
    ['a push', undefined],
  ])('%s of 128 KB comes in frames of 32 KB', async (_name, frame) => {
    const body = 'x'.repeat(128 * 1024);
    const { socket, next } = await client({ ask: () => ({ statusCode: 200, body }) });
    const { connectionId } = gateways.eventsOf('$connect')[0].requestContext;
    const meter = new FrameMeter();
    let isTooLong = false;
    rawBytesOf(socket).on('data', (chunk: Buffer) => (isTooLong ||= meter.exceeds(chunk)));
    if (frame === undefined) gateways.socketGateway.push(connectionId, Buffer.from(body));
    else socket.send(frame);
    expect(await next()).toHaveLength(body.length);
    expect(isTooLong).toBe(false);
  });
});

describe('limits', () => {
  test('frames over the stage rate are Too Many Requests, and the rate refills', async () => {
    const throttle = { ratePerSecond: 1, burst: 2 };
    const { socket, next } = await client({}, { ...socketModel, throttle });
    for (let count = 0; count < 3; count += 1) socket.send('{"action":"tell"}');
    expect(JSON.parse(await next())).toMatchObject({ message: 'Too Many Requests' });
    expect(gateways.eventsOf('tell')).toHaveLength(2);
    gateways.clock.advance(1000);
    socket.send('{"action":"tell"}');
    await until(() => gateways.eventsOf('tell').length === 3);
  });

  test('500 new connections per second, and no more', async () => {
    gateways = await startGateways({ functions: { $connect: () => ({ statusCode: 403 }) } });
    const { socketUrl } = gateways;
    const statuses: number[] = [];
    for (let round = 0; round < 11; round += 1) {
      const wave = Array.from({ length: 50 }, () => refusal(socketUrl));
      statuses.push(...(await Promise.all(wave)).map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(50);
    expect(gateways.eventsOf('$connect')).toHaveLength(500);
  });

  test('a URL over 4,096 characters is refused', async () => {
    gateways = await startGateways({});
    const url = (length: number) =>
      `${gateways.socketUrl}?d=${'x'.repeat(length - '/ws?d='.length)}`;
    expect((await refusal(url(4_096))).status).toBe(101);
    expect((await refusal(url(4_097))).status).toBe(414);
  });

  test('headers over 10,240 bytes are refused', async () => {
    gateways = await startGateways({});
    const headers = { 'x-large': 'x'.repeat(10_240) };
    expect((await refusal(gateways.socketUrl, [], { headers })).status).toBe(431);
  });

  test('an upgrade that is no WebSocket handshake is refused without an invocation', async () => {
    gateways = await startGateways({});
    const { status } = await rawUpgrade(gateways.httpUrl, { 'sec-websocket-key': 'short' });
    expect(status).toBe(400);
    expect(gateways.calls).toEqual([]);
  });
});

describe('the end', () => {
  test('a client that vanishes shows as 1006', async () => {
    const { socket } = await client();
    socket.terminate();
    await until(() => gateways.eventsOf('$disconnect').length === 1);
    expect(gateways.eventsOf('$disconnect')[0].requestContext.disconnectStatusCode).toBe(1006);
  });

  test('a client that leaves while $connect runs gets its $disconnect too', async () => {
    let accept: (answer: unknown) => void = () => undefined;
    gateways = await startGateways({
      functions: { $connect: () => new Promise((resolve) => (accept = resolve)) },
    });
    const opening = connect(gateways.socketUrl, [], { handshakeTimeout: 100 });
    await expect(opening).rejects.toThrow(/timed out/u);
    accept({ statusCode: 200 });
    await until(() => gateways.eventsOf('$disconnect').length === 1);
    expect(gateways.socketGateway.count()).toBe(0);
  });

  test('a client that breaks off while $connect runs does, too', async () => {
    let accept: (answer: unknown) => void = () => undefined;
    gateways = await startGateways({
      functions: { $connect: () => new Promise((resolve) => (accept = resolve)) },
    });
    const reset = brokenUpgrade(gateways.httpUrl);
    await until(() => gateways.calls.length === 1);
    reset();
    await new Promise((resolve) => setTimeout(resolve, 50));
    accept({ statusCode: 200 });
    await until(() => gateways.eventsOf('$disconnect').length === 1);
    expect(gateways.socketGateway.count()).toBe(0);
  });

  test('an answer to a client that has gone reaches nobody and harms nobody', async () => {
    let answer: (answer: unknown) => void = () => undefined;
    const ask = () => new Promise((resolve) => (answer = resolve));
    const { socket, closed, received } = await client({ ask });
    socket.send('{"action":"ask"}');
    await until(() => gateways.eventsOf('ask').length === 1);
    socket.close();
    await closed;
    answer({ statusCode: 200, body: 'late' });
    expect((await refusal(gateways.socketUrl)).status).toBe(101);
    expect(received).toEqual([]);
  });

  test('$disconnect does not wait for the frames that are still at work', async () => {
    const { promise, resolve } = Promise.withResolvers();
    let isFinished = false;
    const tell = () => promise.finally(() => (isFinished = true));
    const { socket } = await client({ tell });
    socket.send('{"action":"tell"}');
    await until(() => gateways.eventsOf('tell').length === 1);
    socket.close();
    await until(() => gateways.eventsOf('$disconnect').length === 1);
    expect(isFinished).toBe(false);
    resolve({ statusCode: 200 });
  });

  test('close sends 1001 to everybody, awaits their $disconnect, and refuses newcomers', async () => {
    let farewells = 0;
    const $disconnect = async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      farewells += 1;
      return { statusCode: 200 };
    };
    const { closed } = await client({ $disconnect });
    await connect(gateways.socketUrl);
    await gateways.socketGateway.close();
    expect((await closed).code).toBe(1001);
    expect(farewells).toBe(2);
    expect((await refusal(gateways.socketUrl)).status).toBe(503);
  });
});
