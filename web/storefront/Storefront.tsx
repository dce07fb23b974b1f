/** The demo shop: its pages, its messages, and the chat that stays open while one walks around. */
import './storefront.css';

import { type ReactNode, useEffect } from 'react';

import { ChatPage } from '../react/ChatPage.tsx';
import { useChatPopup } from '../react/settings.ts';
import { EmptyState } from '../ui/base/EmptyState.tsx';
import { PageIcon } from '../ui/base/PageIcon.tsx';
import { Link, matchPath, usePath } from '../ui/navigation.tsx';
import { useWords } from '../words/area.tsx';
import { shopWords } from '../words/shop.ts';
import { findProduct, nameOfVendor } from './catalogue.ts';
import { DemoBar } from './DemoBar.tsx';
import { HomePage } from './HomePage.tsx';
import { ProductPage } from './ProductPage.tsx';
import { ShopFoot } from './ShopFoot.tsx';
import { ShopHead } from './ShopHead.tsx';

/** `personaSwitch` is the demo's own: who this window is. */
export function Storefront({ personaSwitch }: { personaSwitch: ReactNode }) {
  const path = usePath();
  const isChat = /^\/chat(\/|$)/u.test(path);
  const { skip } = useWords(shopWords);
  return (
    <div className={isChat ? 'shop shop--chat' : 'shop'}>
      <a className="skip-link" href="#content">
        {skip}
      </a>
      <DemoBar personaSwitch={personaSwitch} />
      <ShopHead isChat={isChat} />
      {isChat ? <Messages /> : <Page path={path} />}
    </div>
  );
}

/** The popup is closed here: two chats beside one another would be one too many. */
function Messages() {
  const shop = useWords(shopWords);
  const { close } = useChatPopup();
  useEffect(close, [close]);
  return (
    <main className="shop-chat" id="content" tabIndex={-1}>
      <ChatPage
        siteName={shop.brand}
        unreadIcon="/favicon-unread.svg"
        vendorName={nameOfVendor}
        emptyAction={
          <Link className="button" href="/">
            {shop.lookAround}
          </Link>
        }
      />
    </main>
  );
}

function Page({ path }: { path: string }) {
  const shop = useWords(shopWords);
  const id = matchPath('/product/:id', path)?.['id'];
  const product = id === undefined ? null : findProduct(id);
  useEffect(() => {
    document.title = product === null ? shop.brand : `${product.title} · ${shop.brand}`;
  }, [shop, product]);
  return (
    <>
      <main className="shop-main" id="content" tabIndex={-1}>
        {path === '/' && <HomePage />}
        {path !== '/' && product !== null && <ProductPage key={product.id} product={product} />}
        {path !== '/' && product === null && <NotFound />}
      </main>
      <ShopFoot />
    </>
  );
}

function NotFound() {
  const shop = useWords(shopWords);
  return (
    <EmptyState
      icon={<PageIcon name="store" size={26} />}
      title={shop.notFoundTitle}
      text={shop.notFoundText}
      titleAs="h1"
    >
      <Link className="button" href="/">
        {shop.notFoundAction}
      </Link>
    </EmptyState>
  );
}
