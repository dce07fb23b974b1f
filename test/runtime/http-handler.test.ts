/** The stack under every HTTP call: what its answers carry, and what its failures keep to themselves. */
import { describe, expect, it } from 'vitest';

import { ChatError } from '#protocol/errors.ts';
import { problemSchema } from '#protocol/http-answers.ts';
import { parse } from '#protocol/parse.ts';
import { publicHandler } from '#runtime/http-handler.ts';

import { aContext, httpEvent } from '../support/events.ts';
import { API_HEADERS } from '../support/secure-headers.ts';

type Health = NonNullable<Parameters<typeof publicHandler>[0]['health']>;

async function answerOf(health: Health, route = 'GET /v1/health') {
  const context = aContext();
  const handler = publicHandler({ health });
  const answer = await handler(httpEvent({ route }), context);
  return { ...answer, requestId: context.awsRequestId, body: JSON.parse(answer.body ?? 'null') };
}

const failing = (fault: Error) => async () => Promise.reject(fault);

describe('an answer', () => {
  it('is private, and never a page', async () => {
    const { headers } = await answerOf(async () =>
      Promise.resolve({ status: 200, body: { status: 'ok' } }),
    );
    expect(headers).toEqual({
      ...API_HEADERS,
      'cache-control': 'no-store',
      'content-type': 'application/json',
    });
  });

  it('to a failure inside says its request and nothing else of it', async () => {
    const { statusCode, headers, body, requestId } = await answerOf(
      failing(new TypeError('a secret')),
    );
    expect(statusCode).toBe(500);
    expect(headers?.['content-type']).toBe('application/problem+json');
    expect(parse(problemSchema, body)).toEqual({
      status: 500,
      code: 'internal',
      title: 'Something failed on our side.',
      detail: 'Something failed on our side.',
      requestId,
    });
  });

  it('to a refusal keeps its cause inside, and says in a header when to come back', async () => {
    const cause = new Error('a secret');
    const error = new ChatError('rate_limited', { retryAfter: 7 }, { cause });
    const { statusCode, headers, body } = await answerOf(failing(error));
    expect(statusCode).toBe(429);
    expect(headers).toEqual({
      ...API_HEADERS,
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
      'retry-after': '7',
    });
    expect(body).toMatchObject({ code: 'rate_limited', retryAfter: 7 });
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it.each(['GET /v1/rooms', 'GET /v1/nothing', '$default'])(
    'to %s, which is not of this function, is not found',
    async (route) => {
      const { statusCode } = await answerOf(failing(new Error('never called')), route);
      expect(statusCode).toBe(404);
    },
  );
});
