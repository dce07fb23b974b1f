/** Every example of docs/PROTOCOL.md is parsed by the schema it claims to follow. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

import { CLIENT_FRAMES } from '#protocol/client-frames.ts';
import { ERRORS } from '#protocol/errors.ts';
import { HTTP_ANSWERS, problemSchema } from '#protocol/http-answers.ts';
import { HTTP_ROUTES } from '#protocol/http-routes.ts';
import { messageSchema, outgoingMessageSchema } from '#protocol/message.ts';
import { roomSchema } from '#protocol/room.ts';
import { SERVER_FRAMES } from '#protocol/server-frames.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/PROTOCOL.md'), 'utf8');

/** The schema that an example's kind names: the word behind `jsonc` on its fence. */
const SCHEMAS: Record<string, (example: Record<string, unknown>) => z.ZodMiniType | undefined> = {
  room: () => roomSchema,
  message: () => messageSchema,
  outgoing: () => outgoingMessageSchema,
  problem: () => problemSchema,
  'client-frame': ({ action }) => own(CLIENT_FRAMES, action),
  'server-frame': ({ event }) => own(SERVER_FRAMES, event),
};

const examples = [...page.matchAll(/^```jsonc ?(\S*)\n(.*?)^```/gmsu)].flatMap(
  ([, kind = '', body = '']) => splitValues(withoutComments(body)).map((text) => ({ kind, text })),
);

/** The lines of its tables. */
const rows = page.split('\n').filter((line) => line.startsWith('|'));

describe('docs/PROTOCOL.md', () => {
  it.each(examples)('has a valid $kind: $text', ({ kind, text }) => {
    const example: Record<string, unknown> = JSON.parse(text);
    const schema = SCHEMAS[kind]?.(example);
    if (!schema) throw new Error(`Nothing in lib/protocol is a ${kind}: ${text}`);
    // What the schema leaves is the example itself, so no field of it is unknown to the code.
    expect(z.parse(schema, example)).toEqual(example);
  });

  it('shows every action and every event', () => {
    const shown = (kind: string, field: string) =>
      new Set(examples.filter((it) => it.kind === kind).map((it) => JSON.parse(it.text)[field]));
    expect(shown('client-frame', 'action')).toEqual(new Set(Object.keys(CLIENT_FRAMES)));
    expect(shown('server-frame', 'event')).toEqual(new Set(Object.keys(SERVER_FRAMES)));
  });

  it.each(Object.entries(ERRORS))('lists the error %s with its status', (code, { status }) => {
    expect(page).toContain(`| \`${code}\` | ${status} |`);
  });

  it.each(Object.entries(HTTP_ROUTES))('has a row with the statuses of %s', (name, route) => {
    const call = `\`${route.method} ${route.path}`;
    const row = rows.find((it) => it.includes(`${call}\``) || it.includes(`${call}?`));
    const statuses = Object.keys(own<object>(HTTP_ANSWERS, name) ?? {});
    expect(statuses).not.toEqual([]);
    const answers = row?.split(/(?<!\\)\|/u).at(-2);
    expect(answers?.match(/\b\d{3}\b/gu)?.toSorted()).toEqual(statuses);
  });
});

function own<T>(table: Record<string, T>, key: unknown): T | undefined {
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Drops `//` to the end of the line where it stands outside of a string. */
function withoutComments(text: string): string {
  return text.replaceAll(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*/gu, (_, string?: string) => string ?? '');
}

/** The JSON values that stand one behind the other in a text. */
function splitValues(text: string): string[] {
  const values: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gu)) {
    if (token === '{' && depth++ === 0) start = index;
    if (token === '}' && --depth === 0) values.push(text.slice(start, index + 1));
  }
  return values;
}
