/** Shows the popup's dialog in the shape that the screen asks for, with the focus where one writes. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

interface Shape {
  isSheet: boolean;
  onHidden: (() => void) | undefined;
}

/** A sheet is modal: the browser itself puts the page below out of reach for keyboard and screen reader. */
export function useShown(
  dialog: RefObject<HTMLDialogElement | null>,
  { isSheet, onHidden }: Shape,
): void {
  const hidden = useRef(onHidden);
  useEffect(() => {
    hidden.current = onHidden;
  }, [onHidden]);
  // before it is painted: whoever sees it may type
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (isSheet) element.showModal();
    else element.show();
    // the browser gives the focus to the first button; people came to write
    element.querySelector<HTMLElement>('textarea')?.focus();
    return () => {
      element.close();
      hidden.current?.();
    };
  }, [dialog, isSheet]);
}
