/** The stack under a socket's beginning and end. */
import createStack from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

import type { Caller } from '#core/access.ts';
import { SUBPROTOCOL } from '#protocol/close-codes.ts';
import { ERRORS } from '#protocol/error-kinds.ts';

import { fromContext } from './caller/context.ts';
import { type LambdaHandler, observation, refusalOf } from './invocation.ts';

/** What API Gateway sends for `$connect` and `$disconnect`, as far as it is read. */
export interface ConnectionEvent {
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    readonly authorizer?: unknown;
    readonly identity?: { readonly userAgent?: string | null };
  };
}

/** A socket that comes or goes. */
export interface ConnectionCommand {
  readonly connectionId: string;
  /** The browser's own name, for admins who read the table. */
  readonly agent?: string;
}

type Answer = APIGatewayProxyStructuredResultV2;

const MAX_AGENT_LENGTH = 120;

/** The handler of `$connect` or `$disconnect`. The first answers with the status of what refused it. */
export function connectionHandler(
  act: (caller: Caller, command: ConnectionCommand) => Promise<void>,
  now = Date.now,
): LambdaHandler<ConnectionEvent, Answer> {
  const stack = createStack<ConnectionEvent, Answer>(observation)
    .onError((request) => {
      const { code } = refusalOf(request.error, request.event.requestContext.routeKey);
      request.response = { statusCode: ERRORS[code].status };
    })
    .handler(async ({ requestContext }) => {
      const { connectionId, authorizer, identity, routeKey } = requestContext;
      // Whoever goes may have an ended token, and has to be forgotten all the same.
      const caller = fromContext(authorizer, connectionId, routeKey === '$connect' ? now() : 0);
      const agent = identity?.userAgent?.slice(0, MAX_AGENT_LENGTH);
      await act(caller, { connectionId, ...(agent === undefined ? {} : { agent }) });
      // A browser fails unless one of the subprotocols it offered comes back.
      return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': SUBPROTOCOL } };
    });
  return async (event: ConnectionEvent, context: Context) => stack(event, context);
}
