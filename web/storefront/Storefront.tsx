/** The demo shop: its pages, and the chat that stays open while one walks around. */
import './storefront.css';
import '../popup/popup.css';

import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';

import { ChatPopup } from '../popup/ChatPopup.tsx';
import { LanguageSwitch } from '../demo/LanguageSwitch.tsx';
import { EmptyState } from '../ui/base/EmptyState.tsx';
import { Icon } from '../ui/base/Icon.tsx';
import { Link, matchPath, usePath } from '../ui/navigation.tsx';
import { findProduct, productForChat, type ShopProduct, vendorOf } from './catalogue.ts';
import { HomePage } from './HomePage.tsx';
import { ProductPage } from './ProductPage.tsx';
import { useWords } from '../words/area.tsx';
import { shopWords } from '../words/shop.ts';
import { useAsked } from './use-asked.ts';

/** `personaSwitch` is the demo's own: who this window is. */
export function Storefront({ personaSwitch }: { personaSwitch: ReactNode }) {
  const shop = useWords(shopWords);
  const { asked, open, close } = useAsked();
  const opener = useRef<HTMLElement | null>(null);
  const onChat = useCallback(
    (product: ShopProduct, button: HTMLElement) => {
      opener.current = button;
      open(product);
    },
    [open],
  );
  const isOpen = asked !== null;
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    // only now is the shop in reach again: under a full sheet it was inert
    if (wasOpen.current && !isOpen) focusOpener(opener.current);
    wasOpen.current = isOpen;
  }, [isOpen]);
  return (
    <>
      <div className="shop" id="shop">
        <header className="shop-head">
          <Link href="/" className="shop-head__brand">
            <img src="/favicon.svg" alt="" width="32" height="32" />
            {shop.brand}
          </Link>
          <span className="shop-head__gap" />
          {personaSwitch}
          <a className="shop-head__inbox" href="/inbox" target="_blank" rel="noopener">
            <Icon name="inbox" />
            <span>{shop.inbox}</span>
          </a>
        </header>
        <main className="shop-main">
          <Page onChat={onChat} openFor={asked?.id ?? null} />
        </main>
        <footer className="shop-foot">
          <p>{shop.footer}</p>
          <LanguageSwitch label={shop.language} />
        </footer>
      </div>
      {asked !== null && <Chat key={asked.vendorId} product={asked} onClose={close} />}
    </>
  );
}

/** After a reload, or on another page meanwhile, the button is another one. */
function focusOpener(button: HTMLElement | null): void {
  const target = button?.isConnected === true ? button : document.querySelector('.chat-button');
  if (target instanceof HTMLElement) target.focus();
}

function Chat({ product, onClose }: { product: ShopProduct; onClose: () => void }) {
  const asked = useMemo(() => productForChat(product, location.origin), [product]);
  const vendor = vendorOf(product);
  return (
    <ChatPopup vendorId={vendor.id} vendorName={vendor.name} product={asked} onClose={onClose} />
  );
}

interface PageProps {
  onChat: (product: ShopProduct, button: HTMLElement) => void;
  /** The product whose chat is open, or null. */
  openFor: string | null;
}

function Page({ onChat, openFor }: PageProps) {
  const shop = useWords(shopWords);
  const path = usePath();
  const id = matchPath('/product/:id', path)?.id;
  const product = id === undefined ? null : findProduct(id);
  useEffect(() => {
    document.title = product === null ? shop.brand : `${product.title} · ${shop.brand}`;
  }, [shop, product]);
  if (path === '/') return <HomePage />;
  if (product !== null) {
    return (
      <ProductPage
        key={product.id}
        product={product}
        onChat={onChat}
        isChatOpen={openFor === product.id}
      />
    );
  }
  return (
    <EmptyState
      icon={<Icon name="store" size={26} />}
      title={shop.notFoundTitle}
      text={shop.notFoundText}
    >
      <Link className="button" href="/">
        {shop.notFoundAction}
      </Link>
    </EmptyState>
  );
}
