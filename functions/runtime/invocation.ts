/** What every invocation has in common: its id on every log line, its counters written once at the end. */
import type { Context } from 'aws-lambda';

import { ERRORS } from '#protocol/error-kinds.ts';
import { ChatError, type ErrorDetails } from '#protocol/errors.ts';

import { logger } from './logger.ts';
import { count, flushMetrics } from './metrics.ts';

/** What Lambda runs: two parameters, because Node 24 refuses a third. */
export type LambdaHandler<E, R> = (event: E, context: Context) => Promise<R>;

/** Hooks for the bottom of every middy stack: they run however the invocation ends. */
export const observation = {
  requestStart: ({ context }: { context: Context }) => {
    logger.addContext(context);
  },
  requestEnd: ({ context }: { context: Context }) => {
    flushMetrics(context.awsRequestId);
  },
};

/** An error as its caller may see it. */
export interface Refusal extends ErrorDetails {
  readonly code: ChatError['code'];
  readonly message: string;
}

/**
 * What a caller may know of a failure. What is not a ChatError is `internal`, and goes whole into the log only.
 * @param route which call failed, for the log
 */
export function refusalOf(error: unknown, route: string): Refusal {
  if (!(error instanceof ChatError)) {
    count('InternalErrors');
    logger.error('failed', { route, error: error instanceof Error ? error : String(error) });
    return { code: 'internal', message: ERRORS.internal.text };
  }
  const { code, cause } = error;
  const isOurs = ERRORS[code].status >= 500;
  if (code === 'rate_limited') count('RateLimited');
  // Refusals are ordinary life; a cause says more only where we are to blame, or where a token did not fit.
  if (isOurs)
    logger.warn('refused', { route, code, ...(cause instanceof Error && { error: cause }) });
  else logger.debug('refused', { route, code });
  return { ...error.details, code, message: error.details.message ?? ERRORS[code].text };
}
