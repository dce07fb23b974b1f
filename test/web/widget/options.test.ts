/** Attributes as options: their defaults, their checks, and no typing error that ends the chat. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type Attribute,
  ATTRIBUTES,
  isComplete,
  parseOptions,
} from '../../../web/widget/options.ts';

const REQUIRED = { api: 'https://a.example/v1', socket: 'wss://a.example', vendor: '7' };

function parse(attributes: Partial<Record<Attribute, string>>) {
  const all: Partial<Record<Attribute, string>> = { ...REQUIRED, ...attributes };
  return parseOptions((name) => all[name] ?? null);
}

const option = (attributes: Partial<Record<Attribute, string>>) => parse(attributes).options;

const PRODUCT = { id: '1', title: 'Bowl', url: 'https://shop.example/1' };

describe('the options of a widget', () => {
  it('are these where only the addresses and the vendor are named', () => {
    expect(parse({})).toEqual({
      options: {
        ...REQUIRED,
        vendorName: null,
        product: null,
        position: 'end',
        offset: { inline: 24, block: 24 },
        theme: 'auto',
        accent: null,
        locale: 'en',
        language: 'en',
        dir: 'ltr',
        greeting: null,
        isLazy: true,
        hasLauncher: true,
      },
      problems: [],
    });
  });

  it.each([
    [{ position: 'start' }, { position: 'start' }],
    [{ offset: '10' }, { offset: { inline: 10, block: 10 } }],
    [{ offset: ' 10  90 ' }, { offset: { inline: 10, block: 90 } }],
    [{ offset: '0 1000' }, { offset: { inline: 0, block: 1_000 } }],
    [{ theme: 'dark' }, { theme: 'dark' }],
    [{ accent: '#0A7D55' }, { accent: '#0a7d55' }],
    [{ accent: '#0a7' }, { accent: '#00aa77' }],
    [{ locale: 'de-at' }, { locale: 'de-AT', language: 'de', dir: 'ltr' }],
    [{ locale: 'fa' }, { locale: 'fa', language: 'en', dir: 'ltr' }],
    [{ locale: 'ar' }, { locale: 'ar', language: 'ar', dir: 'rtl' }],
    [{ locale: 'ar', dir: 'ltr' }, { dir: 'ltr' }],
    [{ dir: 'rtl' }, { dir: 'rtl' }],
    [{ greeting: 'Hi' }, { greeting: 'Hi' }],
    [{ greeting: '' }, { greeting: null }],
    [{ lazy: 'false' }, { isLazy: false }],
    [{ lazy: '' }, { isLazy: true }],
    [{ launcher: 'none' }, { hasLauncher: false }],
    [{ 'vendor-name': 'Cellar' }, { vendorName: 'Cellar' }],
    [{ product: JSON.stringify(PRODUCT) }, { product: PRODUCT }],
  ])('%j is %j', (attributes, expected) => {
    const { options, problems } = parse(attributes);
    expect(options).toMatchObject(expected);
    expect(problems).toEqual([]);
  });

  it.each<Partial<Record<Attribute, string>>>([
    { position: 'middle' },
    { offset: '-1' },
    { offset: '1001' },
    { offset: '1 2 3' },
    { offset: 'far' },
    { theme: 'sepia' },
    { accent: 'red;}*{display:none' },
    { accent: '#12345' },
    { locale: 'no such thing' },
    { dir: 'up' },
    { lazy: 'perhaps' },
    { product: '{' },
    { product: 'null' },
    { product: '{"id":"1","title":"","url":"x"}' },
    { product: JSON.stringify({ ...PRODUCT, price: 45 }) },
    { product: JSON.stringify({ ...PRODUCT, price: '45,00' }) },
    { product: JSON.stringify({ ...PRODUCT, currency: '₾' }) },
    { product: JSON.stringify({ ...PRODUCT, title: 'T'.repeat(201) }) },
    { product: JSON.stringify({ ...PRODUCT, url: 'javascript:alert(1)' }) },
    { product: JSON.stringify({ ...PRODUCT, image: 'data:text/html,<script>alert(1)</script>' }) },
  ])('%j is told of, and the default stands', (attributes) => {
    const [name] = Object.keys(attributes);
    const { options, problems } = parse(attributes);
    expect(options).toEqual(option({}));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
  });

  it.each<Partial<Record<Attribute, string>>>([
    { api: 'javascript:alert(1)' },
    { api: '/v1' },
    { socket: 'https://a.example' },
    { socket: 'wss://' },
  ])('%j is told of, and there is nothing to chat with', (attributes) => {
    const { options, problems } = parse(attributes);
    expect(isComplete(options)).toBe(false);
    expect(problems).toHaveLength(1);
  });

  it('are complete with the addresses and the vendor', () => {
    expect(isComplete(option({}))).toBe(true);
    expect(isComplete(option({ vendor: '' }))).toBe(false);
  });

  it.each(['api', 'socket', 'vendor'] as const)('a missing %s is told of by its name', (name) => {
    const { problems } = parse({ [name]: '' });
    expect(problems).toEqual([`<parley-chat> needs the attribute ${name}.`]);
  });

  it('come out of any attributes whatever', () => {
    const texts = fc.record(
      Object.fromEntries(ATTRIBUTES.map((name) => [name, fc.string({ unit: 'binary' })])),
    );
    fc.assert(
      fc.property(texts, (attributes) => {
        const { offset, accent } = option(attributes);
        expect(offset.inline).toBeGreaterThanOrEqual(0);
        expect(accent ?? '#000000').toMatch(/^#[\da-f]{6}$/u);
      }),
    );
  });
});
