/** The client's stores as React state. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';

import type { ClientState, RoomList, RoomListState, UnreadCounts } from '#client/chat.ts';
import type { ChatMessage, Presence, RoomHandle, RoomState, Typist } from '#client/conversation.ts';
import type { Store } from '#client/store.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Room } from '#protocol/room.ts';

import { useChat } from './ChatProvider.tsx';

/** The state of any store of the client; renders again when it changes. */
export function useStore<State>(store: Store<State>): State {
  // a server shows what a client begins with: nothing is loaded there
  return useSyncExternalStore(store.subscribe, store.getState, () => store.initial);
}

/** Who I am and how the connection is. */
export function useConnection(): ClientState {
  return useStore(useChat());
}

/** True once the live connection has been away for a second: a blink is nobody's business. */
export function useIsOffline(): boolean {
  const { connection } = useConnection();
  const isAway = connection === 'waiting';
  const [isOffline, setOffline] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOffline(isAway), isAway ? 1_000 : 0);
    return () => clearTimeout(timer);
  }, [isAway]);
  return isOffline;
}

/** The rooms under a filter, loaded when first shown and wanted. Retry with `list.load`. */
export function useRooms(filter: RoomFilter, isWanted = true): RoomListState & { list: RoomList } {
  const client = useChat();
  const list = useMemo(() => client.rooms(filter), [client, filter]);
  const state = useStore(list);
  useEffect(() => {
    if (isWanted) list.load().catch(shownInState);
  }, [list, isWanted]);
  useEffect(() => list.watch(), [list]);
  return { ...state, list };
}

/** A room while it is on screen: loaded, kept whole, and with who is online. Null stands for a room to come. */
export function useRoom(roomId: string | null): RoomState & { handle: RoomHandle } {
  const client = useChat();
  const handle = useMemo(() => client.room(roomId ?? ''), [client, roomId]);
  const state = useStore(handle);
  const { connection } = useConnection();
  const isKnown = roomId !== null;
  const isConnected = isKnown && connection === 'online';
  useEffect(() => (isKnown ? handle.watch() : undefined), [handle, isKnown]);
  useEffect(() => {
    if (isKnown) handle.loadLatest().catch(shownInState);
  }, [handle, isKnown]);
  useEffect(() => {
    if (!isConnected) return;
    // presence is decoration: without it everybody shows as away, and the next connection asks again
    handle.loadPeople().catch(() => {});
  }, [handle, isConnected]);
  return { ...state, handle };
}

/** The messages of a room, as far as they are loaded. */
export function useMessages(roomId: string): readonly ChatMessage[] {
  return useStore(useChat().room(roomId)).messages;
}

/** Who else is typing in a room. */
export function useTyping(roomId: string): readonly Typist[] {
  return useStore(useChat().room(roomId)).typing;
}

/** A room's head as last heard, or null. */
export function useRoomHead(roomId: string): Room | null {
  return useStore(useChat().room(roomId)).room;
}

const NOBODY: Readonly<Record<string, Presence>> = {};

/** Presence by member, as far as it was heard; of nobody while offline, since it may be over. */
export function usePresence(): Readonly<Record<string, Presence>> {
  const presence = useStore(useChat().presence);
  return useIsOffline() ? NOBODY : presence;
}

/** Unread counts over all rooms, or null before they are known. */
export function useUnread(isWanted = true): UnreadCounts | null {
  const { unread } = useChat();
  useEffect(() => {
    // a missing count is not worth a word; the list below it tells what failed
    if (isWanted) unread.load().catch(() => {});
  }, [unread, isWanted]);
  return useStore(unread);
}

/** The state of a store carries its error, and the screen shows it from there. */
function shownInState(): void {}
