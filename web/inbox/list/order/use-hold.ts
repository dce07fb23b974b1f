/** Whether somebody points at the list with a mouse, or stands in it with the keyboard: then nothing in it moves. */
import { type FocusEvent, type PointerEvent, useMemo, useState } from 'react';

/** The handlers belong on the list's scroller. `release` shows the new order although the pointer is still there. */
export function useHold() {
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const handlers = useMemo(
    () => ({
      // a finger that scrolls is no pointer that rests
      onPointerEnter: ({ pointerType }: PointerEvent) => setPointed(pointerType === 'mouse'),
      onPointerLeave: () => setPointed(false),
      onFocus: ({ target }: FocusEvent) => setFocused(target.matches(':focus-visible')),
      onBlur: () => setFocused(false),
    }),
    [],
  );
  const release = () => {
    setPointed(false);
    setFocused(false);
  };
  return { isHeld: isPointed || isFocused, handlers, release };
}
