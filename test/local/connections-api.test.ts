/** Pushes by the real SDK, from the function's side, and what the client on the socket sees of them. */
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, describe, expect, test } from 'vitest';
import { type Gateways, connect, refusal, startGateways, until } from '../support/gateways.ts';

let gateways: Gateways;
afterEach(() => gateways?.stop());

const sdk = (endpoint = gateways.callbackUrl) =>
  new ApiGatewayManagementApiClient({
    endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

const post = (ConnectionId: string, Data: string, endpoint?: string) =>
  sdk(endpoint).send(new PostToConnectionCommand({ ConnectionId, Data }));

/** The name and the status of the SDK's exception. */
const failure = (name: string, httpStatusCode: number) => ({
  name,
  $metadata: expect.objectContaining({ httpStatusCode }),
});

async function connected() {
  gateways = await startGateways({});
  const client = await connect(gateways.socketUrl, [], { headers: { 'user-agent': 'test/1' } });
  const { connectionId } = gateways.eventsOf('$connect')[0].requestContext;
  return { ...client, connectionId };
}

describe('POST', () => {
  test('reaches the client as text, whatever the id’s characters', async () => {
    const { connectionId, next } = await connected();
    expect(connectionId).toMatch(/=$/u);
    const { $metadata } = await post(connectionId, 'გამარჯობა');
    expect($metadata.httpStatusCode).toBe(200);
    expect(await next()).toBe('გამარჯობა');
  });

  test('takes 128 KB, and one byte more is 413', async () => {
    const { connectionId, next } = await connected();
    const largest = 'x'.repeat(128 * 1024);
    await post(connectionId, largest);
    expect(await next()).toBe(largest);
    const tooLarge = failure('PayloadTooLargeException', 413);
    await expect(post(connectionId, `${largest}x`)).rejects.toMatchObject(tooLarge);
  });

  test('to an unknown or a closed connection is 410', async () => {
    const { connectionId, socket } = await connected();
    const gone = failure('GoneException', 410);
    await expect(post('nobody=', 'x')).rejects.toMatchObject(gone);
    socket.close();
    await until(() => gateways.eventsOf('$disconnect').length === 1);
    await expect(post(connectionId, 'x')).rejects.toMatchObject(gone);
  });

  test('is 410 until $connect has returned', async () => {
    let accept: (answer: unknown) => void = () => undefined;
    gateways = await startGateways({
      functions: { $connect: () => new Promise((resolve) => (accept = resolve)) },
    });
    const opening = connect(gateways.socketUrl);
    await until(() => gateways.calls.length === 1);
    const { connectionId } = gateways.eventsOf('$connect')[0].requestContext;
    await expect(post(connectionId, 'x')).rejects.toMatchObject(failure('GoneException', 410));
    accept({ statusCode: 200 });
    const { next } = await opening;
    await post(connectionId, 'hello');
    expect(await next()).toBe('hello');
  });

  test('is 429 while too much waits for that client, and works again once it reads', async () => {
    const { connectionId, socket, received } = await connected();
    socket.pause();
    const text = 'x'.repeat(100 * 1024);
    let sent = 0;
    const fill = async () => {
      for (; sent < 500; sent += 1) await post(connectionId, text);
    };
    await expect(fill()).rejects.toMatchObject(failure('LimitExceededException', 429));
    socket.resume();
    await until(() => received.length === sent);
    await post(connectionId, 'again');
    await until(() => received.at(-1) === 'again');
  });

  test('takes from the account what handshakes, frames and requests take, and is 429 beyond', async () => {
    gateways = await startGateways({ account: { ratePerSecond: 1, burst: 4 } });
    const { socket } = await connect(gateways.socketUrl);
    const { connectionId } = gateways.eventsOf('$connect')[0].requestContext;
    socket.send('{"action":"tell"}');
    await until(() => gateways.eventsOf('tell').length === 1);
    expect((await fetch(gateways.httpUrl)).status).toBe(200);
    await post(connectionId, 'the fourth');
    const throttled = failure('LimitExceededException', 429);
    await expect(post(connectionId, 'the fifth')).rejects.toMatchObject(throttled);
    expect((await fetch(gateways.httpUrl)).status).toBe(429);
    expect((await refusal(gateways.socketUrl)).status).toBe(429);
    gateways.clock.advance(1_000);
    await post(connectionId, 'a second later');
  });

  test('counts as traffic', async () => {
    const { connectionId, socket } = await connected();
    gateways.clock.advance(9 * 60_000);
    await post(connectionId, 'x');
    gateways.clock.advance(9 * 60_000);
    expect(socket.readyState).toBe(socket.OPEN);
  });
});

test('GET tells since when, last active, and from where', async () => {
  const { connectionId, socket } = await connected();
  const connectedAt = new Date(gateways.clock.now());
  gateways.clock.advance(60_000);
  socket.send('{"action":"tell"}');
  await until(() => gateways.eventsOf('tell').length === 1);
  const answer = await sdk().send(new GetConnectionCommand({ ConnectionId: connectionId }));
  expect(answer.ConnectedAt).toEqual(connectedAt);
  expect(answer.LastActiveAt).toEqual(new Date(gateways.clock.now()));
  expect(answer.Identity).toEqual({ SourceIp: '127.0.0.1', UserAgent: 'test/1' });
});

test('DELETE closes the socket, and the connection is gone at once', async () => {
  const { connectionId, closed } = await connected();
  const remove = () => sdk().send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
  expect((await remove()).$metadata.httpStatusCode).toBe(204);
  await expect(remove()).rejects.toMatchObject(failure('GoneException', 410));
  expect((await closed).code).toBe(1001);
  await until(() => gateways.eventsOf('$disconnect').length === 1);
});

describe('403', () => {
  test.each([
    ['another API', '/local/apis/other/live'],
    ['another stage', '/local/apis/api1/test'],
  ])('answers the address of %s', async (_name, path) => {
    const { connectionId } = await connected();
    const pushed = post(connectionId, 'x', `${gateways.httpUrl}${path}`);
    await expect(pushed).rejects.toMatchObject(failure('ForbiddenException', 403));
  });

  test('answers what is not signed', async () => {
    const { connectionId, received } = await connected();
    const url = `${gateways.callbackUrl}/@connections/${encodeURIComponent(connectionId)}`;
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(403);
    expect(received).toEqual([]);
  });
});
