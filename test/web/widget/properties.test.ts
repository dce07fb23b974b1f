/** Attributes as properties: what frameworks hand over, and what a page set too early. */
import { describe, expect, it } from 'vitest';

import { reflect, takeEarly } from '../../../web/widget/properties.ts';

/** As much of an element as is used; a browser test has the real one. */
class FakeElement {
  readonly texts = new Map<string, string>();
  dir = '';
  [name: string]: unknown;
  getAttribute(name: string) {
    return this.texts.get(name) ?? null;
  }
  setAttribute(name: string, text: string) {
    this.texts.set(name, text);
  }
  removeAttribute(name: string) {
    this.texts.delete(name);
  }
}

const NAMES = ['vendor-name', 'product', 'lazy', 'offset'];

function setUp() {
  class Chat extends FakeElement {}
  reflect(Chat as unknown as { prototype: HTMLElement }, NAMES);
  const chat = new Chat();
  return { chat, element: chat as unknown as HTMLElement };
}

describe('a property', () => {
  it.each([
    ['vendorName', 'Cellar', 'vendor-name', 'Cellar'],
    ['product', { id: '1' }, 'product', '{"id":"1"}'],
    ['lazy', false, 'lazy', 'false'],
    ['offset', 24, 'offset', '24'],
  ])('%s = %j writes its attribute', (name, value, attribute, text) => {
    const { chat } = setUp();
    chat[name] = value;
    expect(chat.texts.get(attribute)).toBe(text);
    expect(chat[name]).toBe(text);
  });

  it.each([null, undefined])('set to %s takes the attribute away', (nothing) => {
    const { chat } = setUp();
    chat['vendorName'] = 'Cellar';
    chat['vendorName'] = nothing;
    expect(chat.texts.has('vendor-name')).toBe(false);
  });

  it('that was set before the class was there is taken over, and works from then on', () => {
    const { chat, element } = setUp();
    Object.defineProperty(chat, 'vendorName', {
      value: 'Early',
      configurable: true,
      writable: true,
    });
    takeEarly(element, NAMES);
    expect(chat.texts.get('vendor-name')).toBe('Early');
    chat['vendorName'] = 'Later';
    expect(chat.texts.get('vendor-name')).toBe('Later');
  });
});
