/** The local gateways on a real HTTP server, over functions that a test writes in place. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ClientOptions, WebSocket } from 'ws';
import { createConnectionsApi } from '../../lib/local/connections-api.ts';
import { createHttpGateway } from '../../lib/local/http-gateway.ts';
import type { HttpApiModel, Invoke, SocketApiModel, ThrottleModel } from '../../lib/local/model.ts';
import { type SocketGateway, createSocketGateway } from '../../lib/local/socket-gateway.ts';
import { createTokenBucket } from '../../lib/local/throttle.ts';
import { UNDOCUMENTED, type Undocumented } from '../../lib/local/undocumented.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

/** An event as a test looks into it. */
// oxlint-disable-next-line typescript/no-explicit-any -- a test reads deep into events of many shapes
export type AnyEvent = any;
/** Functions by id; one that throws is one that failed. */
export type FakeFunctions = Record<string, (event: AnyEvent) => unknown>;

/** Running gateways. */
export interface Gateways {
  readonly httpUrl: string;
  readonly socketUrl: string;
  readonly callbackUrl: string;
  readonly clock: ManualClock;
  readonly socketGateway: SocketGateway;
  /** Every invocation so far. */
  readonly calls: readonly { readonly functionId: string; readonly event: AnyEvent }[];
  /** The events of one function, in their order. */
  readonly eventsOf: (functionId: string) => readonly AnyEvent[];
  stop(): Promise<void>;
}

/** A policy that allows everything, as an authorizer returns it. */
export function policy(effect: string, context: object = {}): object {
  const Statement = [{ Action: 'execute-api:Invoke', Effect: effect, Resource: '*' }];
  return { principalId: 'nino', policyDocument: { Version: '2012-10-17', Statement }, context };
}

const authorizer = {
  functionId: 'authorizer',
  identitySources: ['route.request.header.Sec-WebSocket-Protocol'],
};

/** A WebSocket API whose routes are functions of their own names; only `ask` has a route response. */
export const socketModel: SocketApiModel = {
  apiId: 'api1',
  stage: 'live',
  routeSelectionExpression: '$request.body.action',
  throttle: undefined,
  routes: ['$connect', '$disconnect', '$default', 'ask', 'tell'].map((routeKey) => ({
    routeKey,
    functionId: routeKey,
    hasRouteResponse: routeKey === 'ask',
    authorizer: undefined,
  })),
};

/** The same API with an authorizer before `$connect`. */
export const guardedModel: SocketApiModel = {
  ...socketModel,
  routes: socketModel.routes.map((route) =>
    route.routeKey === '$connect' ? { ...route, authorizer } : route,
  ),
};

/** An HTTP API whose every route is answered by the function `http`. */
export function httpModel(routeKeys: readonly string[], rest: Partial<HttpApiModel> = {}) {
  const routes = routeKeys.map((routeKey) => ({ routeKey, functionId: 'http' }));
  return {
    apiId: 'api2',
    stage: '$default',
    cors: undefined,
    throttle: undefined,
    routes,
    ...rest,
  };
}

/** Starts the gateways; a function that is not given answers 200. */
export async function startGateways(options: {
  readonly functions?: FakeFunctions;
  readonly socket?: SocketApiModel;
  readonly http?: HttpApiModel;
  readonly undocumented?: Partial<Undocumented>;
  /** The account's own throttle, which there is none of without. */
  readonly account?: ThrottleModel;
}): Promise<Gateways> {
  const calls: { functionId: string; event: AnyEvent }[] = [];
  const clock = manualClock();
  const invoke: Invoke = async (functionId, event) => {
    calls.push({ functionId, event });
    try {
      const answer = options.functions?.[functionId] ?? (() => ({ statusCode: 200 }));
      return { ok: true, payload: await answer(event) };
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      return { ok: false, errorType: 'Error', errorMessage };
    }
  };
  const model = options.socket ?? socketModel;
  const account = options.account && { account: createTokenBucket(options.account, clock) };
  const undocumented = { ...UNDOCUMENTED, ...options.undocumented };
  const common = { invoke, clock, undocumented, ...account };
  const socketGateway = createSocketGateway({ ...common, model });
  const connections = createConnectionsApi(socketGateway, account);
  const http = createHttpGateway({ ...common, model: options.http ?? httpModel(['$default']) });
  const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
    const api = request.url?.startsWith('/local/') ? connections : http;
    void api.handle(request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    void socketGateway.handleUpgrade(request, socket, head);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address is one
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    httpUrl: `http://${host}`,
    socketUrl: `ws://${host}/ws`,
    callbackUrl: `http://${host}/local/apis/${model.apiId}/${model.stage}`,
    clock,
    socketGateway,
    calls,
    eventsOf: (functionId) =>
      calls.filter((call) => call.functionId === functionId).map(({ event }) => event),
    async stop() {
      await socketGateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A connected client that keeps what it receives. */
export interface TestClient {
  readonly socket: WebSocket;
  /** The messages so far, as text. */
  readonly received: readonly string[];
  /** The next message that nobody has taken yet. */
  readonly next: () => Promise<string>;
  /** Why the socket closed. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** Opens a socket; a refused handshake rejects with ws's own error, which names the status. */
export async function connect(
  url: string,
  protocols: readonly string[] = [],
  options: ClientOptions = {},
): Promise<TestClient> {
  const socket = new WebSocket(url, [...protocols], options);
  const received: string[] = [];
  let taken = 0;
  socket.on('message', (data) => received.push(Buffer.isBuffer(data) ? data.toString() : ''));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await once(socket, 'open');
  socket.on('error', () => undefined);
  return {
    socket,
    received,
    closed,
    async next() {
      taken += 1;
      while (received.length < taken) await once(socket, 'message');
      return received[taken - 1] ?? '';
    },
  };
}

/** The status and body that a handshake is refused with; 101 where it is not. */
export async function refusal(
  url: string,
  protocols: readonly string[] = [],
  options: ClientOptions = {},
): Promise<{ status: number; body: string }> {
  const socket = new WebSocket(url, [...protocols], options);
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    socket.once('open', () => {
      socket.terminate();
      resolve({ status: 101, body: '' });
    });
    socket.once('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
  });
}

const HANDSHAKE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** Begins an upgrade; the returned function resets its TCP connection. */
export function brokenUpgrade(url: string): () => void {
  const request = get(url, { headers: HANDSHAKE });
  request.on('error', () => undefined);
  return () => request.socket?.resetAndDestroy();
}

/** An upgrade written by hand, for what no client library sends. */
export async function rawUpgrade(
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  const request = get(url, { headers: { ...HANDSHAKE, ...headers } });
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: 101, headers: response.headers });
    });
    request.once('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
  });
}

/** Waits until something holds; for effects that announce themselves to nobody. */
export async function until(holds: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > giveUpAt) throw new Error(`Still not so after 5 s: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
