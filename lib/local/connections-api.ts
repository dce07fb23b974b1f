/** The callback API of a WebSocket API: pushes to, asks about and closes connections, as `@connections` does. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TokenBucket } from './throttle.ts';
import type { SocketConnections } from './socket-gateway.ts';

/** The API over the connections of one WebSocket API. */
export interface ConnectionsApi {
  /** Answers `…/{apiId}/{stage}/@connections/{id}`, whatever stands before it. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Builds the API; `account` is the bucket shared with the gateways. */
export declare function createConnectionsApi(
  connections: SocketConnections,
  account?: TokenBucket,
): ConnectionsApi;
