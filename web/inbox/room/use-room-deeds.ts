/** What the inbox's keys do in the open room. */
import { type RefObject, useEffect } from 'react';

import type { RoomHandle } from '#client/conversation.ts';
import type { Room } from '#protocol/room.ts';

import type { Conversation } from '../../chat/use-conversation.ts';
import type { Shortcut } from '../keys/shortcuts.ts';

/** What the keys do in the open room. */
export type RoomDeeds = Readonly<
  Record<Extract<Shortcut, 'close' | 'compose' | 'replies'>, () => void>
>;

interface DeedsInput {
  room: Room | null;
  handle: RoomHandle;
  watch: (work: Promise<unknown>) => void;
  input: RefObject<HTMLTextAreaElement | null>;
  conversation: Pick<Conversation, 'draft' | 'onDraft'>;
}

/** Hands them over for as long as the room is on screen. */
export function useRoomDeeds(onDeeds: (deeds: RoomDeeds | null) => void, input: DeedsInput): void {
  useEffect(() => {
    onDeeds(deedsOf(input));
    return () => onDeeds(null);
  });
}

function deedsOf({ room, handle, watch, input, conversation }: DeedsInput): RoomDeeds {
  const compose = () => input.current?.focus();
  return {
    compose,
    close: () => {
      if (room !== null) watch(room.status === 'open' ? handle.close() : handle.reopen());
    },
    replies: () => {
      compose();
      if (conversation.draft === '') conversation.onDraft('/');
    },
  };
}
