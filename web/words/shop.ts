/** The area `shop` of the catalogue. */
import { defineArea } from './area.tsx';
import type { shop as english } from './en/shop.ts';

/** The words as English has them; every other language has the same. */
export type ShopWords = typeof english;

export const shopWords = defineArea<ShopWords>({
  en: async () => (await import('./en/shop.ts')).shop,
  ka: async () => (await import('./ka/shop.ts')).shop,
  de: async () => (await import('./de/shop.ts')).shop,
  ar: async () => (await import('./ar/shop.ts')).shop,
});
