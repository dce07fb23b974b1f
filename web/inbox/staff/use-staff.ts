/** The colleagues of this shop as React state, and where they are met. */
import { useEffect } from 'react';

import type { ChatClient } from '#client/chat.ts';
import type { ChatMessage, RoomState } from '#client/conversation.ts';
import type { Note } from '#protocol/shop/note.ts';

import { useChat } from '../../chat/ChatProvider.tsx';
import { useConnection, useStore } from '../../chat/hooks.ts';
import { scopeOf } from '../../chat/notify/scope.ts';
import { type Names, Staff } from './staff.ts';

const staffs = new WeakMap<ChatClient, Staff>();

/** Stands until it is known who looks. */
const NOBODY = new Staff(() => null, '');

/** The names of the shop's staff by user, oneself among them. */
export function useStaff(): Names {
  return useStore(useStaffStore());
}

/** Who I am as the server names me; null while it is not known. */
export function useOwnUser(): string | null {
  return useConnection().me?.user ?? null;
}

/** Meets whoever writes to any room, for as long as the inbox is open. */
export function useMeetStaff(): void {
  const client = useChat();
  const store = useStaffStore();
  const { user, person } = useConnection().me ?? { user: null, person: null };
  useEffect(() => {
    if (user !== null) store.meet([{ user, name: person ?? '' }]);
  }, [store, user, person]);
  useEffect(() => {
    const stops = [
      client.on('message', ({ message }) => store.meet(agentsOf([message]))),
      client.on('note', ({ note }) => store.meet([note.author])),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, store]);
}

/** Meets everybody who wrote in the open room, or looks at it. */
export function useMeetInRoom({
  messages,
  colleagues,
}: Pick<RoomState, 'messages' | 'colleagues'>): void {
  const store = useStaffStore();
  useEffect(() => {
    store.meet([...agentsOf(messages), ...colleagues]);
  }, [store, messages, colleagues]);
}

/** Meets whoever noted something. */
export function useMeetAuthors(notes: readonly Note[]): void {
  const store = useStaffStore();
  useEffect(() => {
    store.meet(notes.map(({ author }) => author));
  }, [store, notes]);
}

function useStaffStore(): Staff {
  const client = useChat();
  const scope = scopeOf(client, useConnection());
  if (scope === null) return NOBODY;
  const known = staffs.get(client) ?? new Staff(() => localStorage, `${scope}/staff`);
  staffs.set(client, known);
  return known;
}

function agentsOf(messages: readonly Pick<ChatMessage, 'sender'>[]) {
  return messages.map(({ sender }) => sender?.agent ?? null).filter((agent) => agent !== null);
}
