/** The area `customer` of the catalogue. */
import { defineArea } from './area.tsx';
import type { customer as english } from './en/customer.ts';

/** The words as English has them; every other language has the same. */
export type CustomerWords = typeof english;

export const customerWords = defineArea<CustomerWords>({
  en: async () => (await import('./en/customer.ts')).customer,
  ka: async () => (await import('./ka/customer.ts')).customer,
  de: async () => (await import('./de/customer.ts')).customer,
  ar: async () => (await import('./ar/customer.ts')).customer,
});
