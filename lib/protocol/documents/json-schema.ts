/** The contract's schemas as JSON Schema 2020-12, named so that documents refer to them. Never stricter than the code. */
import * as z from 'zod/mini';

import { suspensionSchema } from '../admin/suspension.ts';
import {
  emojiSchema,
  linkSchema,
  memberSchema,
  messageIdSchema,
  refSchema,
  roomIdSchema,
  subjectSchema,
  timeSchema,
  vendorIdSchema,
} from '../fields.ts';
import { problemSchema, sentMessageSchema } from '../http-answers.ts';
import { UUID_PATTERN } from '../ids.ts';
import {
  attachmentSchema,
  messageSchema,
  messageTypeSchema,
  outgoingMessageSchema,
  productSchema,
  senderSchema,
  textSchema,
} from '../message.ts';
import { noteSchema, outgoingNoteSchema } from '../shop/note.ts';
import {
  lastMessageSchema,
  mineSchema,
  participantSchema,
  roomMemberSchema,
  roomSchema,
  roomStatusSchema,
} from '../room.ts';
import {
  openingHoursSchema,
  savedReplyBodySchema,
  savedReplySchema,
  vendorSchema,
  vendorSettingsSchema,
} from '../vendor.ts';

/** Any JSON object: a schema, a part of a document. */
export type Json = Record<string, unknown>;

/** A schema of the contract. */
export type Schema = z.ZodMiniType;

/** The nouns of the contract. Those that look alike whichever way they go. */
const NOUNS: Readonly<Record<string, Schema>> = {
  Member: memberSchema,
  Time: timeSchema,
  RoomId: roomIdSchema,
  MessageId: messageIdSchema,
  VendorId: vendorIdSchema,
  Subject: subjectSchema,
  Ref: refSchema,
  Link: linkSchema,
  Emoji: emojiSchema,
  Text: textSchema,
  Product: productSchema,
  Attachment: attachmentSchema,
  Sender: senderSchema,
  MessageType: messageTypeSchema,
  Message: messageSchema,
  SentMessage: sentMessageSchema,
  OutgoingMessage: outgoingMessageSchema,
  RoomMember: roomMemberSchema,
  RoomStatus: roomStatusSchema,
  LastMessage: lastMessageSchema,
  Mine: mineSchema,
  Room: roomSchema,
  Participant: participantSchema,
  Note: noteSchema,
  OutgoingNote: outgoingNoteSchema,
  Vendor: vendorSchema,
  Day: openingHoursSchema.shape.week.shape.mon,
  SavedReplyBody: savedReplyBodySchema,
  SavedReply: savedReplySchema,
  Suspension: suspensionSchema,
  Problem: problemSchema,
};

/** Where a schema fills in defaults, what may be left out differs from what comes back. */
const NOUNS_BY_DIRECTION = {
  input: { OpeningHoursInput: openingHoursSchema, VendorSettingsInput: vendorSettingsSchema },
  output: { OpeningHours: openingHoursSchema, VendorSettings: vendorSettingsSchema },
} as const satisfies Record<string, Readonly<Record<string, Schema>>>;

const NO_CONTROLS = String.raw`^[^\u0000-\u001f\u007f-\u009f]*$`;

/** What JSON Schema can say of checks that are code, in patterns that every language's engine knows. */
const SAID_OTHERWISE = new Map<z.core.$ZodType, Json>([
  [memberSchema, { type: 'string', pattern: String.raw`^(customer|vendor):[\s\S]{1,192}$` }],
  [timeSchema, { pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$` }],
  // JSON Schema has no flag for "whatever the case".
  [messageIdSchema, { format: 'uuid', pattern: UUID_PATTERN.source.replaceAll('a-f', 'A-Fa-f') }],
  [vendorIdSchema, { pattern: NO_CONTROLS }],
  [subjectSchema, { pattern: NO_CONTROLS }],
  // No `format: uri`: addresses may have letters of any script.
  [linkSchema, { pattern: '^ *[Hh][Tt][Tt][Pp][Ss]?:' }],
]);

/** Schemas under their names. */
export interface Components {
  /** Every schema that `refs` can point to. */
  readonly schemas: Readonly<Record<string, Json>>;
  /** `{ $ref }` of a schema that has a name. */
  readonly ref: (schema: Schema) => Json;
  /** The fields of an object that has a name, each with its schema. */
  readonly fields: (schema: Schema) => readonly (readonly [string, unknown])[];
}

/**
 * The nouns and some more schemas under their names.
 * @param io `input` is what a caller may send, `output` what comes of it after defaults
 * @param more schemas by their names; one that is a noun already keeps the noun's name
 */
export function componentsOf(
  io: 'input' | 'output',
  more: Readonly<Record<string, Schema>>,
): Components {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ ...NOUNS, ...NOUNS_BY_DIRECTION[io], ...more })) {
    if (!registry.has(schema)) registry.add(schema, { id });
  }
  const generated = z.toJSONSchema(registry, {
    io,
    uri: addressOf,
    // Names come from this registry, and nothing from zod's global one.
    metadata: z.registry(),
    unrepresentable: ({ zodSchema }) => standIn(zodSchema),
    override: ({ zodSchema, jsonSchema }) => adapt(zodSchema, jsonSchema),
  });
  const schemas: Record<string, Json> = Object.fromEntries(
    Object.entries(generated.schemas).map(([name, schema]) => [name, withoutIdentity(schema)]),
  );
  const nameOf = (schema: Schema) => {
    const id = registry.get(schema)?.id;
    if (id === undefined) throw new Error('This schema has no name: give componentsOf() one.');
    return id;
  };
  return {
    schemas,
    ref: (schema) => ({ $ref: addressOf(nameOf(schema)) }),
    fields: (schema) => Object.entries(Object(schemas[nameOf(schema)]?.['properties'])),
  };
}

/** Only those schemas that a document's other parts lead to, directly or through one another. */
export function reachable(
  schemas: Readonly<Record<string, Json>>,
  from: unknown,
): Record<string, Json> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(REFERENCE)) {
      if (found.has(name)) continue;
      found.add(name);
      walk(schemas[name]);
    }
  };
  walk(from);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => found.has(name)));
}

const REFERENCE = /"#\/components\/schemas\/([^"/]+)"/gu;

function addressOf(name: string): string {
  return `#/components/schemas/${name}`;
}

/** Documents name the dialect once, and their components by where they stand. */
function withoutIdentity(schema: Json): Json {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => !['$schema', '$id'].includes(key)),
  );
}

/** In the place of code: a member, or a number that is written as text in a path or query. */
function standIn(schema: z.core.$ZodType): Json {
  return SAID_OTHERWISE.get(schema) ?? { type: 'integer', minimum: 0 };
}

/** Leaves nothing in a schema that the code does not insist on, and says in words what the schema cannot. */
function adapt(schema: z.core.$ZodType, json: Json): void {
  // Later versions add fields, and a reader ignores those that it does not know.
  if (json['additionalProperties'] === false) delete json['additionalProperties'];
  // Whole numbers are exact in JavaScript up to here, which goes without saying.
  if (json['maximum'] === Number.MAX_SAFE_INTEGER) delete json['maximum'];
  if (json['minimum'] === Number.MIN_SAFE_INTEGER) delete json['minimum'];
  // The format says it, in fewer words than the pattern.
  if (json['format'] === 'date') delete json['pattern'];
  Object.assign(json, SAID_OTHERWISE.get(schema));
  const words = checksOf(schema).flatMap((check) => adaptCheck(check, json));
  if (words.length > 0) json['description'] = `It ${words.join(' and ')}.`;
}

/** Adapts to one check; answers what is left to say in words. */
function adaptCheck(check: z.core.$ZodCheck, json: Json): string[] {
  const { def } = check._zod;
  if (def.check === 'overwrite') {
    if (!trims(def)) return [];
    // What counts is that something is left.
    json['pattern'] = String.raw`\S`;
    return ['is trimmed'];
  }
  // Classes of characters are not known to every engine.
  const isForeign =
    def.check === 'string_format' && String(json['pattern']).includes(String.raw`\p{`);
  if (isForeign) delete json['pattern'];
  return isForeign || def.check === 'custom' ? wordsOf(def) : [];
}

/** The other overwrite of the contract writes an emoji in its one way, which a caller need not know. */
function trims(def: z.core.$ZodCheckDef): boolean {
  const rewrite: unknown = Reflect.get(def, 'tx');
  return typeof rewrite === 'function' && Reflect.apply(rewrite, undefined, [' x ']) === 'x';
}

function wordsOf({ error }: z.core.$ZodCheckDef): string[] {
  const said: unknown = error === undefined ? undefined : Reflect.apply(error, undefined, [{}]);
  // That text is Unicode holds for all of it: a document says it once.
  return typeof said === 'string' && !said.includes('well-formed') ? [said] : [];
}

function checksOf(schema: z.core.$ZodType): readonly z.core.$ZodCheck[] {
  const { def } = schema._zod;
  return 'checks' in def && Array.isArray(def.checks) ? def.checks : [];
}
