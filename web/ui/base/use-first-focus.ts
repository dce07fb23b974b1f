/** Gives the focus to what a press has just brought. */
import { type RefObject, useLayoutEffect } from 'react';

/** Once, before anything is painted and the next key is heard. Not `autoFocus`, which means nothing to Preact. */
export function useFirstFocus(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => element.current?.focus(), [element]);
}
