/** A product's pictures: one large, all of them small below. */
import { useState } from 'react';

import { picturePath, PICTURES, type ShopProduct } from './catalogue.ts';
import { useWords } from '../words/area.tsx';
import { shopWords } from '../words/shop.ts';

/** Its boxes have their size before the pictures come. */
export function Gallery({ product }: { product: ShopProduct }) {
  const shop = useWords(shopWords);
  const [picture, setPicture] = useState<number>(PICTURES[0]);
  return (
    <div className="gallery">
      <div className="gallery__large">
        <img
          src={picturePath(product, picture)}
          alt={shop.picture(picture, product.title)}
          width="640"
          height="640"
        />
      </div>
      <div className="gallery__small" role="group" aria-label={shop.pictures}>
        {PICTURES.map((number) => (
          <button
            key={number}
            type="button"
            aria-label={shop.picture(number, product.title)}
            aria-pressed={number === picture}
            onClick={() => setPicture(number)}
          >
            <img src={picturePath(product, number)} alt="" width="96" height="96" />
          </button>
        ))}
      </div>
    </div>
  );
}
