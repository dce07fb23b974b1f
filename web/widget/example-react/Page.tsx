/** A React page around the widget, as a storefront would write it: a product, options that change, and who is signed in. */
import { useRef, useState } from 'react';

import type { ParleyChat } from '../chat-element.ts';
import { currentPersona, fetchToken } from '../../demo/personas.ts';

const persona = currentPersona('customer', location.search, sessionStorage);
const tokenProvider = () => fetchToken(persona);

const PRODUCTS = [
  { id: 'blue-bowl', title: 'Blue bowl', price: '45.00' },
  { id: 'tall-vase', title: 'Tall vase', price: '120.00' },
].map((product) => ({
  ...product,
  url: `${location.origin}/product/${product.id}`,
  image: `${location.origin}/products/${product.id}/1.svg`,
  currency: 'GEL',
}));

/** The element takes objects, functions and flags as they are. */
export function Page() {
  const [product, setProduct] = useState(PRODUCTS[0]);
  const [theme, setTheme] = useState<'light' | 'dark'>('light');
  const [isSignedIn, setSignedIn] = useState(true);
  const [unread, setUnread] = useState(0);
  const chat = useRef<ParleyChat>(null);
  const signOut = () => {
    // taken out of the page alone, it would keep what is unsent for the next visit
    chat.current?.logout();
    setSignedIn(false);
  };
  return (
    <main>
      <h1>{product?.title}</h1>
      <p data-testid="unread">Unread: {unread}</p>
      {PRODUCTS.map((one) => (
        <button key={one.id} type="button" onClick={() => setProduct(one)}>
          {one.title}
        </button>
      ))}
      <button type="button" onClick={() => setTheme(theme === 'light' ? 'dark' : 'light')}>
        Another theme
      </button>
      <button type="button" onClick={() => (isSignedIn ? signOut() : setSignedIn(true))}>
        {isSignedIn ? 'Sign out' : 'Sign in'}
      </button>
      <p>
        <parley-button>Ask about it</parley-button>
      </p>
      {isSignedIn && (
        <parley-chat
          ref={chat}
          api={`${location.origin}/v1`}
          socket={`${location.origin.replace(/^http/u, 'ws')}/ws`}
          vendor="7"
          vendorName="Tbilisi Ceramics"
          product={product}
          theme={theme}
          lazy={false}
          tokenProvider={tokenProvider}
          onparley:unread={({ detail }) => setUnread(detail.count)}
        />
      )}
    </main>
  );
}
