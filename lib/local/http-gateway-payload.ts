/** Payload format 2.0: the event that an HTTP API sends to a function, and how it reads the function's answer. */
import { type IncomingMessage, validateHeaderName, validateHeaderValue } from 'node:http';
import { requestTime } from './clock.ts';
import type { ResponseHeaders } from './cors.ts';
import { isJson } from './json.ts';
import type { HttpApiModel } from './model.ts';
import type { Undocumented } from './undocumented.ts';
import { domainNameOf, gatewayId, queryOf, sourceIpOf } from './socket-gateway/events.ts';

/** A matched request, ready to become an event. */
export interface HttpCall {
  readonly model: HttpApiModel;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly request: IncomingMessage;
  readonly body: Buffer;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly undocumented: Undocumented;
}

/** An answer as it goes to the client. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Buffer | string;
}

/** The event; keys that would be empty are absent. */
export function httpEvent(call: HttpCall): Readonly<Record<string, unknown>> {
  const { model, routeKey, request, pathParameters, undocumented } = call;
  const [path, rawQueryString] = splitOnce(request.url ?? '/', '?');
  const stage = model.stage === '$default' ? '' : `/${model.stage}`;
  const rawPath = stage + (undocumented.decodesRawPath ? decodeURIComponent(path) : path);
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  const query = queryOf(request);
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(request.headers.cookie !== undefined && { cookies: cookies.filter(Boolean) }),
    headers: eventHeaders(request, undocumented),
    ...(query.size > 0 && { queryStringParameters: joined(query) }),
    requestContext: contextOf(call, rawPath),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...bodyFields(call),
  };
}

function contextOf({ model, routeKey, request, now }: HttpCall, path: string): object {
  return {
    accountId: '000000000000',
    apiId: model.apiId,
    domainName: domainNameOf(model.apiId),
    domainPrefix: model.apiId,
    http: {
      method: request.method ?? 'GET',
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: sourceIpOf(request),
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: gatewayId(),
    routeKey,
    stage: model.stage,
    time: requestTime(now),
    timeEpoch: now,
  };
}

/** Headers of the connection itself end at the gateway. */
const HOP_HEADERS: ReadonlySet<string> = new Set(
  'connection keep-alive transfer-encoding te trailer upgrade proxy-connection'.split(' '),
);

/** Lower-case names; repeated headers joined by commas. */
function eventHeaders(
  request: IncomingMessage,
  { repeatsCookieHeader }: Undocumented,
): Record<string, string> {
  const lists = new Map<string, string[]>();
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = (request.rawHeaders[at] ?? '').toLowerCase();
    if (HOP_HEADERS.has(name) || (name === 'cookie' && !repeatsCookieHeader)) continue;
    const value = request.rawHeaders[at + 1] ?? '';
    lists.set(name, [...(lists.get(name) ?? []), value]);
  }
  const forwarded = lists.get('x-forwarded-for') ?? [];
  lists.set('x-forwarded-for', [...forwarded, sourceIpOf(request)]);
  lists.set('x-forwarded-port', ['443']);
  lists.set('x-forwarded-proto', ['https']);
  return joined(lists);
}

function joined(lists: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return Object.fromEntries([...lists].map(([name, values]) => [name, values.join(',')]));
}

function bodyFields({ body, request, undocumented }: HttpCall): object {
  if (body.length === 0) return { isBase64Encoded: false };
  const [type] = splitOnce(request.headers['content-type'] ?? 'text/plain', ';');
  const isText = undocumented.textTypes.test(type.trim().toLowerCase());
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

/** The gateway's own answer. */
export function gatewayAnswer(status: number, message: string): HttpAnswer {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify({ message }) };
}

/** Reads what a function returned: the full form, or any JSON without a `statusCode`. Undefined where it is malformed. */
export function readHttpAnswer(payload: unknown): HttpAnswer | undefined {
  if (!isJson(payload) || payload['statusCode'] === undefined) {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const status = Number(payload['statusCode']);
  const body = payload['body'] ?? '';
  const headers = readHeaders(payload['headers'] ?? {});
  const cookies = payload['cookies'] ?? [];
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  if (typeof body !== 'string' || headers === undefined) return undefined;
  if (!Array.isArray(cookies) || !cookies.every((cookie) => isHeader('set-cookie', cookie))) {
    return undefined;
  }
  return {
    status,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...headers,
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: payload['isBase64Encoded'] === true ? Buffer.from(body, 'base64') : body,
  };
}

/** Lower-case names with text for values; what describes the connection is the gateway's own business. */
function readHeaders(headers: unknown): Record<string, string> | undefined {
  if (!isJson(headers)) return undefined;
  const entries = Object.entries(headers).filter(([, value]) => value !== null);
  if (!entries.every(([name, value]) => isHeader(name, value))) return undefined;
  return Object.fromEntries(
    entries
      .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
      .filter(([name]) => !HOP_HEADERS.has(name) && name !== 'content-length'),
  );
}

function isHeader(name: string, value: unknown): boolean {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return false;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
    return true;
  } catch {
    return false;
  }
}

/** Reads a request's body; undefined once it is over the limit, the rest of it ignored. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.once('end', () => resolve(size <= maxBytes ? Buffer.concat(chunks) : undefined));
    request.once('error', reject);
  });
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
