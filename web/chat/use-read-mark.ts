/** Marks a room read while somebody really looks at it. */
import { useEffect, useState } from 'react';

import type { RoomHandle } from '#client/conversation.ts';

interface ReadMarkInput {
  /** Whether the newest message is on the screen of somebody who looks. */
  isInSight: boolean;
  /** Messages of others that are not read yet. */
  unread: number;
  /** The last message that is here: unread ones may be known of before they come. */
  lastSeq: number | null;
  /** Whether somebody of this side marked it unread; undefined until the room is known. */
  isMarked: boolean | undefined;
}

/** Tells the others as soon as the newest message is in sight. */
export function useReadMark(
  handle: RoomHandle,
  { isInSight, unread, lastSeq, isMarked }: ReadMarkInput,
): void {
  const wasMarked = useWasMarked(isMarked);
  useEffect(() => {
    if (isInSight && lastSeq !== null && (unread > 0 || wasMarked)) handle.markRead();
  }, [handle, isInSight, unread, lastSeq, wasMarked]);
}

/** Whether it came marked, and still is: who marks it while one looks at it wants it to stay so. */
function useWasMarked(isMarked: boolean | undefined): boolean {
  const [wasMarked, setWasMarked] = useState(isMarked);
  const isSettled = wasMarked === undefined || isMarked === false;
  if (isSettled && wasMarked !== isMarked) setWasMarked(isMarked);
  return wasMarked === true;
}

const SIGNALS = ['focus', 'blur', 'visibilitychange'] as const;

/** Whether this window is visible and has the focus. */
export function useIsLooking(): boolean {
  const [isLooking, setLooking] = useState(looks);
  useEffect(() => {
    const update = () => setLooking(looks());
    update();
    // visibilitychange bubbles from the document to the window
    for (const signal of SIGNALS) addEventListener(signal, update);
    return () => {
      for (const signal of SIGNALS) removeEventListener(signal, update);
    };
  }, []);
  return isLooking;
}

/** The same at this very moment. */
export function looks(): boolean {
  if (typeof document === 'undefined') return false;
  return document.visibilityState === 'visible' && document.hasFocus();
}
