/** Which language this browser's reader gets: as the address says, as they chose, as their browser asks; else English. */
import { useLayoutEffect, useSyncExternalStore } from 'react';

import { directionOf, type Language, pickLanguage } from './language.ts';

const KEY = 'parley.language';
const CHANGED = 'parley:language';

/** Where a choice is kept; a browser may forbid it. */
type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/** What the language is chosen by. */
export interface Wishes {
  /** The query of the address: `?lang=ka` is for links, and wins. */
  search: string;
  storage: () => Kept;
  /** The browser's own list, best first. */
  preferred: readonly string[];
}

/** The language for these wishes. An unknown tag is passed over. */
export function chooseLanguage({ search, storage, preferred }: Wishes): Language {
  return pickLanguage([new URLSearchParams(search).get('lang'), remembered(storage), ...preferred]);
}

/** Keeps a choice, where the browser lets us: else it holds for this page. */
export function rememberLanguage(language: Language, storage: () => Kept): void {
  try {
    storage().setItem(KEY, language);
  } catch {
    // storage that is full or forbidden costs the memory, not the choice
  }
}

function remembered(storage: () => Kept): string | null {
  try {
    return storage().getItem(KEY);
  } catch {
    return null;
  }
}

const browserStorage = () => localStorage;

/** Known once a page, since asking the storage at each render is slow. */
let current: Language | null = null;

function currentLanguage(): Language {
  current ??= chooseLanguage({
    search: location.search,
    storage: browserStorage,
    preferred: navigator.languages,
  });
  return current;
}

/** The page's language, and how a reader changes it: for this tab at once, for later visits too. */
export function useLanguage(): [language: Language, choose: (language: Language) => void] {
  const language = useSyncExternalStore(subscribe, currentLanguage, () => 'en' as const);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  }, [language]);
  return [language, choose];
}

function choose(language: Language): void {
  current = language;
  rememberLanguage(language, browserStorage);
  forgetAddress();
  dispatchEvent(new Event(CHANGED));
}

/** A choice outlives a reload, so the address names no other language any more. */
function forgetAddress(): void {
  const url = new URL(location.href);
  if (!url.searchParams.has('lang')) return;
  url.searchParams.delete('lang');
  history.replaceState(history.state, '', url);
}

function subscribe(listener: () => void): () => void {
  addEventListener(CHANGED, listener);
  return () => removeEventListener(CHANGED, listener);
}
