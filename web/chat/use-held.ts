/** What somebody sends before the room is there, on screen at once. */
import { useCallback, useLayoutEffect, useState } from 'react';

import type { Draft } from '#client/conversation.ts';

import { useChat } from './ChatProvider.tsx';
import { handOver, heldBy, type HeldFor, holdBack } from './held.ts';
import type { ConversationItem } from './views.ts';

/** The messages that wait under a key, and a way to let one more wait. `room` is null until it is there. */
export function useHeld({ key, room }: { key: string; room: HeldFor | null }): {
  held: readonly ConversationItem[];
  hold: (draft: Draft) => void;
} {
  const client = useChat();
  const [, redraw] = useState<object>();
  const hold = useCallback(
    (draft: Draft) => {
      holdBack(client, key, draft);
      redraw({});
    },
    [client, key],
  );
  // in the same breath as the room: what is sent next must not overtake it
  useLayoutEffect(() => {
    if (room !== null) handOver(client, key, room);
  }, [client, key, room]);
  return { held: heldBy(client, key), hold };
}
