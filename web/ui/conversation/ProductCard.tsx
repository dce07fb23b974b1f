/** A product inside a conversation: over the composer, in a bubble, in the context of a room. */
import { Icon } from '../base/Icon.tsx';
import { formatPrice } from '../text/format.ts';
import type { ProductView } from './rows.ts';

interface ProductCardProps {
  product: ProductView;
  locale: string;
  /** A line above the title: "You are asking about". */
  caption?: string | undefined;
  onRemove?: { label: string; onSelect: () => void } | undefined;
}

/** The picture stands in a box of a fixed size, so that nothing shifts when it comes. */
export function ProductCard({ product, locale, caption, onRemove }: ProductCardProps) {
  return (
    <div className="product-card">
      <ProductThumb product={product} />
      <a
        className="product-card__text"
        href={product.url}
        target="_blank"
        rel="noopener noreferrer"
      >
        {caption !== undefined && <span className="product-card__caption">{caption}</span>}
        <span className="product-card__title truncate" dir="auto">
          {product.title}
        </span>
        {product.price !== undefined && product.currency !== undefined && (
          <span className="product-card__price">
            {formatPrice(product.price, product.currency, locale)}
          </span>
        )}
      </a>
      {onRemove !== undefined && (
        <button
          type="button"
          className="icon-button icon-button--small"
          aria-label={onRemove.label}
          title={onRemove.label}
          onClick={onRemove.onSelect}
        >
          <Icon name="close" size={16} />
        </button>
      )}
    </div>
  );
}

/** The small square picture of a product; the name must stand beside it. */
export function ProductThumb({ product, size = 48 }: { product: ProductView; size?: number }) {
  if (product.image === undefined) return null;
  return (
    <img
      className="product-thumb"
      src={product.image}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      referrerPolicy="no-referrer"
    />
  );
}
