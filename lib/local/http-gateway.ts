/** API Gateway's HTTP API over the port `invoke`: routes, limits, CORS. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TIMED_OUT, within } from './clock.ts';
import { answerHeaders, isPreflight, preflightHeaders, withoutCorsHeaders } from './cors.ts';
import {
  type HttpAnswer,
  type HttpCall,
  gatewayAnswer,
  httpEvent,
  readBody,
  readHttpAnswer,
} from './http-gateway-payload.ts';
import { MAX_EVENT_BYTES } from './lambda/event-size.ts';
import type { Clock, HttpApiModel, HttpRouteModel, Invoke } from './model.ts';
import { gatewayId } from './socket-gateway/events.ts';
import { ACCOUNT_THROTTLE, type TokenBucket, createTokenBucket } from './throttle.ts';
import { UNDOCUMENTED, type Undocumented } from './undocumented.ts';

const INTEGRATION_TIMEOUT_MS = 30_000;
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_HEADER_BYTES = 10_240;

/** What a gateway is made of. */
export interface HttpGatewayOptions {
  readonly model: HttpApiModel;
  readonly invoke: Invoke;
  readonly clock: Clock;
  /** The account's bucket, where one is shared with the WebSocket API and the pushes. */
  readonly account?: TokenBucket;
  readonly undocumented?: Undocumented;
}

/** A running HTTP API. */
export interface HttpGateway {
  /** Answers a request by its full path. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Builds the gateway over its routes. */
export function createHttpGateway(options: HttpGatewayOptions): HttpGateway {
  const { model, clock, account, undocumented = UNDOCUMENTED } = options;
  const routes = model.routes.map(parseRoute).sort(byPrecedence);
  const bucket = createTokenBucket(model.throttle ?? ACCOUNT_THROTTLE, clock);
  const mayEnter = () => bucket.take() && (account?.take() ?? true);

  async function answer(request: IncomingMessage): Promise<HttpAnswer> {
    if (sizeOfHead(request) > MAX_HEADER_BYTES) {
      return gatewayAnswer(undocumented.largeHeadersStatus, 'Request Header Fields Too Large');
    }
    if (!mayEnter()) return gatewayAnswer(429, 'Too Many Requests');
    const segments = decodedSegments(request.url ?? '/');
    if (segments === undefined) return gatewayAnswer(undocumented.badPathStatus, 'Bad Request');
    const match = findRoute(routes, request.method ?? 'GET', segments);
    if (match === undefined) return gatewayAnswer(404, 'Not Found');
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === undefined) return gatewayAnswer(413, 'Request Entity Too Large');
    if (body.length > MAX_EVENT_BYTES) {
      return gatewayAnswer(undocumented.largeEventStatus, 'Request Entity Too Large');
    }
    const call = { model, ...match, request, body, now: clock.now(), undocumented };
    return callFunction(options, match.functionId, call);
  }

  async function answerWithCors(request: IncomingMessage): Promise<HttpAnswer> {
    const { cors } = model;
    if (cors === undefined) return answer(request);
    const { origin } = request.headers;
    if (isPreflight(request, undocumented)) {
      return { status: 204, headers: preflightHeaders(cors, origin), body: '' };
    }
    const { headers, ...given } = await answer(request);
    return {
      ...given,
      headers: { ...withoutCorsHeaders(headers), ...answerHeaders(cors, origin) },
    };
  }

  return {
    async handle(request, response) {
      try {
        write(request, response, await answerWithCors(request));
      } catch {
        // Only reading the body can fail: the client left, and nobody waits for an answer.
        response.destroy();
      }
    },
  };
}

async function callFunction(
  { invoke, clock }: HttpGatewayOptions,
  functionId: string,
  call: HttpCall,
): Promise<HttpAnswer> {
  const failed = gatewayAnswer(500, 'Internal Server Error');
  const result = await within(clock, INTEGRATION_TIMEOUT_MS, invoke(functionId, httpEvent(call)));
  if (result === TIMED_OUT) return gatewayAnswer(503, 'Service Unavailable');
  return (result.ok ? readHttpAnswer(result.payload) : undefined) ?? failed;
}

function write(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  const { status, headers, body } = answer;
  // What of the body nobody read must flow off, or the connection cannot be used again.
  request.resume();
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('apigw-requestid', gatewayId());
  const hasBody = status !== 204 && status !== 304;
  if (!hasBody) response.removeHeader('content-type');
  else response.setHeader('content-length', Buffer.byteLength(body));
  response.end(hasBody ? body : undefined);
}

function sizeOfHead(request: IncomingMessage): number {
  const urlLength = (request.url ?? '').length;
  return request.rawHeaders.reduce((sum, part) => sum + part.length + 2, urlLength);
}

/** A route, its path cut into what has to be equal, what is a parameter, and what takes the rest. */
interface Route extends HttpRouteModel {
  /** `ANY` for every method; undefined for `$default`. */
  readonly method: string | undefined;
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly kind: 'static' | 'parameter' | 'greedy';
  /** The text to equal, or the parameter's name. */
  readonly name: string;
}

function parseRoute(route: HttpRouteModel): Route {
  if (route.routeKey === '$default') return { ...route, method: undefined, segments: [] };
  const [method = '', path = ''] = route.routeKey.split(' ');
  return { ...route, method, segments: path.slice(1).split('/').map(parseSegment) };
}

function parseSegment(text: string): Segment {
  const name = /^\{(.+?)\+?\}$/u.exec(text)?.[1];
  if (name === undefined) return { kind: 'static', name: text };
  return { kind: text.endsWith('+}') ? 'greedy' : 'parameter', name };
}

const RANKS = { static: 0, parameter: 1, greedy: 2 } as const;

/** What takes a whole path before what takes the rest of one, static before parameter, a method before ANY, `$default` last. */
function byPrecedence(left: Route, right: Route): number {
  const [a, b] = [rankOf(left), rankOf(right)];
  return a < b ? -1 : Number(a > b);
}

/** Ranks sort as text: `0` precedes `1`, a prefix precedes what it begins. */
function rankOf({ method, segments }: Route): string {
  if (method === undefined) return '9';
  const isGreedy = segments.some(({ kind }) => kind === 'greedy');
  const kinds = segments.map(({ kind }) => RANKS[kind]).join('');
  return `${isGreedy ? 1 : 0} ${kinds} ${method === 'ANY' ? 1 : 0}`;
}

interface Match {
  readonly routeKey: string;
  readonly functionId: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

function findRoute(
  routes: readonly Route[],
  method: string,
  path: readonly string[],
): Match | undefined {
  for (const route of routes) {
    const { routeKey, functionId } = route;
    if (route.method === undefined) return { routeKey, functionId, pathParameters: {} };
    if (route.method !== 'ANY' && route.method !== method) continue;
    const pathParameters = matchPath(route.segments, path);
    if (pathParameters !== undefined) return { routeKey, functionId, pathParameters };
  }
  return undefined;
}

function matchPath(
  segments: readonly Segment[],
  path: readonly string[],
): Record<string, string> | undefined {
  const parameters: [string, string][] = [];
  for (const [at, { kind, name }] of segments.entries()) {
    const part = path[at];
    if (part === undefined) return undefined;
    if (kind === 'greedy') {
      const rest = path.slice(at).join('/');
      return rest === '' ? undefined : Object.fromEntries([...parameters, [name, rest]]);
    }
    if (kind === 'static' ? part !== name : part === '') return undefined;
    if (kind === 'parameter') parameters.push([name, part]);
  }
  return path.length === segments.length ? Object.fromEntries(parameters) : undefined;
}

/** The path's segments, decoded; undefined for a broken escape. */
function decodedSegments(url: string): readonly string[] | undefined {
  const [path = '/'] = url.split('?', 1);
  try {
    return path.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
