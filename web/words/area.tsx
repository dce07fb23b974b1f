/** A part of the catalogue that is loaded as one, in one language: how it is fetched, handed down and read. */
import {
  type Context,
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
} from 'react';

import type { Language } from './language.ts';

/** The words of one area of the product, such as the inbox. */
export interface Area<Words> {
  readonly load: Readonly<Record<Language, () => Promise<Words>>>;
  readonly context: Context<Words | null>;
}

/** Declares an area by its four catalogues, each a chunk of its own. */
export function defineArea<Words>(load: Area<Words>['load']): Area<Words> {
  return { load, context: createContext<Words | null>(null) };
}

/** The words of an area in the language of this part of the page. @throws Error outside of a provider of that area */
export function useWords<Words>(area: Area<Words>): Words {
  const words = useContext(area.context);
  if (words === null) throw new Error('useWords needs the area’s <Spoken> above it.');
  return words;
}

interface SpokenProps<Words> {
  area: Area<Words>;
  language: Language;
  children: ReactNode;
}

/** Shows nothing until the words are there; after a change of language the former ones stay until the new ones come. A failed load goes to the error boundary above. */
export function Spoken<Words>({ area, language, children }: SpokenProps<Words>) {
  const [words, setWords] = useState<Words | null>(null);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  useEffect(() => {
    let isWanted = true;
    area.load[language]().then(
      (loaded) => {
        if (isWanted) setWords(() => loaded);
      },
      (error: unknown) => {
        if (isWanted) setFailure({ error });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [area, language]);
  if (failure !== null) throw failure.error;
  return words === null ? null : <area.context value={words}>{children}</area.context>;
}
