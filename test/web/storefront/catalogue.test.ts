/** The demo's catalogue: complete, and fit to be carried by messages. */
import { existsSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { productSchema } from '#protocol/message.ts';

import { personasOf } from '../../../web/demo/personas.ts';
import {
  findProduct,
  picturePath,
  PICTURES,
  productForChat,
  PRODUCTS,
  VENDORS,
  vendorOf,
} from '../../../web/storefront/catalogue.ts';

describe('the catalogue', () => {
  it.each(PRODUCTS.map((product) => [product.id, product] as const))(
    'has every picture of %s',
    (_, product) => {
      for (const picture of PICTURES) {
        const file = new URL(
          `../../../web/public${picturePath(product, picture)}`,
          import.meta.url,
        );
        expect(existsSync(file)).toBe(true);
      }
    },
  );

  it.each(['https://shop.example', 'http://localhost:4000', 'http://127.0.0.1:4000'])(
    'makes products that the contract takes on %s',
    (origin) => {
      for (const product of PRODUCTS) {
        const made = productForChat(product, origin);
        expect(productSchema.parse(made)).toEqual(made);
        expect(made.url).toBe(`${origin}/product/${product.id}`);
      }
    },
  );

  it('knows the shop of every product, and every shop has some', () => {
    expect(new Set(PRODUCTS.map((product) => vendorOf(product).id))).toEqual(
      new Set(VENDORS.map(({ id }) => id)),
    );
  });

  it('calls every shop what its staff call it', () => {
    const named = personasOf('vendor').map(
      ({ claims }) => `${claims.vendor_id} ${claims.vendor_name}`,
    );
    expect([...new Set(named)]).toEqual(VENDORS.map(({ id, name }) => `${id} ${name}`));
  });

  it('finds a product by its id, and nothing by another', () => {
    expect(findProduct('blue-bowl')?.title).toBe('Blue bowl');
    expect(findProduct('red-bowl')).toBeNull();
  });
});
