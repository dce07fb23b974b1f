/** The stack under every frame: caller, rate, JSON, schema, the action itself, its reply. */
import createStack from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

import type { Caller } from '#core/access.ts';
import type { RefuseSuspended } from '#core/accounts/suspension.ts';
import type { Push } from '#core/fan-out.ts';
import type { Action, ClientFrame } from '#protocol/client-frames.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import { fromContext } from './caller/context.ts';
import { readFrame, readJson, readRef } from './frame.ts';
import { type LambdaHandler, observation, refusalOf } from './invocation.ts';
import type { Sessions } from './caller/sessions.ts';

/** What API Gateway sends for a frame, as far as it is read. */
export interface FrameEvent {
  readonly body?: string | null;
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    readonly authorizer?: unknown;
  };
}

/** What answers a frame; the stack adds the frame's ref. */
export type Reply = ServerFrame<'ack' | 'ok' | 'pong' | 'error'>;

/** One function per action: what it answers, or null where it stays silent. */
export type FrameActions = {
  readonly [A in Action]: (frame: ClientFrame<A>, caller: Caller) => Promise<Reply | null>;
};

export interface SocketPorts {
  readonly push: Push;
  readonly close: (connectionId: string) => Promise<void>;
  /** Extends the caller's row where it is due; null where the row is gone. */
  readonly keepAlive: (caller: Caller) => Promise<{ expiresAtMs: number } | null>;
  readonly refuseSuspended: RefuseSuspended;
  readonly sessions: Sessions;
  readonly now: () => number;
  readonly report: (error: unknown) => void;
}

/** Routes without a route response: what they answer has to be pushed. */
const SILENT_ROUTES = new Set(['typing', 'focus', 'ping']);

type Answer = APIGatewayProxyStructuredResultV2;

/** The handler of all frames. It never fails: whatever happens becomes an `error` frame. */
export function socketHandler(
  actions: FrameActions,
  ports: SocketPorts,
): LambdaHandler<FrameEvent, Answer> {
  const stack = createStack<FrameEvent, Answer>(observation)
    .before(({ event }) => {
      ports.sessions.takeFrame(event.requestContext.connectionId, ports.now());
      // Empty frames are ignored, after they counted: each costs an invocation.
      return textOf(event) === '' ? { statusCode: 200 } : undefined;
    })
    .onError(async (request) => {
      request.response = await refuse(ports, request.event, request.error);
    })
    .handler(async (event) => deliver(ports, event, await serve(actions, ports, event)));
  return async (event: FrameEvent, context: Context) => stack(event, context);
}

async function serve(
  actions: FrameActions,
  ports: SocketPorts,
  event: FrameEvent,
): Promise<Reply | null> {
  const { connectionId, authorizer } = event.requestContext;
  const caller = fromContext(authorizer, connectionId, ports.now());
  await ports.refuseSuspended(caller);
  const frame = readFrame(readJson(textOf(event)));
  const renewal = renew(ports, caller, connectionId);
  try {
    const reply = await act(actions, frame, caller);
    return reply === null || frame.ref === undefined ? reply : { ...reply, ref: frame.ref };
  } finally {
    // Awaited in every case: what is left running freezes with the environment.
    await renewal;
  }
}

function act(actions: FrameActions, frame: ClientFrame, caller: Caller): Promise<Reply | null> {
  switch (frame.action) {
    case 'send':
      return actions.send(frame, caller);
    case 'read':
      return actions.read(frame, caller);
    case 'typing':
      return actions.typing(frame, caller);
    case 'edit':
      return actions.edit(frame, caller);
    case 'delete':
      return actions.delete(frame, caller);
    case 'react':
      return actions.react(frame, caller);
    case 'focus':
      return actions.focus(frame, caller);
    case 'ping':
      return actions.ping(frame, caller);
  }
}

/** Keeps the row of a talking socket alive. A socket without a row would get no events: it is closed, to come back. */
async function renew(ports: SocketPorts, caller: Caller, connectionId: string): Promise<void> {
  const times = { nowMs: ports.now(), tokenEndsAtMs: caller.expiresAtMs };
  if (!ports.sessions.needsRenewal(connectionId, times)) return;
  try {
    const row = await ports.keepAlive(caller);
    if (row === null) await ports.close(connectionId);
    else ports.sessions.renewed(connectionId, row.expiresAtMs);
  } catch (error) {
    ports.report(error);
  }
}

/** The reply by the way the route has: as what the function returns, or as a push. */
async function deliver(
  ports: SocketPorts,
  { requestContext }: FrameEvent,
  reply: Reply | null,
): Promise<Answer> {
  if (reply === null) return { statusCode: 200 };
  if (!SILENT_ROUTES.has(requestContext.routeKey)) {
    return { statusCode: 200, body: JSON.stringify(reply) };
  }
  await ports.push(requestContext.connectionId, reply);
  return { statusCode: 200 };
}

async function refuse(ports: SocketPorts, event: FrameEvent, error: unknown): Promise<Answer> {
  const { routeKey, connectionId } = event.requestContext;
  const refusal = refusalOf(error, routeKey);
  const ref = readRef(readJson(textOf(event)));
  const answered = await deliver(ports, event, { event: 'error', ...ref, ...refusal });
  if (refusal.code === 'blocked' || ports.sessions.isWornOut(connectionId))
    await ports.close(connectionId);
  return answered;
}

function textOf({ body }: FrameEvent): string {
  return body ?? '';
}
