/** API Gateway's HTTP API over the port `invoke`: routes, limits, CORS. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TokenBucket } from './throttle.ts';
import type { Clock, HttpApiModel, Invoke } from './model.ts';

/** What a gateway is made of. */
export interface HttpGatewayOptions {
  readonly model: HttpApiModel;
  readonly invoke: Invoke;
  readonly clock: Clock;
  /** The account's bucket, where one is shared with the WebSocket API and the pushes. */
  readonly account?: TokenBucket;
}

/** A running HTTP API. */
export interface HttpGateway {
  /** Answers a request by its full path. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export declare function createHttpGateway(options: HttpGatewayOptions): HttpGateway;
