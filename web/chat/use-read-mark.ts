/** Marks a room read while somebody really looks at it. */
import { useEffect, useState } from 'react';

import type { RoomHandle } from '#client/chat.ts';

interface ReadMarkInput {
  /** Whether the newest message is on the screen. */
  isInSight: boolean;
  /** Messages of others that are not read yet. */
  unread: number;
}

/** Tells the others as soon as the newest message is in sight of a visible, focused window. */
export function useReadMark(handle: RoomHandle, { isInSight, unread }: ReadMarkInput): void {
  const isLooking = useIsLooking();
  useEffect(() => {
    if (isLooking && isInSight && unread > 0) handle.markRead();
  }, [handle, isLooking, isInSight, unread]);
}

const SIGNALS = ['focus', 'blur', 'visibilitychange'] as const;

/** Whether this window is visible and has the focus. */
function useIsLooking(): boolean {
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

function looks(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
