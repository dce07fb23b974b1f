/** The callback API of a WebSocket API: pushes to, asks about and closes connections, as `@connections` does. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_SOCKET_MESSAGE_BYTES } from '#protocol/limits.ts';
import { headerClaim, signedRequestOf } from './aws/signature.ts';
import { UNGUARDED, type Guard, type Right } from './iam/roles.ts';
import { readBody } from './http-gateway-payload.ts';
import { gatewayId } from './socket-gateway/events.ts';
import type { PushOutcome, SocketConnections } from './socket-gateway.ts';
import { arnOf } from './template/resource-types.ts';
import type { TokenBucket } from './throttle.ts';

/** The API over the connections of one WebSocket API. */
export interface ConnectionsApi {
  /** Answers `…/{apiId}/{stage}/@connections/{id}`, whatever stands before it. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** An answer: an error has a name, which the SDK makes its exception of. */
interface Answer {
  readonly status: number;
  readonly errorName?: string;
  readonly body?: unknown;
}

const OK: Answer = { status: 200 };
const GONE: Answer = { status: 410, errorName: 'GoneException' };
const FORBIDDEN: Answer = { status: 403, errorName: 'ForbiddenException' };
const TOO_LARGE: Answer = { status: 413, errorName: 'PayloadTooLargeException' };
const LIMIT_EXCEEDED: Answer = { status: 429, errorName: 'LimitExceededException' };
const DENIED: Answer = { status: 403, errorName: 'AccessDeniedException' };
const UNSIGNED: Answer = { status: 403, errorName: 'MissingAuthenticationTokenException' };

const PUSH_ANSWERS: Readonly<Record<PushOutcome, Answer>> = {
  sent: OK,
  gone: GONE,
  full: LIMIT_EXCEEDED,
  'too large': TOO_LARGE,
};

/** Builds the API; `account` is the bucket shared with the gateways, `guard` judges the callers' roles. */
export function createConnectionsApi(
  connections: SocketConnections,
  { account, guard = UNGUARDED }: { account?: TokenBucket; guard?: Guard } = {},
): ConnectionsApi {
  async function answer(request: IncomingMessage): Promise<Answer> {
    const connectionId = addressedConnection(connections, request.url ?? '');
    if (connectionId === undefined) return FORBIDDEN;
    const accessKeyId = signerOf(request);
    if (accessKeyId === undefined) return UNSIGNED;
    if (guard(accessKeyId, [rightOf(connections, request, connectionId)]) !== undefined) {
      return DENIED;
    }
    if (account?.take() === false) return LIMIT_EXCEEDED;
    if (request.method === 'POST') {
      const data = await readBody(request, MAX_SOCKET_MESSAGE_BYTES);
      return data === undefined ? TOO_LARGE : PUSH_ANSWERS[connections.push(connectionId, data)];
    }
    if (request.method === 'GET') return describe(connections, connectionId);
    if (request.method !== 'DELETE') return FORBIDDEN;
    return connections.disconnect(connectionId) ? { status: 204 } : GONE;
  }

  return {
    async handle(request, response) {
      try {
        write(request, response, await answer(request));
      } catch {
        // Only reading the body can fail: the caller left, and nobody waits for an answer.
        response.destroy();
      }
    },
  };
}

/** The connection's id, where the address names this API and this stage. */
function addressedConnection({ apiId, stage }: SocketConnections, url: string): string | undefined {
  const [path = ''] = url.split('?', 1);
  const parts = path.split('/').slice(-4);
  const isOurs = parts[0] === apiId && parts[1] === stage && isConnections(parts[2]);
  if (!isOurs || parts[3] === undefined) return undefined;
  try {
    return decodeURIComponent(parts[3]);
  } catch {
    return undefined;
  }
}

/** Whose key signed, as the call says: the signature itself is not checked, since nobody else reaches this machine's API. */
function signerOf(request: IncomingMessage): string | undefined {
  const signed = signedRequestOf(request);
  return signed && headerClaim(signed)?.accessKeyId;
}

function rightOf(
  { apiId, stage }: SocketConnections,
  { method }: IncomingMessage,
  connectionId: string,
): Right {
  const resource = arnOf('execute-api', `${apiId}/${stage}/${method}/@connections/${connectionId}`);
  return { action: 'execute-api:ManageConnections', resource };
}

/** The SDKs escape the `@`, or don't. */
function isConnections(part: string | undefined): boolean {
  return part === '@connections' || part?.toLowerCase() === '%40connections';
}

function describe(connections: SocketConnections, connectionId: string): Answer {
  const state = connections.describe(connectionId);
  if (state === undefined) return GONE;
  const { connectedAt, lastActiveAt, sourceIp, userAgent } = state;
  const body = {
    connectedAt: new Date(connectedAt).toISOString(),
    identity: { sourceIp, userAgent },
    lastActiveAt: new Date(lastActiveAt).toISOString(),
  };
  return { status: 200, body };
}

function write(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, errorName } = answer;
  // What of the body nobody read must flow off, or the connection cannot be used again.
  request.resume();
  const body = errorName === undefined ? answer.body : { message: errorName };
  const text = body === undefined ? '' : JSON.stringify(body);
  response.statusCode = status;
  response.setHeader('x-amzn-requestid', gatewayId());
  if (errorName !== undefined) response.setHeader('x-amzn-errortype', errorName);
  if (status !== 204) response.setHeader('content-type', 'application/json');
  if (status !== 204) response.setHeader('content-length', Buffer.byteLength(text));
  response.end(text);
}
