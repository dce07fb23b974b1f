/** The events that a WebSocket API sends to its functions, field by field. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { requestTime } from '../clock.ts';
import type { SocketApiModel } from '../model.ts';

/** What the gateway knows of a connection from its handshake on. Times are epoch milliseconds. */
export interface ConnectionFacts {
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** The authorizer's flat context with `principalId`, all of it text; undefined without an authorizer. */
  readonly authorizer: Readonly<Record<string, string>> | undefined;
}

/** An event about a connection: which API, which connection, and when. */
export interface EventOrigin {
  readonly model: SocketApiModel;
  readonly facts: ConnectionFacts;
  readonly requestId: string;
  readonly now: number;
}

type Context = Readonly<Record<string, unknown>>;

/** An identifier as API Gateway makes them: 15 characters and a `=`, to be URL-encoded in paths. */
export function gatewayId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}

/** The caller's address; an IPv4 one without the dress of IPv6. */
export function sourceIpOf(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/u, '');
}

/** The name that events carry. It leads nowhere, as behind a custom domain: the callback address is configuration. */
export function domainNameOf(apiId: string): string {
  return `${apiId}.execute-api.local`;
}

function contextOf(origin: EventOrigin, routeKey: string, eventType: string): Context {
  const { model, facts, requestId, now } = origin;
  return {
    routeKey,
    ...(facts.authorizer && { authorizer: facts.authorizer }),
    eventType,
    extendedRequestId: requestId,
    requestTime: requestTime(now),
    messageDirection: 'IN',
    stage: model.stage,
    connectedAt: facts.connectedAt,
    requestTimeEpoch: now,
    identity: {
      ...(facts.userAgent !== undefined && { userAgent: facts.userAgent }),
      sourceIp: facts.sourceIp,
    },
    requestId,
    domainName: domainNameOf(model.apiId),
    connectionId: facts.connectionId,
    apiId: model.apiId,
  };
}

/** The event of `$connect`: the only one with the handshake's headers and query. */
export function connectEvent(origin: EventOrigin, request: IncomingMessage): Context {
  const query = queryOf(request);
  return {
    ...headersOf(origin, request),
    ...(query.size > 0 && queryFields(query)),
    requestContext: contextOf(origin, '$connect', 'CONNECT'),
    isBase64Encoded: false,
  };
}

/** The event of a REQUEST authorizer. */
export function authorizerEvent(origin: EventOrigin, request: IncomingMessage): Context {
  return {
    type: 'REQUEST',
    methodArn: methodArnOf(origin.model),
    ...headersOf(origin, request),
    ...queryFields(queryOf(request)),
    stageVariables: {},
    requestContext: contextOf(origin, '$connect', 'CONNECT'),
  };
}

/** The event of one frame. */
export function messageEvent(origin: EventOrigin, routeKey: string, body: string): Context {
  const context = contextOf(origin, routeKey, 'MESSAGE');
  return {
    requestContext: { ...context, messageId: gatewayId() },
    body,
    isBase64Encoded: false,
  };
}

/** The event of `$disconnect`. */
export function disconnectEvent(
  origin: EventOrigin,
  disconnectStatusCode: number,
  disconnectReason: string,
): Context {
  const context = contextOf(origin, '$disconnect', 'DISCONNECT');
  return {
    requestContext: { ...context, disconnectStatusCode, disconnectReason },
    isBase64Encoded: false,
  };
}

/** The resource that an authorizer's policy has to allow. */
export function methodArnOf(model: SocketApiModel): string {
  return `arn:aws:execute-api:us-east-1:000000000000:${model.apiId}/${model.stage}/$connect`;
}

/** The gateway's own words on an open socket or in a refused handshake. */
export function gatewayMessage(
  message: string,
  connectionId: string,
  requestId = gatewayId(),
): string {
  return JSON.stringify({ message, connectionId, requestId });
}

/** Headers in the client's own spelling; some clients send lower case, as they may to AWS. */
function headersOf(origin: EventOrigin, request: IncomingMessage): Context {
  const lists = new Map<string, string[]>();
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    addTo(lists, request.rawHeaders[at] ?? '', request.rawHeaders[at + 1] ?? '');
  }
  lists.set('X-Forwarded-For', [origin.facts.sourceIp]);
  lists.set('X-Forwarded-Port', ['443']);
  lists.set('X-Forwarded-Proto', ['https']);
  return { headers: lastOfEach(lists), multiValueHeaders: Object.fromEntries(lists) };
}

/** The query's values by name, decoded. */
export function queryOf(request: IncomingMessage): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  const url = request.url ?? '';
  const start = url.indexOf('?');
  if (start < 0) return lists;
  for (const [name, value] of new URLSearchParams(url.slice(start))) addTo(lists, name, value);
  return lists;
}

function addTo(lists: Map<string, string[]>, name: string, value: string): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [value]);
  else list.push(value);
}

function queryFields(query: Map<string, string[]>): Context {
  return {
    queryStringParameters: lastOfEach(query),
    multiValueQueryStringParameters: Object.fromEntries(query),
  };
}

function lastOfEach(lists: Map<string, string[]>): Record<string, string> {
  return Object.fromEntries([...lists].map(([name, list]) => [name, list.at(-1) ?? '']));
}
