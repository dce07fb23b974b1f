/** Messages in storage, in a reader's eyes, and in one line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  cutToBytes,
  draftMessage,
  isSameContent,
  previewOf,
  renderMessage,
  type StoredMessage,
} from '#core/message.ts';
import { parse } from '#protocol/parse.ts';
import { messageSchema } from '#protocol/message.ts';

import {
  aCustomer,
  aFile,
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

  it('is one line, a product by its title, files by the first one’s name, and nothing of a deleted message', () => {
    expect(previewOf(aMessage({ text: 'a\n\n b' }))).toBe('a b');
    const { text: _text, ...bare } = aMessage({ type: 'product', product: aProduct() });
    expect(previewOf(bare)).toBe('ლურჯი ჯამი');
    const { text: _no, ...files } = aMessage({ type: 'image', attachments: [aFile(), aFile()] });
    expect(previewOf(files)).toBe('ჯამი.png');
    expect(previewOf({ ...files, text: 'look' })).toBe('look');
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

  it('has its files by their cleaned names, and the message it replies to', () => {
    const message = {
      id: aMessage().id,
      type: 'image' as const,
      replyTo: 3,
      attachments: [{ key: 'k', name: '../a.png', width: 4 }],
    };
    const draft = draftMessage(aCustomer(), CUSTOMER, { roomId: 'r', message });
    expect(draft).toMatchObject({ type: 'image', replyTo: 3 });
    expect(draft.attachments).toMatchObject([{ key: 'k', name: 'a.png', width: 4 }]);
  });
});

describe('a rendered message', () => {
  it('fits the contract, and loses its content when deleted', () => {
    const stored = aMessage({ product: aProduct(), deletedAt: '2026-11-22T16:00:00.000Z' });
    const message = renderMessage(stored, VENDOR);
    expect(parse(messageSchema, message)).toEqual(message);
    expect(message).toMatchObject({ seq: 1, text: null, product: null });
  });

  it('says how often it changed, and nothing where it never did', () => {
    expect(renderMessage(aMessage({ version: 3 }), VENDOR).version).toBe(3);
    expect(renderMessage(aMessage(), VENDOR)).not.toHaveProperty('version');
  });

  it('has its reactions in one order, whatever order they are stored in', () => {
    const stored = aMessage({ reactions: { '😀': [VENDOR], '👍': [CUSTOMER] } });
    expect(Object.keys(renderMessage(stored, VENDOR).reactions)).toEqual(['👍', '😀']);
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

describe('a retry', () => {
  const stored = aMessage({ type: 'file', attachments: [aFile(), aFile({ key: 'k2' })] });
  const again = (changes: Partial<StoredMessage>) =>
    isSameContent(stored, { ...stored, ...changes });

  it('says the same with the same files, whatever is known of them', () => {
    const { key, name } = aFile();
    const drafts = [key, 'k2'].map((it) => ({ key: it, name, contentType: 'x', size: 1 }));
    expect(again({ attachments: drafts })).toBe(true);
  });

  it.each<[string, StoredMessage['attachments']]>([
    ['none', undefined],
    ['one less', [aFile()]],
    ['another order', [aFile({ key: 'k2' }), aFile()]],
    ['another key', [aFile(), aFile({ key: 'k3' })]],
    ['another name', [aFile(), aFile({ key: 'k2', name: 'other.png' })]],
  ])('says something else with %s', (_, attachments) => {
    const { attachments: _files, ...rest } = stored;
    const draft = attachments === undefined ? rest : { ...rest, attachments };
    expect(isSameContent(stored, draft)).toBe(false);
  });
});
