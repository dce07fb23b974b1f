/** The open room's head for the list, once the list has shown it. */
import { useState } from 'react';

import type { Room } from '#protocol/room.ts';

import { useRoomHead } from '../../chat/hooks.ts';

/** Null for a room that this list never had: opening an old address does not put it under "waiting". */
export function useOpenRoomHead(rooms: readonly Room[], openRoomId: string | null): Room | null {
  const head = useRoomHead(openRoomId ?? '');
  const [shown, setShown] = useState<string | null>(null);
  const isListed = rooms.some(({ roomId }) => roomId === openRoomId);
  if (isListed && shown !== openRoomId) setShown(openRoomId);
  return openRoomId !== null && shown === openRoomId ? head : null;
}
