/** The shop's foot: what this is, and where else the same chat stands. */
import { useWords } from '../words/area.tsx';
import { shopWords } from '../words/shop.ts';

export function ShopFoot() {
  const { footer, examples } = useWords(shopWords);
  return (
    <footer className="shop-foot">
      <p>{footer}</p>
      <p>
        {examples.about} <a href="/widget/example.html">{examples.html}</a>
        {' · '}
        <a href="/widget/example-react.html">{examples.react}</a>
      </p>
    </footer>
  );
}
