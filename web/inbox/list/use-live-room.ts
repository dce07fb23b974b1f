/** A row's room while it is in sight: as it is now, its newest message where that is loaded, whether the customer types, and whether an answer did not go. */
import { useEffect, useState } from 'react';

import type { ChatMessage, RoomState } from '#client/conversation.ts';
import type { Room } from '#protocol/room.ts';

import { useChat } from '../../chat/ChatProvider.tsx';
import { useStore } from '../../chat/hooks.ts';

/** A row that flies past asks the client for nothing: ten thousand rooms would be ten thousand handles. */
const SETTLED_MS = 300;

const NOT_YET = {
  initial: null,
  getState: (): RoomState | null => null,
  subscribe: () => () => {},
};

/** What a row shows of its room. */
export interface LiveRoom {
  room: Room;
  isTyping: boolean;
  /** Something of mine waits there for another try by hand. */
  hasFailed: boolean;
  newest: ChatMessage | undefined;
}

/** The room that the list gave until the row has been in sight for a moment. */
export function useLiveRoom(listed: Room): LiveRoom {
  const client = useChat();
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLED_MS);
    return () => clearTimeout(timer);
  }, []);
  const state = useStore(isSettled ? client.room(listed.roomId) : NOT_YET);
  return {
    room: state?.room ?? listed,
    isTyping: (state?.typing.length ?? 0) > 0,
    hasFailed: state?.messages.some(({ status }) => status === 'failed') ?? false,
    newest: state?.messages.at(-1),
  };
}
