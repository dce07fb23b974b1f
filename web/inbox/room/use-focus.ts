/** Tells colleagues where one is, and whether one is writing there. */
import { useEffect } from 'react';

import type { RoomHandle } from '#client/conversation.ts';

/** For as long as the room is on screen. */
export function useFocus(handle: RoomHandle, isReplying: boolean): void {
  useEffect(() => {
    handle.setFocus(isReplying ? 'replying' : 'viewing');
  }, [handle, isReplying]);
  useEffect(() => () => handle.setFocus(null), [handle]);
}
