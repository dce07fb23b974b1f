/** The hooks of a storefront: each loads and follows what it returns for as long as it is mounted and somebody is signed in. */
import { useCallback, useEffect, useMemo } from 'react';

import type { ClientState, RoomListState, UnreadCounts } from '#client/chat.ts';
import type { Draft, Presence, RoomHandle, RoomState, Typist } from '#client/conversation.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';

import { useChat } from '../chat/ChatProvider.tsx';
import {
  useConnection as useClientState,
  useIsOffline,
  usePresence as usePresences,
  useRoom as useWatchedRoom,
  useRooms as useWatchedRooms,
  useStore,
  useUnread as useCounts,
} from '../chat/hooks.ts';
import { withoutRoom } from './no-room.ts';
import { useSettings } from './settings.ts';

/** How the connection is, and who the token says I am. */
export interface ConnectionView extends ClientState {
  /** The connection has been away for a second: the time for a quiet word about it. */
  isOffline: boolean;
}

/** Asks for nothing by itself: before another hook connects, `connection` is `idle`. */
export function useConnection(): ConnectionView {
  const isOffline = useIsOffline();
  return { ...useClientState(), isOffline };
}

/** A list of rooms. Neither command rejects: what failed stands in `error`. */
export interface RoomsView extends RoomListState {
  /** Loads the next page, where `hasMore` says that there is one. */
  loadMore: () => Promise<void>;
  /** Loads the first page anew: the button beside an error. */
  reload: () => Promise<void>;
}

/** My rooms, the latest activity first, live. `filter` is `all` unless named. */
export function useRooms(filter: RoomFilter = 'all'): RoomsView {
  const isLive = useLive();
  const { list, ...state } = useWatchedRooms(filter, isLive);
  const commands = useMemo(
    () => ({ loadMore: () => settled(list.loadMore()), reload: () => settled(list.load()) }),
    [list],
  );
  return { ...state, ...commands };
}

/** A room with its commands, which are those of the client's room handle. */
export interface OneRoom extends RoomState {
  handle: RoomHandle;
}

/** A room, its people and its messages, live. Null is a room that is not known yet: nothing is asked for, and sending throws. */
export function useRoom(roomId: string | null): OneRoom {
  const isLive = useLive(roomId !== null);
  const { handle, ...state } = useWatchedRoom(isLive ? roomId : null);
  const own = useMemo(() => (isLive ? handle : withoutRoom(handle)), [handle, isLive]);
  return { ...state, handle: own };
}

/** The messages of a room. The loading commands never reject: what failed stands in `error`. */
export interface MessagesView extends Pick<
  RoomState,
  'messages' | 'status' | 'error' | 'hasOlder' | 'isLoadingOlder'
> {
  /** Loads one page further up. */
  loadOlder: () => Promise<void>;
  /** Loads the newest messages anew: the button beside an error. */
  reload: () => Promise<void>;
  /**
   * Shows a message at once and sends it, also after a reload.
   * @throws ChatError `invalid` for a blank or too long text, `unavailable` while `roomId` is null, nobody is signed in, or too many wait
   */
  send: (message: string | Draft) => string;
  /** Sends a failed message again. */
  retry: (id: string) => void;
  /** Forgets a failed message. */
  discard: (id: string) => void;
  /** Tells the others that I have read all of it. Cheap to call often. */
  markRead: () => void;
}

/** The newest messages of a room and what follows, live, and more of them on demand. */
export function useMessages(roomId: string | null): MessagesView {
  const { messages, status, error, hasOlder, isLoadingOlder, handle } = useRoom(roomId);
  const commands = useMemo(
    () => ({
      loadOlder: () => settled(handle.loadOlder()),
      reload: () => settled(handle.loadLatest()),
      send: (message: string | Draft) =>
        handle.send(typeof message === 'string' ? { text: message } : message),
      retry: handle.retry,
      discard: handle.discard,
      markRead: () => handle.markRead(),
    }),
    [handle],
  );
  return { messages, status, error, hasOlder, isLoadingOlder, ...commands };
}

/** Who types in a room, and a way to say that I do. */
export interface TypingView {
  typists: readonly Typist[];
  /** Call it with every change of the text; it tells the others every five seconds at most. */
  setTyping: (isTyping: boolean) => void;
}

/** Typing in a room; it ends by itself. */
export function useTyping(roomId: string | null): TypingView {
  const isLive = useLive(roomId !== null);
  const room = useChat().room(roomId ?? '');
  const { typing } = useStore(room);
  const setTyping = useCallback(
    (isTyping: boolean) => {
      if (isLive) room.setTyping(isTyping);
    },
    [room, isLive],
  );
  return { typists: typing, setTyping };
}

/**
 * Whether a member is here; null while that is not known, and while one is offline oneself. It is known of the members of
 * rooms that `useRooms`, `useRoom` or `useMessages` hold. A member is `vendor:<id>` or `customer:<id>`.
 */
export function usePresence(member: string): Presence | null {
  return usePresences()[member] ?? null;
}

/** Unread rooms and messages, live; null before they are known. */
export function useUnread(): UnreadCounts | null {
  return useCounts(useLive());
}

/** Whoever shows live things needs the connection; asking for it again is nothing. @returns whether there is anything to ask for */
function useLive(isWanted = true): boolean {
  const client = useChat();
  const { isSignedOut } = useSettings();
  const isLive = isWanted && !isSignedOut;
  useEffect(() => {
    if (isLive) client.connect();
  }, [client, isLive]);
  return isLive;
}

/** The state of the store carries the error. */
async function settled(work: Promise<void>): Promise<void> {
  await work.catch(() => {});
}
