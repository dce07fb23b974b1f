/** Scrolls along when rows come or go above what is in sight, so that it stays where it is. */
import { type RefObject, useLayoutEffect, useRef } from 'react';

import type { Room } from '#protocol/room.ts';

import { ROW_PX, rowsMoved } from './anchor.ts';

interface AnchorInput {
  rooms: readonly Room[];
  /** At the very top the newest is what one wants to see, unless the list is held. */
  isHeld: boolean;
  /** Another search is another list: it begins at its top. */
  query: string;
}

/** Keeps the scroller's rows in place; see the file's head. */
export function useAnchor(
  scroller: RefObject<HTMLElement | null>,
  { rooms, isHeld, query }: AnchorInput,
): void {
  const before = useRef({ rooms, query });
  useLayoutEffect(() => {
    const box = scroller.current;
    const was = before.current;
    before.current = { rooms, query };
    if (box === null || was.rooms === rooms) return;
    if (was.query !== query) {
      box.scrollTo({ top: 0 });
      return;
    }
    if (box.scrollTop < 1 && !isHeld) return;
    const first = Math.floor(box.scrollTop / ROW_PX);
    const count = Math.ceil(box.clientHeight / ROW_PX);
    const moved = rowsMoved(was.rooms, rooms, { first, count });
    if (moved !== 0) box.scrollBy({ top: moved * ROW_PX });
  }, [scroller, rooms, isHeld, query]);
}
