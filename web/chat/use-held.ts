/** What somebody sends before the room is there: shown at once, and handed over when it is. */
import { useCallback, useLayoutEffect, useState } from 'react';

import type { ChatClient } from '#client/chat.ts';
import type { Draft, RoomHandle } from '#client/conversation.ts';

import { useChat } from './ChatProvider.tsx';
import type { ConversationItem } from './views.ts';

/** Kept with the client: closing the popup loses nothing. */
const kept = new WeakMap<ChatClient, Map<string, readonly ConversationItem[]>>();

const NOTHING: readonly ConversationItem[] = [];

/** The messages that wait under a key, and a way to let one more wait. `room` is null until it is there. */
export function useHeld({ key, room }: { key: string; room: RoomHandle | null }): {
  held: readonly ConversationItem[];
  hold: (draft: Draft) => void;
} {
  const client = useChat();
  const waiting = waitingOf(client);
  const [, redraw] = useState<object>();
  const hold = useCallback(
    (draft: Draft) => {
      waiting.set(key, [...(waiting.get(key) ?? NOTHING), toWaitingItem(draft)]);
      redraw({});
    },
    [waiting, key],
  );
  // in the same breath as the room: what is sent next must not overtake it
  useLayoutEffect(() => {
    const ready = waiting.get(key);
    if (room === null || ready === undefined) return;
    waiting.delete(key);
    for (const { text, product } of ready) {
      // the room shows it from here on, and so draws this anew
      room.send({ text: text ?? '', ...(product !== null && { product }) });
    }
  }, [waiting, key, room]);
  return { held: waiting.get(key) ?? NOTHING, hold };
}

function waitingOf(client: ChatClient): Map<string, readonly ConversationItem[]> {
  const known = kept.get(client) ?? new Map<string, readonly ConversationItem[]>();
  kept.set(client, known);
  return known;
}

function toWaitingItem({ text, product }: Draft): ConversationItem {
  return {
    id: crypto.randomUUID(),
    seq: null,
    own: true,
    author: null,
    text,
    isNote: false,
    product: product ?? null,
    attachments: [],
    quote: null,
    reactions: [],
    canChange: false,
    at: new Date().toISOString(),
    isEdited: false,
    isDeleted: false,
    status: 'sending',
    failure: null,
  };
}
