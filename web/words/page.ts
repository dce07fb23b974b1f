/** The area `page` of the catalogue: a customer's conversations with all shops. */
import { defineArea } from './area.tsx';
import type { page as english } from './en/page.ts';

/** The words as English has them; every other language has the same. */
export type PageWords = typeof english;

export const pageWords = defineArea<PageWords>({
  en: async () => (await import('./en/page.ts')).page,
  ka: async () => (await import('./ka/page.ts')).page,
  de: async () => (await import('./de/page.ts')).page,
  ar: async () => (await import('./ar/page.ts')).page,
});
