/** A call of the HTTP contract: found by its route key, its input parsed by its schemas. */
import { ChatError } from '#protocol/errors.ts';
import type { HTTP_ANSWERS } from '#protocol/http-answers.ts';
import { HTTP_ROUTES, type HttpRouteName } from '#protocol/http-routes.ts';
import { MAX_SOCKET_MESSAGE_BYTES } from '#protocol/limits.ts';
import { parse } from '#protocol/parse.ts';

import { readJson } from './frame.ts';

/** What API Gateway sends for a call (payload 2.0), as far as it is read. Header names are lower case. */
export interface HttpEvent {
  readonly routeKey: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

type Output<S> = S extends { _zod: { output: infer O } } ? O : null;
type Route<N extends HttpRouteName> = (typeof HTTP_ROUTES)[N];
type Answers<N extends HttpRouteName> = (typeof HTTP_ANSWERS)[N];

/** What a call was given, as its schemas leave it. */
export interface HttpInput<N extends HttpRouteName> {
  readonly params: Output<Route<N>['params']>;
  readonly query: Output<Route<N>['query']>;
  readonly body: Output<Route<N>['body']>;
}

/** One of the answers that the contract allows a call. */
export type HttpAnswer<N extends HttpRouteName> = {
  [S in keyof Answers<N>]: {
    readonly status: S;
    readonly body: Output<Answers<N>[S]>;
    /** Lower-case names; they replace the ones that every answer has. */
    readonly headers?: Readonly<Record<string, string>>;
  };
}[keyof Answers<N>];

type Schema = Parameters<typeof parse>[0];
interface Schemas {
  readonly params: Schema;
  readonly query: Schema;
  readonly body: Schema | null;
}

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(HTTP_ROUTES).map(([name, { method, path }]) => [`${method} ${path}`, name]),
);

/** The call of a route key such as `GET /v1/rooms/{roomId}`. */
export function nameOfRoute(routeKey: string): HttpRouteName | undefined {
  const name = NAMES.get(routeKey);
  return name !== undefined && isRouteName(name) ? name : undefined;
}

/** @throws ChatError `invalid` naming the fields that do not fit, `too_large` */
export function readInput<N extends HttpRouteName>(name: N, event: HttpEvent): HttpInput<N> {
  const { params, query, body }: Schemas = HTTP_ROUTES[name];
  const input = {
    params: parse(params, event.pathParameters ?? {}),
    query: parse(query, event.queryStringParameters ?? {}),
    body: body === null ? null : parse(body, readBody(event)),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schemas of this very name made it
  return input as HttpInput<N>;
}

/** JSON whatever the content type says: the token in a header, and no cookie, is what protects from forged forms. */
function readBody({ body = '', isBase64Encoded = false }: HttpEvent): unknown {
  // Base64 is a third longer than what it holds.
  if (body.length > (isBase64Encoded ? 1.4 : 1) * MAX_SOCKET_MESSAGE_BYTES) {
    throw new ChatError('too_large');
  }
  const value = readJson(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
  if (value !== undefined) return value;
  throw new ChatError('invalid', { errors: [{ path: '', message: 'must be JSON' }] });
}

function isRouteName(name: string): name is HttpRouteName {
  return Object.hasOwn(HTTP_ROUTES, name);
}
