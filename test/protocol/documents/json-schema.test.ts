import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

import { CLIENT_FRAMES } from '#protocol/client-frames.ts';
import { asyncapiDocument } from '#protocol/documents/asyncapi.ts';
import { EXAMPLES } from '#protocol/documents/examples.ts';
import { componentsOf, reachable, type Schema } from '#protocol/documents/json-schema.ts';
import { openapiDocument } from '#protocol/documents/openapi.ts';
import { emojiSchema, memberSchema, messageIdSchema, timeSchema } from '#protocol/fields.ts';
import { HTTP_ROUTES, type HttpRouteName } from '#protocol/http-routes.ts';
import { messageSchema, outgoingMessageSchema, productSchema } from '#protocol/message.ts';
import { roomSchema } from '#protocol/room.ts';
import { savedReplyBodySchema, vendorSettingsSchema } from '#protocol/vendor.ts';

import { validatorsOf } from '../../support/json-schema.ts';

const openapi = JSON.parse(JSON.stringify(openapiDocument()));
const { of } = validatorsOf(openapi);
const component = (name: string) => of(`#/components/schemas/${name}`);
const frames = validatorsOf(asyncapiDocument({ socket: 'wss://chat.example/prod' }));

const ID = '0198c1d2-6f7a-7c3e-9b1d-2a4f6c8e0b13';
const product = { id: 'sku-1', title: 'Blue bowl', url: 'https://shop.example/p/1' };
const text = (change: object) => ({ id: ID, type: 'text', text: 'Hello', ...change });
const day = (...hours: string[]) => hours.map((from) => ({ from, to: '24:00' }));
const week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

/** What both the code and the document must refuse. */
const HOSTILE: readonly (readonly [string, Schema, unknown])[] = [
  ['Member', memberSchema, 'admin:1'],
  ['Member', memberSchema, 'customer:'],
  ['Member', memberSchema, `vendor:${'7'.repeat(193)}`],
  ['Member', memberSchema, 7],
  ['Time', timeSchema, '2026-11-22T10:15:30Z'],
  ['Time', timeSchema, '2026-11-22T10:15:30.123+04:00'],
  ['Time', timeSchema, '22.11.2026'],
  ['MessageId', messageIdSchema, '1'],
  ['MessageId', messageIdSchema, `${ID}\n`],
  ['Emoji', emojiSchema, '👍'.repeat(33)],
  ['Emoji', emojiSchema, 1],
  ['Product', productSchema, { ...product, url: 'javascript:alert(1)' }],
  ['Product', productSchema, { ...product, url: 'data:text/html,x' }],
  ['Product', productSchema, { ...product, price: '45,00' }],
  ['Product', productSchema, { ...product, currency: 'gel' }],
  ['Product', productSchema, { ...product, title: '' }],
  ['Product', productSchema, { url: product.url }],
  ['OutgoingMessage', outgoingMessageSchema, text({ text: ' \n\t ' })],
  ['OutgoingMessage', outgoingMessageSchema, text({ text: '\u{FEFF}' })],
  ['OutgoingMessage', outgoingMessageSchema, text({ text: null })],
  ['OutgoingMessage', outgoingMessageSchema, text({ text: 'x'.repeat(16_001) })],
  ['OutgoingMessage', outgoingMessageSchema, text({ type: 'system' })],
  ['OutgoingMessage', outgoingMessageSchema, text({ id: undefined })],
  ['OutgoingMessage', outgoingMessageSchema, text({ replyTo: 0 })],
  ['OutgoingMessage', outgoingMessageSchema, text({ replyTo: 1.5 })],
  ['OutgoingMessage', outgoingMessageSchema, { id: ID, type: 'image', attachments: [] }],
  ['OutgoingMessage', outgoingMessageSchema, { id: ID, type: 'product' }],
  ['OutgoingMessage', outgoingMessageSchema, []],
  ['VendorSettingsInput', vendorSettingsSchema, { greeting: '   ' }],
  ['VendorSettingsInput', vendorSettingsSchema, { picture: 'ftp://shop.example/7.png' }],
  ['VendorSettingsInput', vendorSettingsSchema, { hours: { timeZone: 'Asia/Tbilisi', week: {} } }],
  [
    'VendorSettingsInput',
    vendorSettingsSchema,
    { hours: { timeZone: 'Asia/Tbilisi', week: { ...week, mon: day('25:00') } } },
  ],
  ['SavedReplyBody', savedReplyBodySchema, { shortcut: 'a', messages: [] }],
  ['SavedReplyBody', savedReplyBodySchema, { shortcut: 'a', messages: Array(6).fill('x') }],
];

describe('the generated schemas', () => {
  it.each(HOSTILE)('refuse what the code refuses of a %s: %#', (name, schema, value) => {
    const wire: unknown = JSON.parse(JSON.stringify(value));
    expect(z.safeParse(schema, wire).success).toBe(false);
    expect(component(name)(wire)).toBe(false);
  });

  it('take what the code takes, also where it is unusual', () => {
    const usual: readonly (readonly [string, Schema, unknown])[] = [
      ['MessageId', messageIdSchema, ID.toUpperCase()],
      ['Member', memberSchema, 'vendor:staff|7\n'],
      ['Product', productSchema, { ...product, url: 'HTTPS://shop.example/წიგნი', colour: 'blue' }],
      ['Emoji', emojiSchema, '👩‍👩‍👧‍👦'],
      ['Emoji', emojiSchema, '\u2764'],
      ['SavedReplyBody', savedReplyBodySchema, { shortcut: 'ჭიქა', messages: ['{{ customer }}!'] }],
      ['VendorSettingsInput', vendorSettingsSchema, {}],
    ];
    for (const [name, schema, value] of usual) {
      expect(z.safeParse(schema, value).success).toBe(true);
      const validate = component(name);
      validate(value);
      expect(validate.errors).toBeNull();
    }
  });

  it('are never stricter than the code, whatever a client says', () => {
    const anything = fc.oneof(
      fc.constantFrom<unknown>(ID, 'text', 'image', 'product', 'd-7Zk1', '👍', 1, 0, true, null),
      fc.constantFrom<unknown>(text({}), text({ product }), [{ key: 'k', name: 'n' }], product),
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.integer({ min: -2, max: 3 }),
    );
    const room = { ref: '1', roomId: 'd-7Zk1' };
    const usual = { ...room, seq: 1, typing: true, text: 'Hello', emoji: '👍', on: true, after: 0 };
    const odd = fc.dictionary(
      fc.constantFrom(...Object.keys(usual), 'message', 'replying'),
      anything,
      {
        maxKeys: 2,
      },
    );
    const actions = Object.entries(CLIENT_FRAMES).map(([action, schema]) => ({
      action,
      schema: schema as Schema,
      validate: frames.of(`#/channels/socket/messages/action.${action}/payload`),
    }));
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...actions), odd, ({ action, schema, validate }, strange) => {
        const frame = { ...usual, message: text({}), ...strange, action };
        const value: unknown = JSON.parse(JSON.stringify(frame));
        if (!z.safeParse(schema, value).success) return true;
        taken += 1;
        return validate(value);
      }),
      { numRuns: 500 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it.each(Object.entries(EXAMPLES))('have an example of a %s that fits', (name, example) => {
    const validate = component(name);
    validate(example);
    expect(validate.errors).toBeNull();
    expect(openapi.components.schemas[name].examples).toEqual([example]);
  });

  it('have examples that the code takes without losing a field of them', () => {
    const schemas: Record<string, Schema> = {
      Message: messageSchema,
      OutgoingMessage: outgoingMessageSchema,
      Product: productSchema,
      Room: roomSchema,
      SavedReplyBody: savedReplyBodySchema,
    };
    for (const [name, schema] of Object.entries(schemas)) {
      expect(z.parse(schema, EXAMPLES[name])).toEqual(EXAMPLES[name]);
    }
  });

  it('look alike whichever way they go, but for those with defaults', () => {
    const input = componentsOf('input', {}).schemas;
    const output = componentsOf('output', {}).schemas;
    const differing = Object.keys({ ...input, ...output }).filter(
      (name) => JSON.stringify(input[name]) !== JSON.stringify(output[name]),
    );
    expect(differing.toSorted()).toEqual([
      'OpeningHours',
      'OpeningHoursInput',
      'VendorSettings',
      'VendorSettingsInput',
    ]);
  });

  it('say in words what they cannot check', () => {
    const { schemas } = openapi.components;
    expect(schemas.Link.description).toContain('https address');
    expect(schemas.Emoji).toMatchObject({ maxLength: 32, description: 'It must be one emoji.' });
    expect(schemas.Emoji).not.toHaveProperty('pattern');
    expect(schemas.Text.description).toContain('trimmed');
    expect(JSON.stringify(schemas)).not.toMatch(/lone surrogates|\\\\p\{/u);
  });

  it('ask for a body where a call takes one, and nowhere else', () => {
    for (const name of Object.keys(HTTP_ROUTES) as HttpRouteName[]) {
      const { method, path, body } = HTTP_ROUTES[name];
      const operation = openapi.paths[path][method.toLowerCase()];
      expect(operation.requestBody?.required).toBe(body === null ? undefined : true);
    }
  });
});

describe('the components', () => {
  it('refuse to point to a schema without a name', () => {
    expect(() => componentsOf('input', {}).ref(z.string())).toThrow(/has no name/u);
  });

  it('are those that a document leads to, through one another', () => {
    const point = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    const schemas = { A: { items: point('B') }, B: point('A'), C: point('A') };
    expect(reachable(schemas, [point('A')])).toEqual({ A: schemas.A, B: schemas.B });
    expect(reachable(schemas, [])).toEqual({});
  });
});
