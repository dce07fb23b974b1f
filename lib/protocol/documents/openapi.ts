/** The OpenAPI 3.1 document of the HTTP calls, made from the routes, their answers and the table of errors. */
import type * as z from 'zod/mini';

import { ERRORS } from '../error-kinds.ts';
import type { ErrorCode } from '../errors.ts';
import { HTTP_ANSWERS, problemSchema } from '../http-answers.ts';
import { HTTP_ROUTES, type HttpRouteName } from '../http-routes.ts';
import { MAX_DEVICE_LENGTH } from '../limits.ts';
import { withExamples } from './examples.ts';
import { type Components, componentsOf, type Json, reachable, type Schema } from './json-schema.ts';
import { GROUPS, OPERATIONS } from './operations.ts';

/** The contract's version: its first number is the base path's and the subprotocol's. */
export const CONTRACT_VERSION = '1.0.0';

/** Calls that need no token. */
export const PUBLIC_CALLS: ReadonlySet<HttpRouteName> = new Set([
  'getVendor',
  'openapi',
  'asyncapi',
  'health',
]);

const ABOUT = `The HTTP calls of Parley, the chat of a marketplace with many vendors. The socket and the events stand in \`/v1/asyncapi.json\`.

A refusal is a problem document with a code. What API Gateway refuses itself, an unknown path or too much at once, keeps the gateway’s body.

Text is well-formed Unicode, and its length counts UTF-16 units. Readers ignore fields that they do not know.`;

/** `forbidden`: admins are no members of rooms, customers no staff, and staff no customers. */
const REFUSALS_WITH_TOKEN = ['unauthorized', 'token_expired', 'forbidden', 'blocked'] as const;

interface Route {
  readonly method: string;
  readonly path: string;
  readonly params: z.ZodMiniObject;
  readonly query: z.ZodMiniObject;
  readonly body: Schema | null;
}

/** The schemas of both directions under their names. */
interface Parts {
  readonly requests: Components;
  readonly answers: Components;
}

/** The document. Its one server is relative: wherever it was read, whatever domain stands before the API. */
export function openapiDocument(): Json {
  const parts = partsOf();
  const calls = names().map((name) => ({ name, refusals: refusalsOf(name) }));
  const paths: Record<string, Json> = {};
  for (const { name, refusals } of calls) {
    const { method, path } = routeOf(name);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name, refusals, parts) };
  }
  const responses = Object.fromEntries(
    calls.flatMap(({ refusals }) => refusals.map((it) => [it.key, problemOf(it, parts)])),
  );
  const schemas = { ...parts.requests.schemas, ...parts.answers.schemas };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version: CONTRACT_VERSION,
      description: ABOUT,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'Where this document was read.' }],
    tags: Object.entries(GROUPS).map(([name, description]) => ({ name, description })),
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: BEARER },
      parameters: { Device: DEVICE },
      responses,
      schemas: withExamples(reachable(schemas, [paths, responses])),
    },
  };
}

const BEARER = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'A token of the marketplace’s own identity provider.',
};

const DEVICE = {
  name: 'Parley-Device',
  in: 'header',
  description: 'The device, as in the socket’s address, so that it gets no echo of its own doing.',
  schema: { type: 'string', maxLength: MAX_DEVICE_LENGTH },
};

function partsOf(): Parts {
  const bodies = names().flatMap((name) => named(`${capital(name)}Body`, routeOf(name).body));
  const answers = names().flatMap((name) =>
    Object.values(HTTP_ANSWERS[name]).flatMap((it) => named(`${capital(name)}Answer`, it)),
  );
  const inputs = names().flatMap((name) => [
    ...named(`${capital(name)}Path`, routeOf(name).params),
    ...named(`${capital(name)}Query`, routeOf(name).query),
  ]);
  return {
    requests: componentsOf('input', Object.fromEntries(bodies)),
    // What a path or query holds is text on its way and a number for whoever writes it.
    answers: componentsOf('output', Object.fromEntries([...answers, ...inputs])),
  };
}

function named(name: string, schema: Schema | null): (readonly [string, Schema])[] {
  return schema === null ? [] : [[name, schema]];
}

function operationOf(name: HttpRouteName, refusals: readonly Refusal[], parts: Parts): Json {
  const { group, summary, description } = OPERATIONS[name];
  const { body } = routeOf(name);
  const parameters = parametersOf(name, parts.answers);
  return {
    operationId: name,
    tags: [group],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(PUBLIC_CALLS.has(name) ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null
      ? {}
      : { requestBody: { required: true, content: json(parts.requests.ref(body)) } }),
    responses: {
      ...answersOf(name, parts.answers),
      ...Object.fromEntries(
        refusals.map(({ status, key }) => [status, { $ref: `#/components/responses/${key}` }]),
      ),
    },
  };
}

function parametersOf(name: HttpRouteName, { fields }: Components): Json[] {
  const { params, query } = routeOf(name);
  const device = PUBLIC_CALLS.has(name) ? [] : [{ $ref: '#/components/parameters/Device' }];
  return [
    ...fields(params).map(([field, schema]) => ({
      name: field,
      in: 'path',
      required: true,
      schema,
    })),
    ...fields(query).map(([field, schema]) => ({ name: field, in: 'query', schema })),
    ...device,
  ];
}

/** What an answer means, where it may be either. */
const NEW_OR_NOT = { 200: 'It was there already, or is a retry.', 201: 'New.' } as const;
const ALONE = { 200: 'As it is now.', 201: 'New.', 204: 'Done.' } as const;

function answersOf(name: HttpRouteName, { ref }: Components): Json {
  const answers: Readonly<Record<string, Schema | null>> = HTTP_ANSWERS[name];
  const words: Readonly<Record<string, string>> =
    '200' in answers && '201' in answers ? NEW_OR_NOT : ALONE;
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      {
        description: words[status] ?? '',
        ...(schema === null ? {} : { content: json(ref(schema)) }),
      },
    ]),
  );
}

/** The refusals of one status: they share an answer. */
interface Refusal {
  readonly status: number;
  /** Names the answer by its codes, such as `conflict_or_behind`. */
  readonly key: string;
  readonly codes: readonly ErrorCode[];
}

function refusalsOf(name: HttpRouteName): Refusal[] {
  const { params, query, body } = routeOf(name);
  const takes = body !== null || Object.keys({ ...params.shape, ...query.shape }).length > 0;
  const codes: readonly ErrorCode[] = [
    ...(PUBLIC_CALLS.has(name) ? [] : REFUSALS_WITH_TOKEN),
    ...(takes ? (['invalid'] as const) : []),
    ...(body === null ? [] : (['too_large'] as const)),
    ...OPERATIONS[name].refusals,
    'internal',
    'unavailable',
  ];
  const byStatus = Map.groupBy(new Set(codes), (code) => ERRORS[code].status);
  return [...byStatus].map(([status, alike]) => ({
    status,
    codes: alike,
    key: alike.join('_or_'),
  }));
}

function problemOf({ codes, status }: Refusal, { answers }: Parts): Json {
  const examples = codes.map((code) => {
    const { text } = ERRORS[code];
    const value = { status, code, title: text, detail: text, requestId: 'JKJaXmPLvHcESHA=' };
    return [code, { value: code === 'rate_limited' ? { ...value, retryAfter: 4 } : value }];
  });
  return {
    description: codes.map((code) => `\`${code}\`: ${ERRORS[code].text}`).join(' '),
    ...(codes.includes('rate_limited') ? { headers: { 'Retry-After': RETRY_AFTER } } : {}),
    content: {
      'application/problem+json': {
        schema: answers.ref(problemSchema),
        examples: Object.fromEntries(examples),
      },
    },
  };
}

const RETRY_AFTER = {
  description: 'Seconds to wait.',
  schema: { type: 'integer', minimum: 0 },
};

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}

function names(): HttpRouteName[] {
  return Object.keys(HTTP_ROUTES).filter(isRouteName);
}

function isRouteName(name: string): name is HttpRouteName {
  return Object.hasOwn(HTTP_ROUTES, name);
}

function routeOf(name: HttpRouteName): Route {
  return HTTP_ROUTES[name];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
