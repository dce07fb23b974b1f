/** What is unsent, as every client at one storage sees it: kept in the storage, told to the others, in one order for all. */
import { lazyStorage, type OutboxEntry, type OutboxNews, type OutboxStorage } from '../ports.ts';

export interface UnsentListOptions {
  readonly now: () => number;
  /** Whether a message is still in other hands: what was kept of it for a reload is not taken up. */
  readonly isUploading: (id: string) => boolean;
  /** The entries of a room are others now. */
  readonly onChange: (roomId: string) => void;
  /** The storage failed; the message is still in memory. */
  readonly onError: (error: unknown) => void;
}

/** The unsent messages of one user, as one client knows them. */
export class UnsentList {
  readonly #options: UnsentListOptions;
  readonly #storage = lazyStorage();
  #siblings: OutboxStorage['siblings'];
  /** Ends with the last write that was asked for. */
  #writing: Promise<void> = Promise.resolve();
  entries: readonly OutboxEntry[] = [];

  constructor(options: UnsentListOptions) {
    this.#options = options;
  }

  /** Says whose messages these are, and so where they are kept. */
  open(storage: OutboxStorage): void {
    this.#storage.open(storage);
    this.#siblings = storage.siblings;
  }

  /** Takes up what is stored and not known here. @returns the rooms that have more now */
  async load(): Promise<Set<string>> {
    const { isUploading, onChange, onError } = this.#options;
    const stored = await this.#storage.load().catch((error: unknown) => {
      onError(error);
      return [];
    });
    const missing = stored.filter(
      ({ message: { id } }) => this.find(id) === undefined && !isUploading(id),
    );
    this.entries = inOrder([...missing, ...this.entries]);
    const rooms = new Set(missing.map(({ roomId }) => roomId));
    for (const roomId of rooms) onChange(roomId);
    return rooms;
  }

  find(id: string): OutboxEntry | undefined {
    return this.entries.find(({ message }) => message.id === id);
  }

  /** Adds a message behind all others, or puts it there again. */
  append(entry: OutboxEntry): void {
    const last = this.entries.at(-1)?.order ?? 0;
    // The clock orders what was written in several tabs; one that was set back must not disorder one tab.
    this.put({ ...entry, order: Math.max(this.#options.now(), last + 1) });
  }

  /** Adds a message or replaces the one with its id, here, in the storage and in the other tabs. */
  put(entry: OutboxEntry): void {
    this.show(entry);
    this.keep(entry);
    this.tell({ type: 'put', entry });
  }

  /** Takes a message away everywhere. */
  remove(id: string): void {
    this.hide(id);
    this.unkeep(id);
    this.tell({ type: 'removed', id });
  }

  /** Adds or replaces a message as another tab tells. */
  show(entry: OutboxEntry): void {
    const { id } = entry.message;
    const others = this.entries.filter(({ message }) => message.id !== id);
    this.entries = inOrder([...others, entry]);
    this.#options.onChange(entry.roomId);
  }

  /** Takes a message away as another tab tells. */
  hide(id: string): void {
    const entry = this.find(id);
    if (entry === undefined) return;
    this.entries = this.entries.filter((other) => other !== entry);
    this.#options.onChange(entry.roomId);
  }

  /** Stores a message and tells nobody. */
  keep(entry: OutboxEntry): void {
    this.#writing = this.#storage.put(entry).catch(this.#options.onError);
  }

  unkeep(id: string): void {
    this.#storage.remove(id).catch(this.#options.onError);
  }

  /** Resolves when what was put so far is stored, or could not be. */
  kept(): Promise<void> {
    return this.#writing;
  }

  tell(news: OutboxNews): void {
    this.#siblings?.tell(news);
  }
}

/** The same in every tab. */
function inOrder(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  return entries.toSorted(
    (a, b) => (a.order ?? 0) - (b.order ?? 0) || compare(a.message.id, b.message.id),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
