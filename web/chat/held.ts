/** What somebody sends before the room is there: kept with the client, and handed over when it is. */
import type { ChatClient } from '#client/chat.ts';
import type { Draft } from '#client/conversation.ts';

import { draftsOf } from './drafts/draft-store.ts';
import { scopeOf } from './notify/scope.ts';
import type { ConversationItem } from './views.ts';

/** Where a room's messages go. */
export interface HeldFor {
  readonly send: (draft: Draft) => unknown;
}

/** Kept with the client: closing the popup loses nothing. */
const kept = new WeakMap<ChatClient, Map<string, readonly ConversationItem[]>>();

const NOTHING: readonly ConversationItem[] = [];

/** What a customer writes to a vendor is kept under, while the room is not known. */
export const keyOfVendor = (vendorId: string): string => `vendor-${vendorId}`;

/** What waits under a key. */
export function heldBy(client: ChatClient, key: string): readonly ConversationItem[] {
  return kept.get(client)?.get(key) ?? NOTHING;
}

/** Sends what waits under a key: the room shows it from here on. */
export function handOver(client: ChatClient, key: string, room: HeldFor): void {
  const ready = heldBy(client, key);
  if (ready.length === 0) return;
  kept.get(client)?.delete(key);
  // a page that comes back from the browser's cache has left it there
  keepAsDraft(client, key, NOTHING);
  for (const { text, product } of ready) {
    room.send({ text: text ?? '', ...(product !== null && { product }) });
  }
}

/** For a logout: nothing of it is sent or kept. */
export function forgetHeld(client: ChatClient): void {
  kept.get(client)?.clear();
}

/** Lets one more message wait. */
export function holdBack(client: ChatClient, key: string, draft: Draft): void {
  waitingOf(client).set(key, [...heldBy(client, key), toWaitingItem(draft)]);
}

function waitingOf(client: ChatClient): Map<string, readonly ConversationItem[]> {
  const known = kept.get(client);
  if (known !== undefined) return known;
  const waiting = new Map<string, readonly ConversationItem[]>();
  kept.set(client, waiting);
  addEventListener('pagehide', () => {
    for (const [key, held] of waiting) keepAsDraft(client, key, held);
  });
  return waiting;
}

/** For the next page: there its writer finds it in the field, before what the draft is now. */
function keepAsDraft(client: ChatClient, key: string, held: readonly ConversationItem[]): void {
  const scope = scopeOf(client, client.getState());
  const drafts = draftsOf(client);
  const texts = [...held.map(({ text }) => text), drafts.get(scope, key)];
  drafts.keep(scope, key, texts.join('\n').trim());
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
