/** Who a window of the demo is. */
import { describe, expect, it } from 'vitest';

import { currentPersona, personasOf, PERSONAS } from '../../../web/demo/personas.ts';

/** The storage of one tab. */
function tab() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}

describe('currentPersona', () => {
  it('begins with Nino in the shop and Ana in the inbox', () => {
    expect(currentPersona('customer', '', tab()).claims).toEqual({
      sub: '42',
      role: 'customer',
      name: 'Nino',
    });
    expect(currentPersona('vendor', '', tab()).claims).toMatchObject({
      sub: 'ana',
      role: 'vendor',
      vendor_id: '7',
      vendor_name: 'Tbilisi Ceramics',
    });
  });

  it('follows the address, and remembers it for this tab alone', () => {
    const first = tab();
    expect(currentPersona('customer', '?as=giorgi', first).id).toBe('giorgi');
    expect(currentPersona('customer', '', first).id).toBe('giorgi');
    expect(currentPersona('customer', '', tab()).id).toBe('nino');
  });

  it('keeps the two sides of one tab apart', () => {
    const one = tab();
    currentPersona('vendor', '?as=luka', one);
    expect(currentPersona('customer', '', one).id).toBe('nino');
    expect(currentPersona('vendor', '', one).id).toBe('luka');
  });

  it('makes nobody of the other side or of nowhere', () => {
    expect(currentPersona('vendor', '?as=nino', tab()).id).toBe('ana');
    expect(currentPersona('customer', '?as=__proto__', tab()).id).toBe('nino');
  });
});

describe('the people of the demo', () => {
  it('have ids and subjects of their own', () => {
    expect(new Set(PERSONAS.map(({ id }) => id)).size).toBe(PERSONAS.length);
    expect(new Set(PERSONAS.map(({ claims }) => claims.sub)).size).toBe(PERSONAS.length);
  });

  it('are at least two customers, and staff of every shop, of the first one two', () => {
    expect(personasOf('customer').length).toBeGreaterThanOrEqual(2);
    expect(personasOf('vendor').map(({ claims }) => claims.vendor_id)).toEqual([
      '7',
      '7',
      '8',
      '9',
      '10',
    ]);
  });
});
