/** A product: its pictures, price and story, who sells it, and the way to ask them. */
import { ChatButton } from '../react/ChatButton.tsx';
import { Avatar } from '../ui/base/Avatar.tsx';
import { PageIcon } from '../ui/base/PageIcon.tsx';
import { Link } from '../ui/navigation.tsx';
import { formatPrice } from '../ui/text/format.ts';
import {
  CURRENCY,
  productForChat,
  PRODUCTS,
  type ShopProduct,
  type Vendor,
  vendorOf,
} from './catalogue.ts';
import { Gallery } from './Gallery.tsx';
import { ProductGrid } from './ProductGrid.tsx';
import { useWords } from '../words/area.tsx';
import { shopWords } from '../words/shop.ts';

export function ProductPage({ product }: { product: ShopProduct }) {
  const shop = useWords(shopWords);
  const vendor = vendorOf(product);
  const others = PRODUCTS.filter(({ id, vendorId }) => vendorId === vendor.id && id !== product.id);
  return (
    <>
      <Link href="/" className="back-link">
        <PageIcon name="back" size={18} />
        {shop.home}
      </Link>
      <article className="product">
        <Gallery product={product} />
        <div className="product__text">
          <p className="product__vendor">{vendor.name}</p>
          <h1>{product.title}</h1>
          <p className="product__price">{formatPrice(product.price, CURRENCY, shop.locale)}</p>
          <p className="product__about">{product.about}</p>
          <ul className="product__facts" aria-label={shop.details}>
            {[...product.facts, shop.delivery].map((fact) => (
              <li key={fact}>
                <PageIcon name="check" size={18} />
                {fact}
              </li>
            ))}
          </ul>
          <VendorCard vendor={vendor}>
            <ChatButton
              className="vendor__chat"
              vendorId={vendor.id}
              vendorName={vendor.name}
              product={productForChat(product, location.origin)}
            />
          </VendorCard>
        </div>
      </article>
      <section className="more" aria-labelledby="more">
        <h2 id="more">{shop.moreOf(vendor.name)}</h2>
        <ProductGrid label={shop.moreOf(vendor.name)} products={others} />
      </section>
    </>
  );
}

function VendorCard({ vendor, children }: { vendor: Vendor; children: React.ReactNode }) {
  const shop = useWords(shopWords);
  return (
    <section className="vendor" aria-label={`${shop.soldBy} ${vendor.name}`}>
      <Avatar name={vendor.name} size={52} />
      <div className="vendor__text">
        <p className="vendor__by">{shop.soldBy}</p>
        <p className="vendor__name">{vendor.name}</p>
        <p className="vendor__facts">
          {shop.madeIn(vendor.place)} · {shop.since(String(vendor.since))}
        </p>
      </div>
      <p className="vendor__about">{vendor.about}</p>
      {children}
    </section>
  );
}
