/** The area `inbox` of the catalogue. */
import { defineArea } from './area.tsx';
import type { inbox as english } from './en/inbox.ts';

/** The words as English has them; every other language has the same. */
export type InboxWords = typeof english;

export const inboxWords = defineArea<InboxWords>({
  en: async () => (await import('./en/inbox.ts')).inbox,
  ka: async () => (await import('./ka/inbox.ts')).inbox,
  de: async () => (await import('./de/inbox.ts')).inbox,
  ar: async () => (await import('./ar/inbox.ts')).inbox,
});
