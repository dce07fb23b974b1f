/** The area `settings` of the catalogue. */
import { defineArea } from './area.tsx';
import type { settings as english } from './en/settings.ts';

/** The words as English has them; every other language has the same. */
export type SettingsWords = typeof english;

export const settingsWords = defineArea<SettingsWords>({
  en: async () => (await import('./en/settings.ts')).settings,
  ka: async () => (await import('./ka/settings.ts')).settings,
  de: async () => (await import('./de/settings.ts')).settings,
  ar: async () => (await import('./ar/settings.ts')).settings,
});
