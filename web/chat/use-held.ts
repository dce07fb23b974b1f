/** What somebody sends before the room is there: shown at once, and handed over when it is. */
import { useCallback, useLayoutEffect, useState } from 'react';

import type { ChatClient } from '#client/chat.ts';
import type { Draft } from '#client/conversation.ts';

import { useChat } from './ChatProvider.tsx';
import { draftsOf } from './drafts/use-draft.ts';
import { scopeOf } from './notify/scope.ts';
import type { ConversationItem } from './views.ts';

/** Where a room's messages go. */
interface Room {
  readonly send: (draft: Draft) => unknown;
}

/** Kept with the client: closing the popup loses nothing. */
const kept = new WeakMap<ChatClient, Map<string, readonly ConversationItem[]>>();

const NOTHING: readonly ConversationItem[] = [];

/** What a customer writes to a vendor is kept under, while the room is not known. */
export const keyOfVendor = (vendorId: string): string => `vendor-${vendorId}`;

/** The messages that wait under a key, and a way to let one more wait. `room` is null until it is there. */
export function useHeld({ key, room }: { key: string; room: Room | null }): {
  held: readonly ConversationItem[];
  hold: (draft: Draft) => void;
} {
  const client = useChat();
  const [, redraw] = useState<object>();
  const hold = useCallback(
    (draft: Draft) => {
      waitingOf(client).set(key, [...heldBy(client, key), toWaitingItem(draft)]);
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

/** What waits under a key. */
export function heldBy(client: ChatClient, key: string): readonly ConversationItem[] {
  return kept.get(client)?.get(key) ?? NOTHING;
}

/** Sends what waits under a key: the room shows it from here on. */
export function handOver(client: ChatClient, key: string, room: Room): void {
  const ready = heldBy(client, key);
  kept.get(client)?.delete(key);
  for (const { text, product } of ready) {
    room.send({ text: text ?? '', ...(product !== null && { product }) });
  }
}

function waitingOf(client: ChatClient): Map<string, readonly ConversationItem[]> {
  const known = kept.get(client);
  if (known !== undefined) return known;
  const waiting = new Map<string, readonly ConversationItem[]>();
  kept.set(client, waiting);
  addEventListener('pagehide', () => keepAsDrafts(client, waiting));
  return waiting;
}

/** On the next page its writer finds it in the field, and sends it. */
function keepAsDrafts(
  client: ChatClient,
  waiting: ReadonlyMap<string, readonly ConversationItem[]>,
): void {
  const scope = scopeOf(client, client.getState());
  const drafts = draftsOf(client);
  for (const [key, held] of waiting) {
    const texts = [...held.map(({ text }) => text), drafts.get(scope, key)];
    drafts.keep(scope, key, texts.join('\n').trim());
  }
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
