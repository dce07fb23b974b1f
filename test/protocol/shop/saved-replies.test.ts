/** Saved replies: what they fill in, and what is left where nobody knows a value. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fillReply, REPLY_VARIABLES, variablesIn } from '#protocol/shop/saved-replies.ts';

describe('filling in a saved reply', () => {
  it.each([
    ['Hello {{customer}}, thanks!', { customer: 'Nino' }, 'Hello Nino, thanks!'],
    ['Hello {{ customer }}, thanks!', {}, 'Hello, thanks!'],
    ['{{customer}}, hello', {}, 'hello'],
    ['The {{product}} is here', {}, 'The is here'],
    ['The "{{product}}" is here', {}, 'The "" is here'],
    ['Yours, {{agent}}', {}, 'Yours,'],
    ['Hi {{customer}} {{agent}} there', { agent: 'Ana' }, 'Hi Ana there'],
    ['Hi {{customer}} {{agent}} there', {}, 'Hi there'],
    ['Thanks!\n{{agent}}\n{{shop}}', { shop: 'Ceramics' }, 'Thanks!\n\nCeramics'],
    ['a  b', {}, 'a  b'],
    ['re{{product}}d', {}, 'red'],
    ['{{unknown}} {{shop}}', { shop: 'C' }, '{{unknown}} C'],
    ['გამარჯობა, {{customer}}!', { customer: 'ნინო' }, 'გამარჯობა, ნინო!'],
    ['{{customer}}', { customer: ' Nino\n\nB. ' }, 'Nino B.'],
    ['$& {{customer}}', { customer: '$& $1' }, '$& $& $1'],
  ])('%s with %o is %s', (text, values, filled) => {
    expect(fillReply(text, values)).toBe(filled);
  });

  it('fills a value in once: what looks like a variable in it stays', () => {
    expect(fillReply('{{customer}} {{agent}}', { customer: '{{agent}}', agent: 'Ana' })).toBe(
      '{{agent}} Ana',
    );
  });

  it('leaves no known variable, and keeps a text without any as it is', () => {
    const part = fc.oneof(
      fc.constantFrom(...REPLY_VARIABLES.map((name) => `{{${name}}}`), ' ', '\n', ',', '{', '}'),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    );
    const braces = (value: string) => value.length - value.replaceAll('{{', '').length;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const filled = fillReply(text, {});
        expect(braces(filled)).toBeLessThanOrEqual(braces(text));
        expect(variablesIn(text).length > 0 || filled === text.trim()).toBe(true);
      }),
    );
  });

  it('takes hostile braces and blanks without delay', () => {
    const started = performance.now();
    for (const text of [
      '{{'.repeat(1_000),
      `{{${' '.repeat(2_000)}`,
      '{{customer}} '.repeat(150),
    ]) {
      fillReply(text, {});
      variablesIn(text);
    }
    expect(performance.now() - started).toBeLessThan(200);
  });
});
