/** The words of parts that come later, for such a part to fetch. */
import { useEffect, useState } from 'react';

import type { ConversationLabels, SeldomLabels } from './labels.ts';

/** Null until they are there; where they do not come, the part asks again the next time it is mounted. */
export function useSeldom({
  loadSeldom,
}: Pick<ConversationLabels, 'loadSeldom'>): SeldomLabels | null {
  const [words, setWords] = useState<SeldomLabels | null>(null);
  useEffect(() => {
    let isOver = false;
    loadSeldom().then(
      (loaded) => isOver || setWords(loaded),
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [loadSeldom]);
  return words;
}
