/** CORS as an HTTP API answers it: by itself, from its configuration, whatever the function says. */
import type { IncomingMessage } from 'node:http';
import type { CorsModel } from './model.ts';
import type { Undocumented } from './undocumented.ts';

/** Header names to values; of several values each is sent as a line of its own. */
export type ResponseHeaders = Record<string, string | readonly string[]>;

/** True for what the gateway answers itself: an OPTIONS request, wherever CORS is configured. */
export function isPreflight(
  { method, headers }: IncomingMessage,
  { answersOptionsWithoutOrigin }: Undocumented,
): boolean {
  return method === 'OPTIONS' && (headers.origin !== undefined || answersOptionsWithoutOrigin);
}

/** The headers of a preflight's answer; none for an origin that is not allowed. */
export function preflightHeaders(cors: CorsModel, origin: string | undefined): ResponseHeaders {
  const allowed = originHeaders(cors, origin);
  if (allowed === undefined) return {};
  return {
    ...allowed,
    ...listHeader('access-control-allow-methods', cors.allowMethods),
    ...listHeader('access-control-allow-headers', cors.allowHeaders),
    ...(cors.maxAgeSeconds !== undefined && {
      'access-control-max-age': String(cors.maxAgeSeconds),
    }),
  };
}

/** The headers of any other answer; none for an origin that is not allowed. */
export function answerHeaders(cors: CorsModel, origin: string | undefined): ResponseHeaders {
  const allowed = originHeaders(cors, origin);
  if (allowed === undefined) return {};
  return { ...allowed, ...listHeader('access-control-expose-headers', cors.exposeHeaders) };
}

/** A function's headers without those that CORS is made of: the gateway ignores them. */
export function withoutCorsHeaders(headers: ResponseHeaders): ResponseHeaders {
  const own = Object.entries(headers).filter(([name]) => !name.startsWith('access-control-'));
  return Object.fromEntries(own);
}

function originHeaders(cors: CorsModel, origin: string | undefined): ResponseHeaders | undefined {
  if (origin === undefined) return undefined;
  if (cors.allowOrigins.includes('*')) return { 'access-control-allow-origin': '*' };
  if (!cors.allowOrigins.some((pattern) => matchesOrigin(pattern, origin))) return undefined;
  return {
    'access-control-allow-origin': origin,
    vary: 'origin',
    ...(cors.allowCredentials && { 'access-control-allow-credentials': 'true' }),
  };
}

/** `https://shop.example` exactly, or `https://*` for any host of a scheme: the wildcards an HTTP API takes. */
function matchesOrigin(pattern: string, origin: string): boolean {
  const scheme = /^(https?:\/\/)\*$/u.exec(pattern)?.[1];
  return scheme === undefined ? pattern === origin : origin.startsWith(scheme);
}

function listHeader(name: string, values: readonly string[]): ResponseHeaders {
  return values.length > 0 ? { [name]: values.join(',') } : {};
}
