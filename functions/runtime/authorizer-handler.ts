/** The stack under the socket's door: what the handshake offers, and the policy that opens or refuses it. */
import createStack from '@middy/core';
import type { Context } from 'aws-lambda';

import type { Caller } from '#core/access.ts';
import { SUBPROTOCOL } from '#protocol/close-codes.ts';
import { ERRORS } from '#protocol/error-kinds.ts';

import { type CallerContext, toContext } from './caller/context.ts';
import { readDevice } from './caller/device.ts';
import { type LambdaHandler, observation, refusalOf } from './invocation.ts';
import { count } from './metrics.ts';

/** What API Gateway sends to a REQUEST authorizer, as far as it is read. Header names are as the client wrote them. */
export interface AuthorizerEvent {
  readonly methodArn: string;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null;
}

/** What a handshake says of itself. */
export interface Handshake {
  readonly token: string;
  /** Browsers send it, others need not. */
  readonly origin: string | undefined;
}

/** An IAM policy for this one socket, with what its frames will know of their caller. */
export interface AuthorizerAnswer {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly [
      { readonly Action: string; readonly Effect: 'Allow' | 'Deny'; readonly Resource: string },
    ];
  };
  readonly context?: CallerContext;
}

/**
 * The authorizer's handler: 401 without a token, 403 for what `admit` refuses, 500 where we cannot tell.
 * @param admit the caller of a handshake, or a ChatError
 */
export function authorizerHandler(
  admit: (handshake: Handshake) => Promise<Caller>,
): LambdaHandler<AuthorizerEvent, AuthorizerAnswer> {
  const stack = createStack<AuthorizerEvent, AuthorizerAnswer>(observation)
    .before(({ event }) => {
      // API Gateway answers 401 to an error of exactly this message.
      if (tokenOf(event) === undefined) throw new Error('Unauthorized');
    })
    .onError((request) => {
      if (request.error?.message === 'Unauthorized') return;
      const refusal = refusalOf(request.error, '$connect');
      // Without a response the error is thrown on, and the gateway answers 500: come again.
      if (ERRORS[refusal.code].status >= 500) return;
      count('Refused');
      request.response = policy('Deny', request.event, 'refused');
    })
    .handler(async (event) => {
      const { headers, methodArn, queryStringParameters: query } = event;
      const origin = headerOf(headers, 'origin');
      const caller = await admit({ token: tokenOf(event) ?? '', origin });
      const context = toContext({ ...caller, ...readDevice(query?.['device']) });
      return { ...policy('Allow', { methodArn }, caller.user), context };
    });
  return async (event: AuthorizerEvent, context: Context) => stack(event, context);
}

/** The second of `parley.v1, <token>`; there may be blanks after the comma. */
function tokenOf({ headers }: AuthorizerEvent): string | undefined {
  const offered = headerOf(headers, 'sec-websocket-protocol')?.split(',') ?? [];
  const [version, token] = offered.map((protocol) => protocol.trim());
  return version === SUBPROTOCOL && token !== '' ? token : undefined;
}

function headerOf(headers: AuthorizerEvent['headers'], name: string): string | undefined {
  const entries = Object.entries(headers ?? {});
  return entries.find(([key]) => key.toLowerCase() === name)?.[1];
}

function policy(
  effect: 'Allow' | 'Deny',
  { methodArn }: Pick<AuthorizerEvent, 'methodArn'>,
  principalId: string,
): AuthorizerAnswer {
  return {
    principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: methodArn }],
    },
  };
}
