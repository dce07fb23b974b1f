/** Messages in storage, in a reader's eyes, and in one line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  cutToBytes,
  draftMessage,
  isSameContent,
  previewOf,
  renderMessage,
} from '#core/message.ts';
import { parse } from '#protocol/parse.ts';
import { messageSchema } from '#protocol/message.ts';

import {
  aCustomer,
  aMessage,
  aProduct,
  aText,
  aVendor,
  CUSTOMER,
  VENDOR,
} from '../support/builders.ts';

describe('a preview', () => {
  it('never has more than its bytes, is a beginning, and splits no pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat(240), (text, max) => {
        const cut = cutToBytes(text, max);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(max);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });

  it.each([
    ['a Georgian text at a letter', 'ა'.repeat(100), 'ა'.repeat(80)],
    ['a family before it breaks', `${'x'.repeat(230)}👨‍👩‍👧`, 'x'.repeat(230)],
    ['nothing of what fits', 'x'.repeat(240), 'x'.repeat(240)],
  ])('cuts %s', (_name, text, expected) => {
    expect(previewOf(aMessage({ text }))).toBe(expected);
  });

  it('is one line, a product by its title, and nothing of a deleted message', () => {
    expect(previewOf(aMessage({ text: 'a\n\n b' }))).toBe('a b');
    const { text: _text, ...bare } = aMessage({ type: 'product', product: aProduct() });
    expect(previewOf(bare)).toBe('ლურჯი ჯამი');
    expect(previewOf(aMessage({ deletedAt: '2026-11-22T16:00:00.000Z' }))).toBe('');
  });
});

describe('a draft', () => {
  it('takes the sender from the caller alone', () => {
    const draft = draftMessage(aVendor(), VENDOR, { roomId: 'r', message: aText() });
    expect(draft).toMatchObject({
      sender: VENDOR,
      agent: { user: 'ana' },
      senderName: 'თბილისის კერამიკა',
    });
    expect(
      draftMessage(aCustomer(), CUSTOMER, { roomId: 'r', message: aText() }),
    ).not.toHaveProperty('agent');
  });

  it('is unsupported with attachments', () => {
    const message = {
      id: aMessage().id,
      type: 'image' as const,
      attachments: [{ key: 'k', name: 'n' }],
    };
    expect(() => draftMessage(aCustomer(), CUSTOMER, { roomId: 'r', message })).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });
});

describe('a rendered message', () => {
  it('fits the contract, and loses its content when deleted', () => {
    const stored = aMessage({ product: aProduct(), deletedAt: '2026-11-22T16:00:00.000Z' });
    const message = renderMessage(stored, VENDOR);
    expect(parse(messageSchema, message)).toEqual(message);
    expect(message).toMatchObject({ seq: 1, text: null, product: null });
  });
});

describe('the same content', () => {
  const product = aProduct();
  const reordered = Object.fromEntries(Object.entries(product).toReversed()) as typeof product;
  it.each([
    ['whatever the order of a product’s fields', aMessage({ product: reordered }), true],
    ['not with another text', aMessage({ product, text: 'other' }), false],
    ['not with another product', aMessage({ product: aProduct({ price: '1.00' }) }), false],
    ['not with another answer', aMessage({ product, replyTo: 1 }), false],
    ['whatever it says since it was edited', aMessage({ text: 'new', editedAt: 'then' }), true],
  ])('is found %s', (_name, stored, expected) => {
    expect(isSameContent(stored, aMessage({ product }))).toBe(expected);
  });
});
