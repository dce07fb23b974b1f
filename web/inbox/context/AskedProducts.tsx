/** The product that a customer asks about now, and those of their earlier questions. */
import type { ChatMessage } from '#client/conversation.ts';
import type { Room } from '#protocol/room.ts';

import { ProductCard } from '../../ui/conversation/ProductCard.tsx';
import { formatDay } from '../../ui/text/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { askedProducts } from './asked-products.ts';

interface AskedProductsProps {
  room: Room;
  messages: readonly ChatMessage[];
}

/** Nothing for a customer who asks about no product. */
export function AskedProducts({ room, messages }: AskedProductsProps) {
  const { asksAbout, desk, locale } = useWords(inboxWords);
  const now = useNow();
  const [latest, ...earlier] = askedProducts(room, messages);
  if (latest === undefined) return null;
  return (
    <section>
      <h3 className="context__title">{asksAbout}</h3>
      <ProductCard product={latest.product} locale={locale} />
      {earlier.length > 0 && (
        <>
          <h3 className="context__title context__title--next">{desk.askedBefore}</h3>
          <ul className="asked">
            {earlier.map(({ product, at }) => (
              <li key={product.id}>
                <ProductCard
                  product={product}
                  locale={locale}
                  caption={at === null ? undefined : formatDay(at, { locale, now })}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
