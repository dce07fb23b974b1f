import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';

import { openapiDocument, PUBLIC_CALLS } from '#protocol/documents/openapi.ts';
import { GROUPS, OPERATIONS } from '#protocol/documents/operations.ts';
import { ERRORS } from '#protocol/error-kinds.ts';
import { HTTP_ANSWERS } from '#protocol/http-answers.ts';
import { HTTP_ROUTES, type HttpRouteName } from '#protocol/http-routes.ts';

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly security?: unknown;
  readonly parameters?: readonly {
    name: string;
    in: string;
    required?: boolean;
    schema: unknown;
  }[];
  readonly requestBody?: { readonly content: Record<string, { schema: { $ref: string } }> };
  readonly responses: Readonly<Record<string, { $ref?: string; content?: unknown }>>;
}

interface Parts {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly tags: readonly { name: string }[];
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly responses: Readonly<Record<string, { content: Record<string, { examples: object }> }>>;
  };
}

const text = JSON.stringify(openapiDocument());
const document: Parts = JSON.parse(text);
const names = Object.keys(HTTP_ROUTES) as HttpRouteName[];

const operationOf = (name: HttpRouteName) => {
  const { method, path } = HTTP_ROUTES[name];
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`${method} ${path} is not in the document.`);
  return operation;
};

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(JSON.parse(text))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('has every call and nothing else', () => {
    const found = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, it]) => [
        it.operationId,
        method.toUpperCase(),
        path,
      ]),
    );
    const expected = Object.entries(HTTP_ROUTES).map(([name, it]) => [name, it.method, it.path]);
    expect(new Set(found.map(String))).toEqual(new Set(expected.map(String)));
  });

  it.each(names)('has every answer of %s, and problems besides', (name) => {
    const { responses } = operationOf(name);
    const answers = Object.keys(HTTP_ANSWERS[name]);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining([...answers, '500', '503']));
    for (const [status, schema] of Object.entries(HTTP_ANSWERS[name])) {
      expect(responses[status]?.content !== undefined).toBe(schema !== null);
    }
    for (const status of Object.keys(responses).filter((it) => !answers.includes(it))) {
      expect(responses[status]?.$ref).toMatch(/^#\/components\/responses\//u);
    }
  });

  it.each(names)('asks for a token for %s unless anybody may make the call', (name) => {
    const isOpen = PUBLIC_CALLS.has(name);
    expect(operationOf(name).security).toEqual(isOpen ? [] : undefined);
    expect('401' in operationOf(name).responses).toBe(!isOpen);
  });

  it.each(names)('names each parameter of %s once, those in the path as required', (name) => {
    const { parameters = [] } = operationOf(name);
    const inPath = parameters.filter((it) => it.in === 'path');
    const placed = [...HTTP_ROUTES[name].path.matchAll(/\{(\w+)\}/gu)].map((it) => it[1]);
    expect(inPath.map((it) => it.name)).toEqual(placed);
    expect(inPath.every((it) => it.required === true)).toBe(true);
    const query = parameters.filter((it) => it.in === 'query').map((it) => it.name);
    expect(query).toEqual(Object.keys(HTTP_ROUTES[name].query.shape));
    expect(parameters.filter((it) => it.name !== undefined).every((it) => it.schema)).toBe(true);
  });

  it('takes numbers where a query is read as one, with its bounds and default', () => {
    const limit = operationOf('listRooms').parameters?.find((it) => it.name === 'limit');
    expect(limit?.schema).toEqual({ type: 'integer', minimum: 1, maximum: 100, default: 50 });
    const after = operationOf('listMessages').parameters?.find((it) => it.name === 'after');
    expect(after?.schema).toEqual({ type: 'integer', minimum: 0 });
  });

  it.each(Object.entries(ERRORS))('shows the error %s with its status', (code, { status }) => {
    const shown = Object.values(document.components.responses).flatMap(({ content }) =>
      Object.entries(content['application/problem+json']?.examples ?? {}),
    );
    const example: unknown = shown.find(([name]) => name === code)?.[1];
    expect(example).toMatchObject({ value: { code, status } });
  });

  it('says in one group what each call does', () => {
    const groups = document.tags.map((it) => it.name);
    expect(groups).toEqual(Object.keys(GROUPS));
    for (const name of names) {
      const { tags, summary } = operationOf(name);
      expect(groups).toContain(tags[0]);
      expect(summary).toBe(OPERATIONS[name].summary);
      expect(summary).toMatch(/^[A-Z].*[^.]$/u);
    }
  });

  it('points to what is there and has nothing that nobody points to', () => {
    const pointers = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/gu)].map((it) => it[1]),
    );
    const there = Object.entries(document.components)
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, entries]) => Object.keys(entries).map((name) => `${kind}/${name}`));
    expect(pointers).toEqual(new Set(there));
  });
});
