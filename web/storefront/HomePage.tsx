/** The shop's first page: everything, or the shelf of one vendor. */
import { useState } from 'react';

import { picturePath, PRODUCTS, VENDORS } from './catalogue.ts';
import { ProductGrid } from './ProductGrid.tsx';
import { useWords } from '../words/area.tsx';
import { shopWords } from '../words/shop.ts';

/** The chosen vendor is a passing thought, so it is no address. */
export function HomePage() {
  const shop = useWords(shopWords);
  const [vendorId, setVendorId] = useState<string | null>(null);
  const choices = [{ id: null, name: shop.everything }, ...VENDORS];
  return (
    <>
      <section className="hero">
        <div className="hero__text">
          <h1>{shop.tagline}</h1>
          <p>{shop.intro}</p>
        </div>
        <HeroPictures />
      </section>
      <div className="chips" role="group" aria-label={shop.filter}>
        {choices.map(({ id, name }) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={id === vendorId}
            onClick={() => setVendorId(id)}
          >
            {name}
          </button>
        ))}
      </div>
      <ProductGrid
        label={shop.products}
        products={PRODUCTS.filter((product) => vendorId === null || product.vendorId === vendorId)}
      />
    </>
  );
}

const SHOWN = new Set(['clay-jug', 'felt-hat', 'walnut-board']);

/** Decoration: the same things stand in the grid below, with their names. */
function HeroPictures() {
  const shop = useWords(shopWords);
  return (
    <div className="hero__pictures" aria-hidden="true">
      {PRODUCTS.filter(({ id }) => SHOWN.has(id)).map((product) => (
        <img key={product.id} src={picturePath(product)} alt="" width="640" height="640" />
      ))}
      <p className="hero__question">{shop.heroQuestion}</p>
      <p className="hero__answer">{shop.heroAnswer}</p>
    </div>
  );
}
