/** What somebody began to write, by room: kept in this browser, so that a reload loses nothing; the tab that wrote last wins. */

import type { ChatClient } from '#client/chat.ts';

/** The part of the browser's storage that is used. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A longer text is kept while the page lives and no longer: the storage is small, and shared. */
const MAX_KEPT_LENGTH = 20_000;

/** By client, so that another user in the same tab finds nothing of it. */
const stores = new WeakMap<ChatClient, DraftStore>();

/** The drafts of a client's person. */
export function draftsOf(client: ChatClient): DraftStore {
  const known = stores.get(client) ?? new DraftStore(() => localStorage);
  stores.set(client, known);
  return known;
}

/** The drafts of one person. Where the storage is forbidden or full they live as long as the page. */
export class DraftStore {
  readonly #storage: () => DraftStorage;
  readonly #written = new Map<string, string>();

  /** @param storage may throw: some browsers forbid even to look */
  constructor(storage: () => DraftStorage) {
    this.#storage = storage;
  }

  /** @param scope whose it is; null while that is not known: then only this page knows of it */
  get(scope: string | null, key: string): string {
    return this.#written.get(key) ?? this.#read(scope, key) ?? '';
  }

  set(scope: string | null, key: string, text: string): void {
    this.#written.set(key, text);
    this.keep(scope, key, text);
  }

  /** For the next page only: here the draft stays what it is. */
  keep(scope: string | null, key: string, text: string): void {
    if (scope === null) return;
    try {
      const storage = this.#storage();
      if (text === '' || text.length > MAX_KEPT_LENGTH) storage.removeItem(nameOf(scope, key));
      else storage.setItem(nameOf(scope, key), text);
    } catch {
      // Full or forbidden: it lives as long as this page.
    }
  }

  #read(scope: string | null, key: string): string | null {
    if (scope === null) return null;
    try {
      return this.#storage().getItem(nameOf(scope, key));
    } catch {
      return null;
    }
  }
}

/** Under the scope, which a logout clears as a whole. */
function nameOf(scope: string, key: string): string {
  return `${scope}/draft/${key}`;
}
