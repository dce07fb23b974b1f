/** Hears what happens in the conversation with the vendor, also while the chat is closed, and tells the page. */
import { useEffect, useLayoutEffect } from 'react';

import type { ChatClient } from '#client/chat.ts';

import { useChat } from '../../chat/ChatProvider.tsx';
import { useConnection, useStore } from '../../chat/hooks.ts';
import type { PanelInput } from './input.ts';

interface ListeningProps extends PanelInput {
  /** Null until it is known: there may be none yet. */
  roomId: string | null;
  onRoom: (roomId: string) => void;
  onSession: (client: ChatClient) => void;
}

/** Draws nothing. */
export function Listening({ options, emit, onUnread, onSession, roomId, ...rest }: ListeningProps) {
  const client = useChat();
  const { unread } = useStore(client.room(roomId ?? ''));
  const { error } = useConnection();
  const { vendor } = options;

  useLayoutEffect(() => onSession(client), [client, onSession]);
  useEffect(() => client.connect(), [client]);
  useFound(rest.onRoom, { vendor, isOpen: rest.isOpen });
  useEffect(() => onUnread(unread), [unread, onUnread]);
  useEffect(() => {
    if (error !== null) emit('error', { code: error.code, message: error.message });
  }, [error, emit]);
  useEffect(
    () =>
      client.on('message', (event) => {
        const { message } = event;
        const isFromVendor = message.sender?.member === `vendor:${vendor}`;
        if (isFromVendor || message.roomId === roomId) emit('message', event);
      }),
    [client, vendor, roomId, emit],
  );
  useEffect(
    () =>
      client.on('error', ({ error: { code, message } }) => {
        emit('error', { code, message });
      }),
    [client, emit],
  );
  return null;
}

/** Looks for the room while nobody opens it, and again after every pause: what came meanwhile was not pushed. */
function useFound(
  onRoom: (roomId: string) => void,
  { vendor, isOpen }: { vendor: string; isOpen: boolean },
): void {
  const client = useChat();
  const isOnline = useConnection().connection === 'online';
  useEffect(() => {
    if (isOpen || !isOnline) return;
    client.findRoom(vendor).then(
      (room) => room !== null && onRoom(room.roomId),
      // a missing count is not worth a word: the next connection asks again
      () => {},
    );
  }, [client, vendor, isOpen, isOnline, onRoom]);
}
