/** The area `notify` of the catalogue. */
import { defineArea } from './area.tsx';
import type { notify as english } from './en/notify.ts';

/** The words as English has them; every other language has the same. */
export type NotifyWords = typeof english;

export const notifyWords = defineArea<NotifyWords>({
  en: async () => (await import('./en/notify.ts')).notify,
  ka: async () => (await import('./ka/notify.ts')).notify,
  de: async () => (await import('./de/notify.ts')).notify,
  ar: async () => (await import('./ar/notify.ts')).notify,
});
