/** The languages that Parley speaks, and which of them a reader gets. */

/** By the tags of BCP 47: English, Georgian, German, Arabic. */
export const LANGUAGES = ['en', 'ka', 'de', 'ar'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Each language as its own speakers call it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  ka: 'ქართული',
  de: 'Deutsch',
  ar: 'العربية',
};

/** The first of the wanted tags that is spoken here, whatever its region; English where none is. */
export function pickLanguage(wanted: readonly (string | null)[]): Language {
  const found = wanted.map(languageOf).find((language) => language !== undefined);
  return found ?? 'en';
}

/** Which way a language is written. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

function languageOf(tag: string | null): Language | undefined {
  const primary = tag?.toLowerCase().split(/[-_]/u)[0];
  return LANGUAGES.find((language) => language === primary);
}
