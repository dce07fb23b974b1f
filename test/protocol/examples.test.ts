/** Every example of docs/PROTOCOL.md is parsed by the schema it claims to follow, in the code and in the served documents. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

import { suspensionSchema } from '#protocol/admin/suspension.ts';
import { CLIENT_FRAMES } from '#protocol/client-frames.ts';
import { asyncapiDocument } from '#protocol/documents/asyncapi.ts';
import { openapiDocument } from '#protocol/documents/openapi.ts';
import { ERRORS } from '#protocol/error-kinds.ts';
import { BUS_EVENTS } from '#protocol/events.ts';
import { HTTP_ANSWERS, problemSchema } from '#protocol/http-answers.ts';
import { HTTP_ROUTES } from '#protocol/http-routes.ts';
import { EVENT_SOURCE } from '#protocol/ids.ts';
import { messageSchema, outgoingMessageSchema } from '#protocol/message.ts';
import { noteSchema } from '#protocol/shop/note.ts';
import { roomSchema } from '#protocol/room.ts';
import { SERVER_FRAMES } from '#protocol/server-frames.ts';
import { savedReplySchema, vendorSchema, vendorSettingsSchema } from '#protocol/vendor.ts';

import { examplesOf } from '../support/examples.ts';
import { segment, validatorsOf } from '../support/json-schema.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/PROTOCOL.md'), 'utf8');

const openapi = validatorsOf(openapiDocument());
const asyncapi = validatorsOf(asyncapiDocument({ socket: 'wss://chat.example/prod' }));

/** What an example claims to follow: the code's schema, and where the documents have theirs. */
interface Claim {
  readonly schema: z.ZodMiniType | undefined;
  readonly validate: () => ValidateFunction;
}

const component = (schema: z.ZodMiniType, name: string): Claim => ({
  schema,
  validate: () => openapi.of(`#/components/schemas/${name}`),
});
const payload = (table: Record<string, z.ZodMiniType>, name: unknown, at: string): Claim => ({
  schema: own(table, name),
  validate: () => asyncapi.of(`#/channels/${at}${segment(String(name))}/payload`),
});

/** The claim of the word behind `jsonc` on an example's fence. */
const CLAIMS: Record<string, (example: Record<string, unknown>) => Claim> = {
  room: () => component(roomSchema, 'Room'),
  message: () => component(messageSchema, 'Message'),
  outgoing: () => component(outgoingMessageSchema, 'OutgoingMessage'),
  note: () => component(noteSchema, 'Note'),
  shop: () => component(vendorSchema, 'Vendor'),
  settings: () => component(vendorSettingsSchema, 'VendorSettingsInput'),
  reply: () => component(savedReplySchema, 'SavedReply'),
  suspension: () => component(suspensionSchema, 'Suspension'),
  upload: () => component(HTTP_ANSWERS.createUpload[201], 'CreateUploadAnswer'),
  download: () => component(HTTP_ANSWERS.getAttachment[200], 'GetAttachmentAnswer'),
  problem: () => component(problemSchema, 'Problem'),
  'client-frame': ({ action }) => payload(CLIENT_FRAMES, action, 'socket/messages/action.'),
  'server-frame': ({ event }) => payload(SERVER_FRAMES, event, 'socket/messages/event.'),
  'bus-event': ({ 'detail-type': type }) => payload(ENVELOPES, type, 'bus/messages/'),
};

/** What the bus carries, as EventBridge wraps it. */
const ENVELOPES = Object.fromEntries(
  Object.entries(BUS_EVENTS).map(([type, detail]) => [
    type,
    z.object({ source: z.literal(EVENT_SOURCE), 'detail-type': z.literal(type), detail }),
  ]),
);

const examples = examplesOf(page);

/** The lines of its tables. */
const rows = page.split('\n').filter((line) => line.startsWith('|'));

describe('docs/PROTOCOL.md', () => {
  it.each(examples)('has a valid $kind: $text', ({ kind, text }) => {
    const example: Record<string, unknown> = JSON.parse(text);
    const { schema, validate } = CLAIMS[kind]?.(example) ?? {};
    if (!schema || !validate) throw new Error(`Nothing in lib/protocol is a ${kind}: ${text}`);
    // What the schema leaves is the example itself, so no field of it is unknown to the code.
    expect(z.parse(schema, example)).toEqual(example);
    const validator = validate();
    validator(example);
    expect(validator.errors).toBeNull();
  });

  it('shows every action and every event of the socket and the bus', () => {
    const shown = (kind: string, field: string) =>
      new Set(examples.filter((it) => it.kind === kind).map((it) => JSON.parse(it.text)[field]));
    expect(shown('client-frame', 'action')).toEqual(new Set(Object.keys(CLIENT_FRAMES)));
    expect(shown('server-frame', 'event')).toEqual(new Set(Object.keys(SERVER_FRAMES)));
    expect(shown('bus-event', 'detail-type')).toEqual(new Set(Object.keys(BUS_EVENTS)));
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
