/** The stack under every HTTP call: token, device, route, schemas, the call itself, its answer or its problem. */
import createStack from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

import type { Caller } from '#core/access.ts';
import type { RefuseSuspended } from '#core/accounts/suspension.ts';
import { ERRORS } from '#protocol/error-kinds.ts';
import { ChatError } from '#protocol/errors.ts';
import type { Problem } from '#protocol/http-answers.ts';
import type { HttpRouteName } from '#protocol/http-routes.ts';

import { readDevice } from './caller/device.ts';
import {
  type HttpAnswer,
  type HttpEvent,
  type HttpInput,
  nameOfRoute,
  readInput,
} from './http-route.ts';
import { verifyToken } from './identity.ts';
import { type LambdaHandler, observation, type Refusal, refusalOf } from './invocation.ts';

/** One function per call. */
export type HttpCalls<C> = {
  readonly [N in HttpRouteName]?: (input: HttpInput<N>, caller: C) => Promise<HttpAnswer<N>>;
};

type Answer = APIGatewayProxyStructuredResultV2;

/** Answers are never a page nor a part of one, and private unless a call says otherwise (OWASP Secure Headers Project). */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  // Fetched with CORS they are read wherever that allows it; as a picture or a script by nobody.
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** What the stack asks of whoever has a token. */
export interface HttpPorts {
  readonly refuseSuspended: RefuseSuspended;
}

/** The handler of calls with a token. Whatever fails becomes a problem document. */
export function httpHandler(
  calls: HttpCalls<Caller>,
  { refuseSuspended }: HttpPorts,
): LambdaHandler<HttpEvent, Answer> {
  return handlerOf(calls, async (event) => {
    const caller = await identify(event);
    await refuseSuspended(caller);
    return caller;
  });
}

/** The handler of calls that anybody may make. */
export function publicHandler(calls: HttpCalls<null>): LambdaHandler<HttpEvent, Answer> {
  return handlerOf(calls, async () => Promise.resolve(null));
}

function handlerOf<C>(
  calls: HttpCalls<C>,
  callerOf: (event: HttpEvent) => Promise<C>,
): LambdaHandler<HttpEvent, Answer> {
  const stack = createStack<HttpEvent, Answer>(observation)
    .onError((request) => {
      const refusal = refusalOf(request.error, request.event.routeKey);
      request.response = problem(refusal, request.context.awsRequestId);
    })
    .handler(async (event) => {
      const caller = await callerOf(event);
      const name = nameOfRoute(event.routeKey);
      if (name === undefined) throw new ChatError('not_found');
      return run(calls[name], name, { event, caller });
    });
  return async (event: HttpEvent, context: Context) => stack(event, context);
}

async function run<C, N extends HttpRouteName>(
  call: HttpCalls<C>[N],
  name: N,
  { event, caller }: { event: HttpEvent; caller: C },
): Promise<Answer> {
  if (call === undefined) throw new ChatError('not_found');
  const { status, body, headers } = await call(readInput(name, event), caller);
  return {
    statusCode: Number(status),
    ...(body === null
      ? { headers: { ...HEADERS, ...headers } }
      : {
          headers: { ...HEADERS, 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
  };
}

/** The bearer, and the device that is not to hear of its own doing. */
async function identify({ headers }: HttpEvent): Promise<Caller> {
  const [scheme = '', token = '', ...rest] = (headers['authorization'] ?? '').split(' ');
  if (scheme.toLowerCase() !== 'bearer' || token === '' || rest.length > 0) {
    throw new ChatError('unauthorized');
  }
  return { ...(await verifyToken(token)), ...readDevice(headers['parley-device']) };
}

function problem({ code, message, retryAfter, errors }: Refusal, requestId: string): Answer {
  const { status, text } = ERRORS[code];
  const body: Problem = {
    status,
    code,
    title: text,
    detail: message,
    requestId,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(errors === undefined ? {} : { errors }),
  };
  return {
    statusCode: status,
    headers: {
      ...HEADERS,
      'content-type': 'application/problem+json',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
    body: JSON.stringify(body),
  };
}
