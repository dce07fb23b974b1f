/** The schemas refuse what the contract refuses, and leave the rest as it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

import { CLIENT_FRAMES } from '#protocol/client-frames.ts';
import { ChatError } from '#protocol/errors.ts';
import { emojiSchema } from '#protocol/fields.ts';
import { HTTP_ANSWERS } from '#protocol/http-answers.ts';
import { HTTP_ROUTES } from '#protocol/http-routes.ts';
import { idOfMember, isMember, roleOfMember, vendorMember } from '#protocol/ids.ts';
import { limitsWith } from '#protocol/limits.ts';
import { outgoingMessageSchema, productSchema } from '#protocol/message.ts';
import { parse } from '#protocol/parse.ts';

const id = '0198c1d2-6f7a-7c3e-9b1d-2a4f6c8e0b13';
const text = (value: unknown) => ({ id, type: 'text', text: value });

function refusal(run: () => unknown): ChatError {
  try {
    run();
  } catch (error) {
    if (error instanceof ChatError) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('an outgoing message', () => {
  it.each([
    ['blanks', text(' \n\t ')],
    ['no text', text('')],
    ['a number', text(7)],
    ['a lone surrogate', text('a\ud800b')],
    ['an id that is no UUID', { ...text('a'), id: 'one' }],
    ['a system message', { id, type: 'system', text: 'a' }],
    ['an image without attachments', { id, type: 'image', attachments: [] }],
    ['an array', [text('a')]],
    ['nothing', null],
  ])('is refused: %s', (_, value) => {
    expect(refusal(() => parse(outgoingMessageSchema, value)).code).toBe('invalid');
  });

  it('is trimmed, and loses what a client may not say', () => {
    const value = { ...text('  hi '), seq: 1, sender: { member: 'vendor:7' }, at: 'never' };
    expect(parse(outgoingMessageSchema, value)).toEqual({ id, type: 'text', text: 'hi' });
  });

  it('keeps no prototype that came in a body', () => {
    const value: unknown = JSON.parse(
      `{"id":"${id}","type":"text","text":"a","__proto__":{"admin":true}}`,
    );
    const parsed = parse(outgoingMessageSchema, value);
    expect(parsed).toEqual({ id, type: 'text', text: 'a' });
    expect('admin' in parsed).toBe(false);
  });

  it('names the field that failed, under the path it stands at', () => {
    const error = refusal(() => parse(outgoingMessageSchema, text(' '), 'message'));
    expect(error.details.errors).toEqual([{ path: 'message.text', message: 'must not be blank' }]);
  });

  it('survives any JSON with an answer', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const result = z.safeParse(outgoingMessageSchema, value);
        expect(result.success).toBe(false);
      }),
    );
  });
});

describe('a read frame', () => {
  it.each([-1, '1', 1.5, Number.POSITIVE_INFINITY, Number.NaN, 2 ** 60, null])(
    'refuses seq %s',
    (seq) => {
      expect(z.safeParse(CLIENT_FRAMES.read, { action: 'read', roomId: 'd-1', seq }).success).toBe(
        false,
      );
    },
  );

  it('takes 0, which is before the first message', () => {
    expect(z.safeParse(CLIENT_FRAMES.read, { action: 'read', roomId: 'd-1', seq: 0 }).success).toBe(
      true,
    );
  });
});

describe('a product', () => {
  const product = { id: 'sku', title: 'Bowl', url: 'https://shop.example/1' };

  it.each([
    'javascript:alert(1)',
    'http://shop.example/1',
    'data:text/html,x',
    '//shop.example',
    'https://u:p@shop.example/',
    'https://shop.example/\u0001',
    'https://shop.example/\ud800',
    '',
  ])('refuses the address %s', (url) => {
    expect(z.safeParse(productSchema, { ...product, url }).success).toBe(false);
    expect(z.safeParse(productSchema, { ...product, image: url }).success).toBe(false);
  });

  it.each(['-1', '1e9', '١٢', '1.23456', 'free'])('refuses the price %s', (price) => {
    expect(z.safeParse(productSchema, { ...product, price }).success).toBe(false);
  });

  it('may stand on this machine, for development', () => {
    expect(
      z.safeParse(productSchema, { ...product, url: 'http://localhost:4000/p/1' }).success,
    ).toBe(true);
  });
});

describe('a query', () => {
  const { query } = HTTP_ROUTES.listMessages;

  it.each([
    { limit: '0' },
    { limit: '101' },
    { limit: 'ten' },
    { after: '-1' },
    { before: '0' },
    { after: '1', before: '2' },
  ])('is refused: %j', (value) => {
    expect(z.safeParse(query, value).success).toBe(false);
  });

  it('has a page of 50 unless asked', () => {
    expect(z.parse(query, {})).toEqual({ limit: 50 });
    expect(z.parse(query, { after: '0', limit: '100' })).toEqual({ after: 0, limit: 100 });
  });
});

describe('the answers', () => {
  it('stand for every call, and for no other', () => {
    expect(Object.keys(HTTP_ANSWERS).toSorted()).toEqual(Object.keys(HTTP_ROUTES).toSorted());
  });
});

describe('limits', () => {
  it('are overridden by name', () => {
    expect(limitsWith('{"messagesPer10Seconds": 100000}').messagesPer10Seconds).toBe(100_000);
    expect(limitsWith(undefined).messagesPer10Seconds).toBe(20);
  });

  it.each([
    '{"messages": 1}',
    '{"maxTextLength": 0}',
    '{"maxTextLength": "9"}',
    '[]',
    'null',
    '{"__proto__": 1}',
  ])('refuse %s', (json) => {
    expect(() => limitsWith(json)).toThrow();
  });
});

describe('a member', () => {
  it('is a role and an id, whatever the id holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), (vendor) => {
        const member = vendorMember(vendor);
        expect(isMember(member)).toBe(true);
        expect(roleOfMember(member)).toBe('vendor');
        expect(idOfMember(member)).toBe(vendor);
      }),
    );
  });

  it.each(['admin:1', 'customer:', 'vendor', 7, null, {}])('is not %s', (value) => {
    expect(isMember(value)).toBe(false);
  });
});

describe('an emoji', () => {
  const heart = '\u2764\uFE0F';
  it.each([
    ['whole', heart, heart],
    ['without its selector', '\u2764', heart],
    ['with a selector that it does not need', '👍\uFE0F', '👍'],
    ['made of several, without their selectors', '\u{1F3F3}\u200D🌈', '\u{1F3F3}\uFE0F\u200D🌈'],
    ['of a skin', '\u{1F575}🏽\u200D\u2642', '\u{1F575}🏽\u200D\u2642\uFE0F'],
    ['on a key', '1\u20E3', '1\uFE0F\u20E3'],
  ])('is the same %s', (_, written, read) => {
    expect(parse(emojiSchema, written)).toBe(read);
  });

  it.each([
    '',
    '1',
    '#',
    'a',
    'a\uFE0F',
    '\uFE0F',
    '\u200D',
    '👍👍',
    '\u2764\u2764',
    '\ud83d',
    '👍'.repeat(17),
  ])('is not %j', (text) => {
    expect(refusal(() => parse(emojiSchema, text)).code).toBe('invalid');
  });
});
