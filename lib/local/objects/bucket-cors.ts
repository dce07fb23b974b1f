/** CORS as a bucket answers it: by the first rule that fits, and not at all where none does. */
import type { IncomingHttpHeaders } from 'node:http';

import type { BucketCorsRule } from '../model.ts';
import { S3Error } from './s3-error.ts';

/** What varies with the request, as S3 says it. */
const VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

type Headers = Readonly<Record<string, string>>;

/**
 * The headers of a preflight's answer.
 * @throws S3Error AccessForbidden where no rule allows what the browser asks for
 */
export function preflightHeaders(
  rules: readonly BucketCorsRule[],
  headers: IncomingHttpHeaders,
): Headers {
  const { origin } = headers;
  const method = headers['access-control-request-method'];
  if (origin === undefined || method === undefined) {
    throw new S3Error('InvalidRequest', 'Insufficient information: name an origin and a method.');
  }
  const wanted = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((it) => it.trim().toLowerCase())
    .filter(Boolean);
  const rule = ruleFor(rules, origin, method);
  if (!rule || !wanted.every((it) => rule.allowedHeaders.some((one) => matches(one, it)))) {
    throw new S3Error('AccessForbidden', 'CORSResponse: This CORS request is not allowed.');
  }
  return {
    ...allowance(rule, origin),
    ...(wanted.length > 0 && { 'access-control-allow-headers': wanted.join(', ') }),
    ...(rule.maxAgeSeconds !== undefined && {
      'access-control-max-age': String(rule.maxAgeSeconds),
    }),
  };
}

/** The headers of any other answer; none without an origin, or for one that no rule allows. */
export function corsHeaders(
  rules: readonly BucketCorsRule[],
  origin: string | undefined,
  method: string,
): Headers {
  const rule = origin === undefined ? undefined : ruleFor(rules, origin, method);
  return rule && origin !== undefined ? allowance(rule, origin) : {};
}

function ruleFor(rules: readonly BucketCorsRule[], origin: string, method: string) {
  return rules.find(
    ({ allowedOrigins, allowedMethods }) =>
      allowedOrigins.some((it) => matches(it, origin)) && allowedMethods.includes(method),
  );
}

function allowance(rule: BucketCorsRule, origin: string): Headers {
  const isAnyone = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isAnyone ? '*' : origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(!isAnyone && { 'access-control-allow-credentials': 'true' }),
    ...(rule.exposedHeaders.length > 0 && {
      'access-control-expose-headers': rule.exposedHeaders.join(', '),
    }),
    vary: VARY,
  };
}

/** One `*` stands for anything; case does not matter in a header's name or a host. */
function matches(pattern: string, text: string): boolean {
  const [start = '', end] = pattern.toLowerCase().split('*', 2);
  const given = text.toLowerCase();
  if (end === undefined) return given === start;
  return (
    given.length >= start.length + end.length && given.startsWith(start) && given.endsWith(end)
  );
}
