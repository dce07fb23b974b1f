/** Each switch in both positions, seen from outside: what AWS leaves open is decided by it and by nothing else. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CorsModel, InvokeResult } from '../../lib/local/model.ts';
import { UNDOCUMENTED, type Undocumented } from '../../lib/local/undocumented.ts';
import {
  type FakeFunctions,
  type Gateways,
  connect,
  guardedModel,
  httpModel,
  policy,
  refusal,
  startGateways,
  until,
} from '../support/gateways.ts';
import { deliverTo } from './fixtures/delivery.ts';

type Turned = Partial<Undocumented>;
type Options = Parameters<typeof startGateways>[0];

/** Another position, and what is seen in the default one and in that one. */
interface Case<T> {
  readonly turned: T;
  readonly seen: readonly [unknown, unknown];
  observe(undocumented: Turned): Promise<unknown>;
}

const MINUTE = 60_000;
const OFFER = { headers: { 'sec-websocket-protocol': 'x' } };
const never = () => new Promise(() => undefined);
const fails = () => Promise.reject(new Error('boom'));

let gateways: Gateways;
afterEach(() => gateways?.stop());

async function start(undocumented: Turned, options: Options = {}) {
  gateways = await startGateways({ undocumented, ...options });
  return gateways;
}

async function client(undocumented: Turned, functions: FakeFunctions = {}, rest: Options = {}) {
  await start(undocumented, { functions, ...rest });
  const opened = await connect(gateways.socketUrl);
  const { connectionId } = gateways.eventsOf('$connect')[0].requestContext;
  return { ...opened, connectionId, gateway: gateways.socketGateway };
}

/** What a frame is told first: a text of the route, the gateway's own message, or the code of a close. */
async function told(
  undocumented: Turned,
  [frame, functions, rest]: [string, FakeFunctions?, Options?],
) {
  const { socket, next, closed } = await client(undocumented, functions, rest);
  socket.send(frame);
  const text = await Promise.race([next(), closed.then(({ code }) => code)]);
  return typeof text === 'string' && text.startsWith('{') ? JSON.parse(text).message : text;
}

async function handshake(undocumented: Turned, options: Options, query = '') {
  await start(undocumented, options);
  return (await refusal(`${gateways.socketUrl}${query}`, [], OFFER)).status;
}

async function idle(
  undocumented: Turned,
  wake: (it: Awaited<ReturnType<typeof client>>) => unknown,
) {
  const it = await client(undocumented);
  gateways.clock.advance(9 * MINUTE);
  await wake(it);
  gateways.clock.advance(2 * MINUTE);
  return it.gateway.describe(it.connectionId) === undefined ? 'cut' : 'open';
}

async function httpEventOf(undocumented: Turned, [route, init]: [string, RequestInit?]) {
  const { httpUrl, eventsOf } = await start(undocumented);
  await fetch(`${httpUrl}${route}`, init);
  return eventsOf('http')[0];
}

async function httpStatus(undocumented: Turned, [route, init]: [string, RequestInit?], rest = {}) {
  const { httpUrl } = await start(undocumented, rest);
  return (await fetch(`${httpUrl}${route}`, init)).status;
}

const NO_CORS_ROUTE: CorsModel = {
  allowOrigins: ['*'],
  allowMethods: ['GET'],
  allowHeaders: [],
  exposeHeaders: [],
  maxAgeSeconds: undefined,
  allowCredentials: false,
};

const reportsFirst = (ids: readonly string[], nth: number): InvokeResult => ({
  ok: true,
  payload: { batchItemFailures: nth === 1 ? [{ itemIdentifier: ids[0] }] : [] },
});

type Cases = { readonly [Name in keyof Undocumented]: Case<Undocumented[Name]> };

const CASES: Omit<Cases, 'streamBackoffMs'> = {
  cut: {
    turned: { code: 1000, reason: 'idle' },
    seen: [
      { code: 1001, reason: 'Going away' },
      { code: 1000, reason: 'idle' },
    ],
    async observe(undocumented) {
      const { closed } = await client(undocumented);
      gateways.clock.advance(10 * MINUTE);
      return closed;
    },
  },
  deletion: {
    turned: { code: 1000, reason: 'deleted' },
    seen: [
      { code: 1001, reason: 'Going away' },
      { code: 1000, reason: 'deleted' },
    ],
    async observe(undocumented) {
      const { closed, gateway, connectionId } = await client(undocumented);
      gateway.disconnect(connectionId);
      return closed;
    },
  },
  pingsCountAsTraffic: {
    turned: true,
    seen: ['cut', 'open'],
    observe: (undocumented) =>
      idle(undocumented, async ({ socket }) => {
        const ponged = new Promise((resolve) => socket.once('pong', resolve));
        socket.ping();
        await ponged;
      }),
  },
  pushesCountAsTraffic: {
    turned: false,
    seen: ['open', 'cut'],
    observe: (undocumented) =>
      idle(undocumented, ({ gateway, connectionId }) =>
        gateway.push(connectionId, Buffer.from('x')),
      ),
  },
  clientBufferBytes: {
    turned: 10,
    seen: ['sent', 'full'],
    async observe(undocumented) {
      const { gateway, connectionId } = await client(undocumented);
      return gateway.push(connectionId, Buffer.alloc(11, 'x'));
    },
  },
  asksAuthorizerWithoutIdentity: {
    turned: true,
    seen: [0, 1],
    async observe(undocumented) {
      const functions = { authorizer: () => policy('Deny') };
      await start(undocumented, { socket: guardedModel, functions });
      await refusal(gateways.socketUrl);
      return gateways.eventsOf('authorizer').length;
    },
  },
  nestedContextStatus: {
    turned: 403,
    seen: [500, 403],
    observe: (undocumented) =>
      handshake(undocumented, {
        socket: guardedModel,
        functions: { authorizer: () => policy('Allow', { user: { name: 'Nino' } }) },
      }),
  },
  connectFailedStatus: {
    turned: 500,
    seen: [502, 500],
    observe: (undocumented) => handshake(undocumented, { functions: { $connect: fails } }),
  },
  connectTimeoutStatus: {
    turned: 500,
    seen: [504, 500],
    async observe(undocumented) {
      await start(undocumented, { functions: { $connect: never } });
      const refused = refusal(gateways.socketUrl);
      await until(() => gateways.calls.length === 1);
      gateways.clock.advance(29_000);
      return (await refused).status;
    },
  },
  handshakeThrottledStatus: {
    turned: 503,
    seen: [429, 503],
    observe: (undocumented) => handshake(undocumented, { account: { ratePerSecond: 1, burst: 0 } }),
  },
  newConnectionsBurst: {
    turned: 1,
    seen: [101, 429],
    async observe(undocumented) {
      await start(undocumented);
      await refusal(gateways.socketUrl);
      return (await refusal(gateways.socketUrl)).status;
    },
  },
  longUrlStatus: {
    turned: 400,
    seen: [414, 400],
    observe: (undocumented) => handshake(undocumented, {}, `?d=${'x'.repeat(4_096)}`),
  },
  largeHeadersStatus: {
    turned: 400,
    seen: [431, 400],
    observe: (undocumented) =>
      httpStatus(undocumented, ['/', { headers: { 'x-large': 'x'.repeat(10_240) } }]),
  },
  frameReachesLifecycleRoutes: {
    turned: true,
    seen: ['$default', '$disconnect'],
    async observe(undocumented) {
      const { socket } = await client(undocumented);
      socket.send('{"action":"$disconnect"}');
      await until(() => gateways.calls.length === 2);
      return gateways.calls[1]?.functionId;
    },
  },
  throttledMessage: {
    turned: 'Limit Exceeded',
    seen: ['Too Many Requests', 'Limit Exceeded'],
    observe: (undocumented) =>
      told(undocumented, [
        '{"action":"tell"}',
        {},
        { account: { ratePerSecond: 0.001, burst: 1 } }, // the handshake takes what there is
      ]),
  },
  timedOutMessage: {
    turned: 'Internal server error',
    seen: ['Endpoint request timed out', 'Internal server error'],
    async observe(undocumented) {
      const { socket, next } = await client(undocumented, { tell: never });
      socket.send('{"action":"tell"}');
      await until(() => gateways.eventsOf('tell').length === 1);
      gateways.clock.advance(29_000);
      return JSON.parse(await next()).message;
    },
  },
  answerNeedsStatusCode: {
    turned: false,
    seen: ['Internal server error', 'yes'],
    observe: (undocumented) =>
      told(undocumented, ['{"action":"ask"}', { ask: () => ({ body: 'yes' }) }]),
  },
  sendsEmptyRouteResponse: {
    turned: false,
    seen: ['', 'later'],
    async observe(undocumented) {
      const ask = ({ body }: { body: string }) => ({ statusCode: 200, body: JSON.parse(body).say });
      const { socket, next } = await client(undocumented, { ask });
      socket.send('{"action":"ask","say":""}');
      socket.send('{"action":"ask","say":"later"}');
      return next();
    },
  },
  largeAnswerCloses: {
    turned: true,
    seen: ['Internal server error', 1009],
    observe: (undocumented) =>
      told(undocumented, [
        '{"action":"ask"}',
        { ask: () => ({ statusCode: 200, body: 'x'.repeat(128 * 1024 + 1) }) },
      ]),
  },
  repeatsCookieHeader: {
    turned: true,
    seen: [undefined, 'a=1'],
    observe: async (undocumented) =>
      (await httpEventOf(undocumented, ['/', { headers: { cookie: 'a=1' } }])).headers.cookie,
  },
  decodesRawPath: {
    turned: false,
    seen: ['/a b', '/a%20b'],
    observe: async (undocumented) => (await httpEventOf(undocumented, ['/a%20b'])).rawPath,
  },
  textTypes: {
    turned: /^never$/u,
    seen: ['abc', 'YWJj'],
    observe: async (undocumented) =>
      (await httpEventOf(undocumented, ['/', { method: 'POST', body: 'abc' }])).body,
  },
  badPathStatus: {
    turned: 404,
    seen: [400, 404],
    observe: (undocumented) => httpStatus(undocumented, ['/%zz']),
  },
  largeEventStatus: {
    turned: 500,
    seen: [413, 500],
    observe: (undocumented) =>
      httpStatus(undocumented, ['/', { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024 + 1) }]),
  },
  answersOptionsWithoutOrigin: {
    turned: true,
    seen: [404, 204],
    observe: (undocumented) =>
      httpStatus(undocumented, ['/a', { method: 'OPTIONS' }], {
        http: httpModel(['GET /a'], { cors: NO_CORS_ROUTE }),
      }),
  },
  bisectsAtFirstRecord: {
    turned: false,
    seen: [
      ['1,2', '1', '2'],
      ['1,2', '1,2'],
    ],
    observe: async (undocumented) =>
      (await deliverTo(reportsFirst, { undocumented, bisectOnError: true })).calls,
  },
};

describe('a switch', () => {
  const table = Object.entries<Case<unknown>>(CASES);

  it.each(table)('%s has its default position', async (_name, it) => {
    expect(await it.observe({})).toEqual(it.seen[0]);
  });

  it.each(table)('%s has another position', async (name, it) => {
    expect(await it.observe({ [name]: it.turned })).toEqual(it.seen[1]);
  });

  it.each([UNDOCUMENTED.streamBackoffMs, 400])(
    'streamBackoffMs makes a batch wait %i ms, then twice as long',
    async (streamBackoffMs) => {
      const times: number[] = [];
      await deliverTo(
        () => {
          times.push(performance.now());
          return { ok: times.length > 2, errorType: 'Error', errorMessage: 'x', payload: null };
        },
        { undocumented: { streamBackoffMs } },
      );
      const [first = 0, second = 0, third = 0] = times;
      // a timer may fire within the millisecond before its time
      expect(second - first).toBeGreaterThanOrEqual(streamBackoffMs - 1);
      expect(third - second).toBeGreaterThanOrEqual(streamBackoffMs * 2 - 1);
    },
  );
});

describe('the record of decisions', () => {
  const root = path.join(import.meta.dirname, '../..');
  const record = readFileSync(path.join(root, 'docs/adr/0022-what-aws-does-not-say.md'), 'utf8');
  const rows = record.split('\n').map((line) => line.split(' | '));

  it('lists every switch, and nothing that is none', () => {
    const listed = rows.flatMap(([name = '']) => /^\| `(\w+)`$/u.exec(name)?.slice(1) ?? []);
    expect(new Set(listed)).toEqual(new Set(Object.keys(UNDOCUMENTED)));
  });

  const proofs = rows.flatMap(([, file = '', titles = '']) => {
    const name = /^`(test\/[\w./-]+)`$/u.exec(file)?.[1];
    return name === undefined
      ? []
      : titles.split(' · ').map((title): [string, string] => [name, title.replace(/ \|$/u, '')]);
  });

  it.each(proofs)('names a test that is there: %s %s', (file, title) => {
    expect(readFileSync(path.join(root, file), 'utf8')).toContain(title);
  });
});
