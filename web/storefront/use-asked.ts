/** The product whose chat is open; on a phone, where it covers the page, the back button closes it. */
import { useCallback, useEffect, useState } from 'react';

import { isSheetStep } from '../popup/use-back-closes.ts';
import { PHONE } from '../ui/use-media.ts';
import { findProduct, type ShopProduct } from './catalogue.ts';

/** The open chat; a sheet is a step of the history, so that a reload shows it again. */
export function useAsked(): {
  asked: ShopProduct | null;
  open: (product: ShopProduct) => void;
  close: () => void;
} {
  const [asked, setAsked] = useState(() => productOfStep(history.state));
  useEffect(() => {
    const onStep = () => {
      const product = productOfStep(history.state);
      // beside the page the chat stays open while one walks around
      if (product !== null || isSheet()) setAsked(product);
    };
    addEventListener('popstate', onStep);
    return () => removeEventListener('popstate', onStep);
  }, []);
  useEffect(() => {
    // the popup has just made its step, being a child: the reload of it finds the product there
    if (asked === null || !isSheetStep(history.state)) return;
    history.replaceState({ ...history.state, chat: asked.id }, '');
  }, [asked]);
  const close = useCallback(() => setAsked(null), []);
  return { asked, open: setAsked, close };
}

function isSheet(): boolean {
  return matchMedia(PHONE).matches;
}

/** The product that a step of the history has its chat open for, or null. */
export function productOfStep(state: unknown): ShopProduct | null {
  const id = typeof state === 'object' && state !== null && 'chat' in state ? state.chat : null;
  return typeof id === 'string' ? findProduct(id) : null;
}
