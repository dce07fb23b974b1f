/** All handlers over a real database and a small management API that records what is pushed: no gateway, no mocks. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import { BUS_EVENTS } from '#protocol/events.ts';
import type { HttpRouteName } from '#protocol/http-routes.ts';
import { HTTP_ROUTES } from '#protocol/http-routes.ts';

import { BUCKET, type BucketFixture, startBucket } from '../local/fixtures/bucket.ts';
import { ACCESS } from '../local/fixtures/services.ts';
import { startEngine } from './dynamodb.ts';
import {
  aContext,
  authorizerEvent,
  connectionEvent,
  frameEvent,
  httpEvent,
  type TestCall,
} from './events.ts';
import { type FakeAws, startFakeAws } from './fake-aws.ts';
import { anIssuer, type Claims, type TestIssuer } from './issuer.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads deep into answers of many shapes
export type AnyJson = any;

/** A device on the socket. */
export interface TestSocket {
  readonly connectionId: string;
  /** Sends a frame; a text goes as it is. Answers with the route's response, undefined where there is none. */
  send: (frame: unknown) => Promise<AnyJson>;
  /** What was pushed to it so far, oldest first. */
  received: () => AnyJson[];
  close: () => Promise<void>;
}

/** What a call came to. */
export interface TestAnswer {
  readonly status: number | undefined;
  readonly headers: Record<string, AnyJson>;
  readonly body: AnyJson;
}

export interface Deployment {
  readonly issuer: TestIssuer;
  token: (claims?: Claims) => string;
  /** A call with the caller's token. */
  call: (
    name: HttpRouteName,
    call?: Omit<TestCall, 'route'> & { token?: string },
  ) => Promise<TestAnswer>;
  /** A handshake through authorizer and `$connect`. */
  open: (token: string, device?: string) => Promise<TestSocket>;
  authorize: (headers: Record<string, string>, device?: string) => Promise<AnyJson>;
  /** What the management API was asked, as `POST id` or `DELETE id`. */
  readonly managed: string[];
  /** Statuses that pushes to a connection answer, instead of 200. */
  readonly statuses: Map<string, number>;
  /** The queue of reminders and the bus. */
  readonly aws: FakeAws;
  /** The bucket of attachments, in the local runtime's S3. */
  readonly bucket: BucketFixture;
  readonly handlers: Handlers;
  stop: () => Promise<void>;
}

/** What a vendor's staff and a customer carry. */
export const ANA: Claims = {
  sub: 'ana',
  role: 'vendor',
  vendor_id: '7',
  name: 'Ana',
  vendor_name: 'Tbilisi Ceramics',
};
export const NINO: Claims = { sub: '42', role: 'customer', name: 'Nino' };

type Handlers = Awaited<ReturnType<typeof loadHandlers>>;

async function loadHandlers() {
  const [
    attachments,
    vendors,
    authorizer,
    connect,
    disconnect,
    frame,
    rooms,
    messages,
    open,
    log,
    presence,
    reminders,
    admin,
  ] = await Promise.all([
    import('../../functions/http/attachments.ts'),
    import('../../functions/http/vendors.ts'),
    import('../../functions/socket/authorizer.ts'),
    import('../../functions/socket/connect.ts'),
    import('../../functions/socket/disconnect.ts'),
    import('../../functions/socket/frame.ts'),
    import('../../functions/http/rooms.ts'),
    import('../../functions/http/messages.ts'),
    import('../../functions/http/public.ts'),
    import('../../functions/stream/messages.ts'),
    import('../../functions/stream/connections.ts'),
    import('../../functions/stream/reminders.ts'),
    import('../../functions/http/admin.ts'),
  ]);
  return {
    authorizer,
    connect,
    disconnect,
    frame,
    rooms,
    messages,
    attachments,
    vendors,
    open,
    log,
    presence,
    reminders,
    admin,
  };
}

/** Starts everything. @param env overrides of the environment */
export async function deploy(env: Record<string, string> = {}): Promise<Deployment> {
  const engine = await startEngine();
  const issuer = anIssuer();
  const api = await startManagementApi();
  const aws = await startFakeAws();
  const bucket = await startBucket();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: ACCESS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ACCESS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: engine.client.endpoint,
    PARLEY_STAGE: 'local',
    ROOMS_TABLE: engine.tables.rooms,
    MESSAGES_TABLE: engine.tables.messages,
    CONNECTIONS_TABLE: engine.tables.connections,
    PROFILES_TABLE: engine.tables.profiles,
    AWS_ENDPOINT_URL_S3: bucket.endpoint,
    ATTACHMENTS_BUCKET: BUCKET,
    CALLBACK_URL: api.url,
    ISSUERS: JSON.stringify([issuer.entry]),
    ALLOWED_ORIGINS: '["https://shop.example"]',
    PRODUCT_HOSTS: '[]',
    LIMITS: '',
    AWS_ENDPOINT_URL_SQS: aws.url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: aws.url,
    REMINDERS_QUEUE_URL: `${aws.url}/000000000000/reminders`,
    EVENT_BUS: 'parley-test',
    REMINDERS: '{"unreadMinutes":5,"waitingMinutes":60}',
    EVENTS: JSON.stringify(Object.keys(BUS_EVENTS)),
    POWERTOOLS_SERVICE_NAME: 'parley',
    POWERTOOLS_METRICS_NAMESPACE: 'Parley',
    ...env,
  });
  const handlers = await loadHandlers();
  const authorize = (headers: Record<string, string>, device?: string) =>
    handlers.authorizer.handler(authorizerEvent(headers, device), aContext());
  return {
    issuer,
    token: (claims = NINO) => issuer.sign(claims),
    call: async (name, call = {}) => callOf(handlers, name, call),
    authorize,
    open: async (token, device) => {
      const { context } = await authorize(
        { 'Sec-WebSocket-Protocol': `parley.v1, ${token}` },
        device,
      );
      return openSocket(handlers, api, context ?? {});
    },
    managed: api.managed,
    statuses: api.statuses,
    aws,
    bucket,
    handlers,
    stop: async () => {
      api.stop();
      aws.stop();
      await bucket.stop();
      await engine.stop();
    },
  };
}

async function callOf(
  handlers: Handlers,
  name: HttpRouteName,
  { token, headers, ...rest }: Omit<TestCall, 'route'> & { token?: string },
): Promise<TestAnswer> {
  const { method, path } = HTTP_ROUTES[name];
  const authorization: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  const event = httpEvent({
    ...rest,
    route: `${method} ${path}`,
    headers: { ...authorization, ...headers },
  });
  const answer = await handlerOf(handlers, path)(event, aContext());
  return {
    status: answer.statusCode,
    headers: answer.headers ?? {},
    body: answer.body === undefined ? undefined : JSON.parse(answer.body),
  };
}

/** Which function the gateway's routes lead to. */
function handlerOf({ admin, open, vendors, attachments, messages, rooms }: Handlers, path: string) {
  if (path.startsWith('/v1/admin')) return admin.handler;
  if (path.includes('/attachments')) return attachments.handler;
  if (/\/(health|openapi\.json|asyncapi\.json|vendors\/\{vendorId\})$/u.test(path))
    return open.handler;
  if (path.startsWith('/v1/vendors/me')) return vendors.handler;
  return /\/(messages|read)/u.test(path) ? messages.handler : rooms.handler;
}

let opened = 0;

async function openSocket(
  handlers: Handlers,
  api: ManagementApi,
  context: Record<string, string | number>,
): Promise<TestSocket> {
  opened += 1;
  const connectionId = `Conn${opened}=`;
  // The gateway hands the context on as text.
  const authorizer = Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, String(value)]),
  );
  const event = (route: string) => connectionEvent(route, connectionId, authorizer);
  const { statusCode } = await handlers.connect.handler(event('$connect'), aContext());
  if (statusCode !== 200) throw new Error(`$connect answered ${statusCode}`);
  return {
    connectionId,
    send: async (frame) => {
      const body = typeof frame === 'string' ? frame : JSON.stringify(frame);
      const answer = await handlers.frame.handler(
        frameEvent(connectionId, authorizer, body),
        aContext(),
      );
      return bodyOf(answer);
    },
    received: () => api.pushed.get(connectionId) ?? [],
    close: async () => {
      await handlers.disconnect.handler(event('$disconnect'), aContext());
    },
  };
}

function bodyOf({ statusCode, body }: APIGatewayProxyStructuredResultV2): AnyJson {
  if (statusCode !== 200) throw new Error(`A frame answered ${statusCode}`);
  return body === undefined ? undefined : JSON.parse(body);
}

type ManagementApi = Awaited<ReturnType<typeof startManagementApi>>;

async function startManagementApi() {
  const pushed = new Map<string, AnyJson[]>();
  const statuses = new Map<string, number>();
  const managed: string[] = [];
  const server = createServer((request, response) => {
    const id = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      managed.push(`${request.method} ${id}`);
      const status = statuses.get(id) ?? 200;
      if (request.method === 'POST' && status === 200) {
        const frame = JSON.parse(Buffer.concat(parts).toString());
        pushed.set(id, [...(pushed.get(id) ?? []), frame]);
      }
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/live`, pushed, statuses, managed, stop };
}
