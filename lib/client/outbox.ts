/** The outbox: messages of mine that are not stored yet, sent one at a time per room, in order. */
import { ChatError } from '#protocol/errors.ts';
import type { Message } from '#protocol/message.ts';

import { backoffMs, REQUEST_RETRY } from './backoff.ts';
import type { OutboxEntry, OutboxStorage, Ports } from './ports.ts';
import { asChatError } from './retry.ts';

/** How many messages may wait, failed ones included. */
export const MAX_UNSENT = 200;
/** How often the server may fail with `internal` before that message is parked and the rest go on. */
const MAX_INTERNAL_FAILURES = 5;
/** How often a room may turn out to have moved on during one delivery. */
const MAX_BEHIND = 5;

/** One object, so that a state that shows it stays the same. */
const FULL = new ChatError('unavailable', {
  message: `${MAX_UNSENT} messages wait already: discard failed ones or wait for the network.`,
});

/** What the server said of a stored message. */
export interface Delivered {
  readonly message: Message;
  /** A device of another member took it; false where an answer does not say. */
  readonly isDelivered: boolean;
}

export interface OutboxOptions {
  readonly ports: Pick<Ports, 'after' | 'now' | 'random'>;
  readonly storage: OutboxStorage;
  /** Sends one entry once. @throws ChatError */
  readonly deliver: (entry: OutboxEntry) => Promise<Delivered>;
  /** Reads a room on to its end. @returns the last seq. @throws ChatError */
  readonly readOn: (roomId: string) => Promise<number>;
  /** The last seq this client has of a room, or null when it has not read it. */
  readonly lastSeq: (roomId: string) => number | null;
  /** Whether a message is still in other hands: what was kept of it for a reload is not taken up. */
  readonly isUploading: (id: string) => boolean;
  /** My message with that id, if it has been read back. */
  readonly find: (roomId: string, id: string) => Message | undefined;
  readonly onStored: (entry: OutboxEntry, delivered: Delivered) => void;
  readonly onFailed: (entry: OutboxEntry, error: ChatError) => void;
  /** The entries of a room are others now. */
  readonly onChange: (roomId: string) => void;
  /** The storage failed; the message is still in memory. */
  readonly onError: (error: unknown) => void;
}

/** The outbox of one user. Nothing leaves before `start`. */
export class Outbox {
  readonly #options: OutboxOptions;
  #entries: readonly OutboxEntry[] = [];
  /** Rooms with a delivery under way, and what ends their wait for the next try. */
  readonly #running = new Map<string, (() => void) | null>();
  readonly #failures = new Map<string, number>();
  /** When the next try of a room is, where a rate limit said so. */
  readonly #pacedUntilMs = new Map<string, number>();
  #isClosed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier page left behind. */
  async restore(): Promise<void> {
    const stored = await this.#options.storage.load().catch((error: unknown) => {
      this.#options.onError(error);
      return [];
    });
    const known = new Set(this.#entries.map(({ message }) => message.id));
    const restored = stored.filter(
      ({ message: { id } }) => !known.has(id) && !this.#options.isUploading(id),
    );
    this.#entries = [...restored, ...this.#entries].slice(-MAX_UNSENT);
    for (const roomId of new Set(restored.map((entry) => entry.roomId))) {
      this.#options.onChange(roomId);
      this.#start(roomId);
    }
  }

  /** Everything unsent, failed ones included. */
  get size(): number {
    return this.#entries.length;
  }

  /** Why nothing more is taken beside so many others, or null while there is room. */
  fullError(others = 0): ChatError | null {
    return this.#entries.length + others < MAX_UNSENT ? null : FULL;
  }

  /** When a room's next try is, in milliseconds since 1970; null unless a rate limit holds it up. */
  retryAtMs(roomId: string): number | null {
    return this.#pacedUntilMs.get(roomId) ?? null;
  }

  /** True while something waits that has not failed. */
  get isWaiting(): boolean {
    return this.#entries.some((entry) => entry.failure === null);
  }

  /** A room's entries in the order they go out. */
  of(roomId: string): readonly OutboxEntry[] {
    return this.#entries.filter((entry) => entry.roomId === roomId);
  }

  /** @throws ChatError `unavailable` when it is full */
  add(entry: OutboxEntry): void {
    const full = this.fullError();
    if (full) throw full;
    this.#entries = [...this.#entries, entry];
    this.#store(entry);
    this.#options.onChange(entry.roomId);
    this.#start(entry.roomId);
  }

  /** Keeps what a reload is to find of a message in other hands, or (null) keeps it no longer. */
  keep(id: string, entry: OutboxEntry | null): void {
    if (entry) this.#store(entry);
    else this.#options.storage.remove(id).catch(this.#options.onError);
  }

  /** Sends a failed message again, after those that wait now; not one whose files are gone. */
  retry(id: string): void {
    const entry = this.#entries.find(({ message }) => message.id === id);
    if (!entry?.failure || lacksFiles(entry)) return;
    const again = { ...entry, failure: null };
    this.#failures.delete(id);
    this.#entries = [...this.#entries.filter((other) => other !== entry), again];
    this.#store(again);
    this.#options.onChange(entry.roomId);
    this.#start(entry.roomId);
  }

  /** Forgets a failed message; one under way may be stored already and stays. */
  discard(id: string): void {
    const entry = this.#entries.find(({ message }) => message.id === id);
    if (entry?.failure) this.#remove(entry);
  }

  /** Tries again at once what waits for the network. */
  nudge(): void {
    for (const endWait of this.#running.values()) endWait?.();
    for (const entry of this.#entries) this.#start(entry.roomId);
  }

  close(): void {
    this.#isClosed = true;
    this.nudge();
  }

  #start(roomId: string): void {
    if (this.#isClosed || this.#running.has(roomId)) return;
    if (!this.#next(roomId)) return;
    this.#running.set(roomId, null);
    void this.#drain(roomId);
  }

  #next(roomId: string): OutboxEntry | undefined {
    return this.#entries.find((entry) => entry.roomId === roomId && entry.failure === null);
  }

  async #drain(roomId: string): Promise<void> {
    for (let entry = this.#next(roomId); entry && !this.#isClosed; entry = this.#next(roomId)) {
      try {
        await this.#deliver(entry);
      } catch (error) {
        await this.#onRefusal(entry.message.id, asChatError(error));
      }
    }
    // In the same breath as the last look: what is added from now on starts anew.
    this.#running.delete(roomId);
  }

  async #deliver(waiting: OutboxEntry): Promise<void> {
    const { deliver, find, readOn, lastSeq } = this.#options;
    const { roomId, message } = waiting;
    let after = waiting.after ?? lastSeq(roomId) ?? (await readOn(roomId));
    for (let round = 1; ; round += 1) {
      // Kept before the first try: a retry after a reload must search from the same place.
      const entry = this.#replace(message.id, { after });
      if (!entry) return;
      try {
        const stored = await deliver(entry);
        return this.#settle(entry, stored);
      } catch (error) {
        if (!(error instanceof ChatError) || error.code !== 'behind') throw error;
        if (round >= MAX_BEHIND) throw new ChatError('unavailable', {}, { cause: error });
        after = await readOn(roomId);
        const found = find(roomId, message.id);
        if (found) return this.#settle(entry, { message: found, isDelivered: false });
      }
    }
  }

  #settle(entry: OutboxEntry, delivered: Delivered): void {
    // First the message, then the entry: the conversation shows one or both, never neither.
    this.#options.onStored(entry, delivered);
    this.#remove(this.#entries.find((other) => other.message.id === entry.message.id) ?? entry);
  }

  async #onRefusal(id: string, error: ChatError): Promise<void> {
    const failures = (this.#failures.get(id) ?? 0) + 1;
    this.#failures.set(id, failures);
    const isFinal =
      !error.retryable || (error.code === 'internal' && failures >= MAX_INTERNAL_FAILURES);
    if (isFinal) return this.#park(id, error);
    const roomId = this.#entries.find(({ message }) => message.id === id)?.roomId;
    if (roomId === undefined) return undefined;
    const backoff = backoffMs(REQUEST_RETRY, failures - 1, this.#options.ports.random());
    const isPaced = error.code === 'rate_limited';
    const delayMs = isPaced ? Math.max(backoff, (error.details.retryAfter ?? 1) * 1000) : backoff;
    return this.#wait(roomId, delayMs, isPaced);
  }

  #park(id: string, error: ChatError): void {
    this.#failures.delete(id);
    const failure = { code: error.code, message: error.message };
    const entry = this.#replace(id, { failure });
    if (!entry) return;
    this.#options.onChange(entry.roomId);
    this.#options.onFailed(entry, error);
  }

  /** @param isPaced the server named the delay: news of the network does not end it */
  #wait(roomId: string, delayMs: number, isPaced: boolean): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.ports.after(delayMs, end);
      const endWait = () => {
        if (isPaced && !this.#isClosed) return;
        cancel();
        end();
      };
      this.#running.set(roomId, endWait);
      if (isPaced) this.#pace(roomId, this.#options.ports.now() + delayMs);
      const [running, unpace] = [this.#running, () => isPaced && this.#pace(roomId, null)];
      function end() {
        running.set(roomId, null);
        unpace();
        resolve();
      }
    });
  }

  #pace(roomId: string, untilMs: number | null): void {
    if (untilMs === null) this.#pacedUntilMs.delete(roomId);
    else this.#pacedUntilMs.set(roomId, untilMs);
    this.#options.onChange(roomId);
  }

  #replace(id: string, change: Partial<OutboxEntry>): OutboxEntry | undefined {
    const before = this.#entries.find(({ message }) => message.id === id);
    if (!before) return undefined;
    const isSame = Object.entries(change).every(
      ([name, value]) => new Map(Object.entries(before)).get(name) === value,
    );
    if (isSame) return before;
    const entry = { ...before, ...change };
    this.#entries = this.#entries.map((other) => (other === before ? entry : other));
    this.#store(entry);
    return entry;
  }

  #remove(entry: OutboxEntry): void {
    this.#failures.delete(entry.message.id);
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#options.storage.remove(entry.message.id).catch(this.#options.onError);
    this.#options.onChange(entry.roomId);
  }

  #store(entry: OutboxEntry): void {
    this.#options.storage.put(entry).catch(this.#options.onError);
  }
}

function lacksFiles({ message, files = [] }: OutboxEntry): boolean {
  return 'attachments' in message && message.attachments.length < files.length;
}
