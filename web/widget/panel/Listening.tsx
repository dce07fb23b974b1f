/** Hears what happens in the conversation with the vendor, also while the chat is closed, and tells the page. */
import { useEffect, useLayoutEffect } from 'react';

import type { ChatClient } from '#client/chat.ts';
import type { Room } from '#protocol/room.ts';

import { useChat } from '../../chat/ChatProvider.tsx';
import { useConnection, useRooms } from '../../chat/hooks.ts';
import type { PanelInput } from './input.ts';

interface ListeningProps extends PanelInput {
  onSession: (client: ChatClient, api: string) => void;
}

/** Draws nothing. */
export function Listening({ options, emit, onUnread, onSession }: ListeningProps) {
  const client = useChat();
  const { rooms } = useRooms('all');
  const room = rooms.find((one) => isWith(one, options.vendor));
  const { error } = useConnection();
  const { api, vendor } = options;

  useLayoutEffect(() => onSession(client, api), [client, api, onSession]);
  useEffect(() => client.connect(), [client]);
  const unread = room?.unread ?? 0;
  useEffect(() => onUnread(unread), [unread, onUnread]);
  useEffect(() => {
    if (error !== null) emit('error', { code: error.code, message: error.message });
  }, [error, emit]);
  const roomId = room?.roomId;
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

function isWith({ members }: Room, vendor: string): boolean {
  return members.some(({ member }) => member === `vendor:${vendor}`);
}
