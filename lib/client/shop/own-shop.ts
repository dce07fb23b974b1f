/** The own shop, for its staff: its settings and its saved replies. */
import { fillReply } from '#protocol/shop/saved-replies.ts';
import type { SavedReply } from '#protocol/vendor.ts';

import type { SavedReplies, SettingsStore } from '../chat.ts';
import type { Ports } from '../ports.ts';
import type { StaffRequests } from '../wire/staff-requests.ts';
import type { Retries } from '../retry.ts';
import { createLoadable } from './loadable.ts';

export interface OwnShopOptions {
  readonly requests: Pick<
    StaffRequests,
    'getSettings' | 'putSettings' | 'listReplies' | 'addReply' | 'putReply' | 'deleteReply'
  >;
  readonly retries: Pick<Retries, 'run'>;
  readonly ports: Pick<Ports, 'newId'>;
}

/** The settings of the own shop. */
export function createSettings({ requests, retries }: OwnShopOptions): SettingsStore {
  const { store, load, put } = createLoadable(() => requests.getSettings());
  return {
    initial: store.initial,
    getState: store.getState,
    subscribe: store.subscribe,
    load,
    save: async (settings) => put(await retries.run(() => requests.putSettings(settings))),
  };
}

/** The saved replies of the own shop. */
export function createSavedReplies({ requests, retries, ports }: OwnShopOptions): SavedReplies {
  const { store, load, put } = createLoadable(async () => inOrder(await requests.listReplies()));
  const others = (replyId: string) =>
    (store.getState().value ?? []).filter((reply) => reply.replyId !== replyId);
  const keep = (reply: SavedReply) => {
    // Before the first load the others are not known, and a list of one would look like all there is.
    if (store.getState().value) put(inOrder([...others(reply.replyId), reply]));
    return reply;
  };
  return {
    initial: store.initial,
    getState: store.getState,
    subscribe: store.subscribe,
    load,
    add: async (body) => {
      const replyId = ports.newId();
      return keep(await retries.run(() => requests.addReply(replyId, body)));
    },
    change: async (replyId, body) =>
      keep(await retries.run(() => requests.putReply(replyId, body))),
    remove: async (replyId) => {
      await retries.run(() => requests.deleteReply(replyId));
      if (store.getState().value) put(others(replyId));
    },
    fillIn: ({ messages }, values) => messages.map((text) => fillReply(text, values)),
  };
}

function inOrder(replies: readonly SavedReply[]): readonly SavedReply[] {
  return replies.toSorted((a, b) => a.shortcut.localeCompare(b.shortcut));
}
