/** API Gateway's WebSocket API over the port `invoke`: connections, frames, limits and cuts. */
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { CLOSE_CODES } from '#protocol/close-codes.ts';
import { MAX_SOCKET_MESSAGE_BYTES } from '#protocol/limits.ts';
import { within } from './clock.ts';
import type { Clock, Invoke, SocketApiModel, SocketRouteModel } from './model.ts';
import { Connection, FrameMeter } from './socket-gateway/connection.ts';
import {
  type ConnectionFacts,
  type EventOrigin,
  disconnectEvent,
  gatewayId,
  gatewayMessage,
  messageEvent,
  sourceIpOf,
} from './socket-gateway/events.ts';
import {
  type Acceptance,
  type Refusal,
  SOCKET_INTEGRATION_TIMEOUT_MS,
  decideHandshake,
  parseIdentitySource,
  refuse,
} from './socket-gateway/handshake.ts';
import { replyOf } from './socket-gateway/reply.ts';
import { routeSelector } from './socket-gateway/route-selection.ts';
import {
  ACCOUNT_THROTTLE,
  NEW_CONNECTIONS_PER_SECOND,
  type TokenBucket,
  createTokenBucket,
} from './throttle.ts';
import { UNDOCUMENTED, type Undocumented } from './undocumented.ts';

const MAX_URL_LENGTH = 4_096;
const MAX_HEADER_BYTES = 10_240;
/** How long a closed socket may take to say goodbye, and `$disconnect` at the end of everything. */
const FAREWELL_MS = 2_000;

/** What a gateway is made of. */
export interface SocketGatewayOptions {
  readonly model: SocketApiModel;
  readonly invoke: Invoke;
  readonly clock: Clock;
  /** The account's bucket, where one is shared with the HTTP API and the pushes. */
  readonly account?: TokenBucket;
  readonly undocumented?: Undocumented;
}

/** What became of a push: `full` where too much waits for that client already. */
export type PushOutcome = 'sent' | 'gone' | 'full' | 'too large';

/** What the connections API tells of a connection. Times are epoch milliseconds. */
export interface ConnectionState {
  readonly connectedAt: number;
  readonly lastActiveAt: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

/** The open connections, as the connections API sees them. An unknown one, or one still in `$connect`, is gone. */
export interface SocketConnections {
  readonly apiId: string;
  readonly stage: string;
  push(connectionId: string, data: Buffer): PushOutcome;
  describe(connectionId: string): ConnectionState | undefined;
  /** Closes a connection; false where it is gone. */
  disconnect(connectionId: string): boolean;
}

/** A running WebSocket API. */
export interface SocketGateway extends SocketConnections {
  /** Takes an HTTP upgrade over; for `server.on('upgrade')`. Never rejects. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** How many connections are open. */
  count(): number;
  /** Refuses newcomers, closes every connection and waits a moment for `$disconnect`. */
  close(): Promise<void>;
}

/**
 * Builds the gateway; `handleUpgrade` makes it run.
 * @throws Error naming a route selection expression or an identity source it doesn't know
 */
export function createSocketGateway(options: SocketGatewayOptions): SocketGateway {
  for (const { authorizer } of options.model.routes) {
    authorizer?.identitySources.forEach(parseIdentitySource);
  }
  return new Gateway(options);
}

class Gateway implements SocketGateway {
  readonly apiId: string;
  readonly stage: string;
  readonly #options: SocketGatewayOptions;
  readonly #undocumented: Undocumented;
  readonly #routes: ReadonlyMap<string, SocketRouteModel>;
  readonly #selectRouteKey: (body: string) => string | undefined;
  readonly #bucket: TokenBucket;
  readonly #newcomers: TokenBucket;
  readonly #connections = new Map<string, Connection>();
  readonly #subprotocols = new WeakMap<IncomingMessage, string>();
  readonly #farewells = new Set<Promise<unknown>>();
  readonly #server: WebSocketServer;
  #isClosing = false;

  constructor(options: SocketGatewayOptions) {
    const { model, clock } = options;
    this.apiId = model.apiId;
    this.stage = model.stage;
    this.#options = options;
    this.#undocumented = options.undocumented ?? UNDOCUMENTED;
    this.#routes = new Map(model.routes.map((route) => [route.routeKey, route]));
    this.#selectRouteKey = routeSelector(model.routeSelectionExpression);
    this.#bucket = createTokenBucket(model.throttle ?? ACCOUNT_THROTTLE, clock);
    const burst = this.#undocumented.newConnectionsBurst;
    this.#newcomers = createTokenBucket(
      { ratePerSecond: NEW_CONNECTIONS_PER_SECOND, burst },
      clock,
    );
    // A constant of its own, because the types of ws don't know `closeTimeout` yet.
    const serverOptions = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: MAX_SOCKET_MESSAGE_BYTES,
      closeTimeout: FAREWELL_MS,
      handleProtocols: (_offered: Set<string>, request: IncomingMessage) =>
        this.#subprotocols.get(request) ?? false,
    };
    this.#server = new WebSocketServer(serverOptions);
  }

  async handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // A client that leaves in the middle of its handshake is no failure of ours.
    socket.on('error', () => socket.destroy());
    const connectionId = gatewayId();
    const decision = this.#refusalOf(request) ?? (await this.#decide(request, connectionId));
    if (!decision.accepted) writeRefusal(socket, decision, connectionId);
    else if (this.#isClosing) {
      writeRefusal(socket, refuse(503), connectionId);
      this.#sayFarewell(decision.facts, CLOSE_CODES.goingAway, '');
    } else this.#open(decision, { request, socket, head });
  }

  #refusalOf(request: IncomingMessage): Refusal | undefined {
    if (this.#isClosing) return refuse(503);
    if (!isHandshake(request)) return refuse(400);
    const { longUrlStatus, largeHeadersStatus, handshakeThrottledStatus } = this.#undocumented;
    if ((request.url ?? '').length > MAX_URL_LENGTH) return refuse(longUrlStatus);
    if (headerBytes(request) > MAX_HEADER_BYTES) return refuse(largeHeadersStatus);
    const mayEnter = this.#newcomers.take() && (this.#options.account?.take() ?? true);
    return mayEnter ? undefined : refuse(handshakeThrottledStatus);
  }

  #decide(request: IncomingMessage, connectionId: string): Promise<Acceptance | Refusal> {
    const { model, invoke, clock } = this.#options;
    const facts: ConnectionFacts = {
      connectionId,
      connectedAt: clock.now(),
      sourceIp: sourceIpOf(request),
      userAgent: request.headers['user-agent'],
      authorizer: undefined,
    };
    const undocumented = this.#undocumented;
    return decideHandshake({ model, invoke, clock, request, facts, undocumented });
  }

  #open({ facts, subprotocol }: Acceptance, upgrade: Upgrade): void {
    const { request, socket, head } = upgrade;
    let isOpen = false;
    if (subprotocol !== undefined) this.#subprotocols.set(request, subprotocol);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      isOpen = true;
      const connection = this.#connectionOf(facts, webSocket);
      this.#connections.set(facts.connectionId, connection);
      // Before ws sees the bytes: it knows a limit for messages, not one for frames.
      const meter = new FrameMeter();
      socket.prependListener('data', (chunk: Buffer) => {
        if (meter.exceeds(chunk)) connection.leave(CLOSE_CODES.tooBig, '');
      });
      webSocket.on('message', (data, isBinary) => this.#receive(connection, data, isBinary));
      // ws closes by itself with the right code; the close event tells the rest.
      webSocket.on('error', () => undefined);
      webSocket.once('close', (code, reason) => {
        this.#connections.delete(facts.connectionId);
        const end = connection.end(code, reason.toString());
        this.#sayFarewell(facts, end.code, end.reason);
      });
    });
    // The client left while $connect ran.
    if (!isOpen) this.#sayFarewell(facts, CLOSE_CODES.abnormal, '');
  }

  #connectionOf(facts: ConnectionFacts, webSocket: WebSocket): Connection {
    const { clock } = this.#options;
    const connection = new Connection(facts, webSocket, {
      clock,
      undocumented: this.#undocumented,
    });
    if (this.#undocumented.pingsCountAsTraffic) {
      webSocket.on('ping', () => (connection.lastActiveAt = clock.now()));
    }
    return connection;
  }

  #receive(connection: Connection, data: RawData, isBinary: boolean): void {
    if (connection.isLeaving) return;
    connection.lastActiveAt = this.#options.clock.now();
    if (isBinary) return connection.leave(CLOSE_CODES.unsupportedData, '');
    if (!this.#takeToken()) return connection.sendError(this.#undocumented.throttledMessage);
    const body = textOf(data);
    const route = this.#routeOf(body);
    if (route === undefined) return connection.sendError('Forbidden');
    void this.#run(connection, route, body);
  }

  #takeToken(): boolean {
    return this.#bucket.take() && (this.#options.account?.take() ?? true);
  }

  #routeOf(body: string): SocketRouteModel | undefined {
    const key = this.#selectRouteKey(body);
    const isReachable =
      key !== undefined &&
      (this.#undocumented.frameReachesLifecycleRoutes || !LIFECYCLE_ROUTES.has(key));
    return (isReachable ? this.#routes.get(key) : undefined) ?? this.#routes.get('$default');
  }

  async #run(connection: Connection, route: SocketRouteModel, body: string): Promise<void> {
    const { invoke, clock } = this.#options;
    const origin = this.#originOf(connection.facts);
    const answer = await within(
      clock,
      SOCKET_INTEGRATION_TIMEOUT_MS,
      invoke(route.functionId, messageEvent(origin, route.routeKey, body)),
    );
    const reply = replyOf(answer, route.hasRouteResponse, this.#undocumented);
    if (reply === undefined) return;
    if (reply === 'too large') connection.leave(CLOSE_CODES.tooBig, '');
    else if ('error' in reply) connection.sendError(reply.error, origin.requestId);
    else connection.send(Buffer.from(reply.text));
  }

  #sayFarewell(facts: ConnectionFacts, code: number, reason: string): void {
    const route = this.#routes.get('$disconnect');
    if (route === undefined) return;
    const event = disconnectEvent(this.#originOf(facts), code, reason);
    const farewell = this.#options.invoke(route.functionId, event);
    this.#farewells.add(farewell);
    void farewell.finally(() => this.#farewells.delete(farewell));
  }

  #originOf(facts: ConnectionFacts): EventOrigin {
    const { model, clock } = this.#options;
    return { model, facts, requestId: gatewayId(), now: clock.now() };
  }

  #living(connectionId: string): Connection | undefined {
    const connection = this.#connections.get(connectionId);
    return connection === undefined || connection.isLeaving ? undefined : connection;
  }

  push(connectionId: string, data: Buffer): PushOutcome {
    if (data.length > MAX_SOCKET_MESSAGE_BYTES) return 'too large';
    const connection = this.#living(connectionId);
    if (connection === undefined) return 'gone';
    if (connection.waitingBytes + data.length > this.#undocumented.clientBufferBytes) return 'full';
    if (this.#undocumented.pushesCountAsTraffic) {
      connection.lastActiveAt = this.#options.clock.now();
    }
    connection.send(data);
    return 'sent';
  }

  describe(connectionId: string): ConnectionState | undefined {
    const connection = this.#living(connectionId);
    if (connection === undefined) return undefined;
    const { connectedAt, sourceIp, userAgent } = connection.facts;
    return { connectedAt, lastActiveAt: connection.lastActiveAt, sourceIp, userAgent };
  }

  disconnect(connectionId: string): boolean {
    const connection = this.#living(connectionId);
    const { code, reason } = this.#undocumented.deletion;
    connection?.leave(code, reason);
    return connection !== undefined;
  }

  count(): number {
    return this.#connections.size;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const open = [...this.#connections.values()];
    const closed = open.map((connection) => connection.closed());
    const { code, reason } = this.#undocumented.cut;
    for (const connection of open) connection.leave(code, reason);
    await Promise.all(closed);
    await within(this.#options.clock, FAREWELL_MS, Promise.all(this.#farewells));
  }
}

/** What an upgrade hands over. */
interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

const LIFECYCLE_ROUTES: ReadonlySet<string> = new Set(['$connect', '$disconnect', '$default']);

/** ws hands text over as one Buffer, as long as nobody sets `binaryType`. */
function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString() : '';
}

function isHandshake({ method, headers }: IncomingMessage): boolean {
  const version = headers['sec-websocket-version'] ?? '';
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    /^[+/0-9A-Za-z]{22}==$/u.test(headers['sec-websocket-key'] ?? '') &&
    ['8', '13'].includes(version)
  );
}

function headerBytes(request: IncomingMessage): number {
  return request.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0);
}

function writeRefusal(socket: Duplex, { status, message }: Refusal, connectionId: string): void {
  const requestId = gatewayId();
  const body = gatewayMessage(message, connectionId, requestId);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `x-amzn-RequestId: ${requestId}`,
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
