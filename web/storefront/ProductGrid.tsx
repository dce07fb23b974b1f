/** Products side by side, each a link to its page. */
import { formatPrice } from '../ui/text/format.ts';
import { Link } from '../ui/navigation.tsx';
import { CURRENCY, picturePath, productPath, type ShopProduct, vendorOf } from './catalogue.ts';
import { useWords } from '../words/area.tsx';
import { shopWords } from '../words/shop.ts';

/** As many columns as fit, two on a phone. */
export function ProductGrid({
  products,
  label,
}: {
  products: readonly ShopProduct[];
  label: string;
}) {
  const shop = useWords(shopWords);
  return (
    <ul className="grid" aria-label={label}>
      {products.map((product) => (
        <li key={product.id}>
          <Link className="tile" href={productPath(product)}>
            <span className="tile__picture">
              <img src={picturePath(product)} alt="" width="640" height="640" />
            </span>
            <span className="tile__title">{product.title}</span>
            <span className="tile__vendor">{vendorOf(product).name}</span>
            <span className="tile__price">{formatPrice(product.price, CURRENCY, shop.locale)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
