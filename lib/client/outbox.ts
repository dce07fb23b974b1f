/** The outbox: messages of mine that are not stored yet, sent one at a time per room, in order. */
import { ChatError } from '#protocol/errors.ts';
import type { Message } from '#protocol/message.ts';

import type { OutboxEntry, OutboxNews, OutboxStorage, Ports } from './ports.ts';
import { asChatError, isOfToken, retryDelayMs } from './retry.ts';
import { UnsentList, type UnsentListOptions } from './unsent/unsent-list.ts';

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

export interface OutboxOptions extends Omit<UnsentListOptions, 'now'> {
  readonly ports: Pick<Ports, 'after' | 'now' | 'random'>;
  /** Finds out whose outbox this is, which opens it. @throws ChatError */
  readonly identify: () => Promise<unknown>;
  /** Sends one entry once. @throws ChatError */
  readonly deliver: (entry: OutboxEntry) => Promise<Delivered>;
  /** Reads a room on to its end. @returns the last seq. @throws ChatError */
  readonly readOn: (roomId: string) => Promise<number>;
  /** The last seq this client has of a room, or null when it has not read it. */
  readonly lastSeq: (roomId: string) => number | null;
  /** My message with that id, if it has been read back. */
  readonly find: (roomId: string, id: string) => Message | undefined;
  readonly onStored: (entry: OutboxEntry, delivered: Delivered) => void;
  readonly onFailed: (entry: OutboxEntry, error: ChatError) => void;
}

/** The outbox of one user. Of several at one storage only the one that is the sender sends. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #unsent: UnsentList;
  /** Rooms with a delivery under way, and what ends their wait for the next try. */
  readonly #running = new Map<string, (() => void) | null>();
  readonly #failures = new Map<string, number>();
  /** When the next try of a room is, where a rate limit said so. */
  readonly #pacedUntilMs = new Map<string, number>();
  #storage: OutboxStorage | null = null;
  #opening: Promise<void> | null = null;
  #stops: readonly (() => void)[] = [];
  /** What an earlier page left is here, which goes out before what is new. */
  #isRestored = false;
  #isClosed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#unsent = new UnsentList({ ...options, now: options.ports.now });
  }

  /** Says whose outbox this is: takes up what an earlier page left behind, and hears what other tabs do. */
  open(storage: OutboxStorage): Promise<void> {
    this.#storage = storage;
    this.#unsent.open(storage);
    const { siblings } = storage;
    if (siblings !== undefined) {
      this.#stops = [
        siblings.hear((news) => this.#hear(news)),
        siblings.isSender.subscribe(() => void this.#takeTurn()),
      ];
    }
    this.#opening = this.#takeTurn();
    return this.#opening;
  }

  /** Everything unsent, failed ones included. */
  get size(): number {
    return this.#unsent.entries.length;
  }

  /** Why nothing more is taken beside so many others, or null while there is room. */
  fullError(others = 0): ChatError | null {
    return this.size + others < MAX_UNSENT ? null : FULL;
  }

  /** When a room's next try is, in milliseconds since 1970; null unless a rate limit holds it up. */
  retryAtMs(roomId: string): number | null {
    return this.#pacedUntilMs.get(roomId) ?? null;
  }

  /** True while something waits that has not failed. */
  get isWaiting(): boolean {
    return this.#unsent.entries.some((entry) => entry.failure === null);
  }

  has(id: string): boolean {
    return this.#unsent.find(id) !== undefined;
  }

  /** A room's entries in the order they go out. */
  of(roomId: string): readonly OutboxEntry[] {
    return this.#unsent.entries.filter((entry) => entry.roomId === roomId);
  }

  /** @throws ChatError `unavailable` when it is full */
  add(entry: OutboxEntry): void {
    const full = this.fullError();
    if (full) throw full;
    this.#unsent.append(entry);
    this.#start(entry.roomId);
  }

  /** Keeps what a reload is to find of a message in other hands, or (null) keeps it no longer. */
  keep(id: string, entry: OutboxEntry | null): void {
    if (entry) this.#unsent.keep(entry);
    else this.#unsent.unkeep(id);
  }

  /** Sends a failed message again, after those that wait now; not one whose files are gone. */
  retry(id: string): void {
    const entry = this.#unsent.find(id);
    if (!entry?.failure || lacksFiles(entry)) return;
    this.#failures.delete(id);
    this.#unsent.append({ ...entry, failure: null });
    this.#start(entry.roomId);
  }

  /** Forgets a failed message; one under way may be stored already and stays. */
  discard(id: string): void {
    if (this.#unsent.find(id)?.failure) this.#forget(id);
  }

  /** Lets go of what was refused and is in the room all the same: the answer to an earlier try was lost. */
  reconcile(roomId: string, find: (id: string) => Message | undefined): void {
    for (const entry of this.of(roomId)) {
      const message = entry.failure ? find(entry.message.id) : undefined;
      if (message) this.#settle(entry, { message, isDelivered: false });
    }
  }

  /** Tries again at once what waits for the network, in whatever tab. */
  nudge(): void {
    if (this.#isWaitingElsewhere()) this.#unsent.tell({ type: 'nudge' });
    for (const endWait of this.#running.values()) endWait?.();
    this.#startAll();
  }

  close(): void {
    this.#isClosed = true;
    for (const stop of this.#stops) stop();
    this.nudge();
    this.#storage?.close?.();
  }

  /** Another tab tells. */
  #hear(news: OutboxNews): void {
    switch (news.type) {
      case 'put':
        this.#onPut(news.entry);
        break;
      case 'removed':
        this.#unsent.hide(news.id);
        break;
      case 'stored':
        this.#options.onStored(news.entry, news);
        this.#unsent.hide(news.entry.message.id);
        break;
      case 'paced':
        this.#showPace(news.roomId, news.untilMs);
        break;
      case 'nudge':
        if (this.#isSender()) this.nudge();
        break;
      case 'ended':
        for (const { message } of this.#unsent.entries) this.#unsent.hide(message.id);
        break;
      default:
    }
  }

  #onPut(entry: OutboxEntry): void {
    const before = this.#unsent.find(entry.message.id);
    this.#unsent.show(entry);
    const { failure } = entry;
    if (failure && before?.failure === null) {
      this.#options.onFailed(entry, new ChatError(failure.code, { message: failure.message }));
    }
    this.#start(entry.roomId);
  }

  /** Begins where it is this client's turn to send, with all that is stored; and ends where it no longer is. */
  async #takeTurn(): Promise<void> {
    for (const endWait of this.#running.values()) endWait?.();
    await this.#unsent.load();
    this.#isRestored = true;
    this.#startAll();
  }

  #isSender(): boolean {
    return this.#storage?.siblings?.isSender.getState() ?? true;
  }

  #isWaitingElsewhere(): boolean {
    return !this.#isClosed && this.isWaiting && !this.#isSender();
  }

  #startAll(): void {
    for (const { roomId } of this.#unsent.entries) this.#start(roomId);
  }

  #start(roomId: string): void {
    if (this.#running.has(roomId) || !this.#next(roomId)) return;
    this.#running.set(roomId, null);
    void this.#drain(roomId);
  }

  /** What this client is to send next, if it is its turn. */
  #next(roomId: string): OutboxEntry | undefined {
    if (this.#isClosed || !this.#isSender()) return undefined;
    return this.of(roomId).find((entry) => entry.failure === null);
  }

  async #drain(roomId: string): Promise<void> {
    for (let entry = this.#next(roomId); entry; entry = this.#next(roomId)) {
      try {
        if (this.#isRestored) await this.#deliver(entry);
        else await this.#restored();
      } catch (error) {
        await this.#onRefusal(entry.message.id, asChatError(error));
      }
    }
    // In the same breath as the last look: what is added from now on starts anew.
    this.#running.delete(roomId);
  }

  /** Whoever asks for the identity opens the outbox by it. */
  async #restored(): Promise<void> {
    await this.#options.identify();
    await this.#opening;
    this.#isRestored = true;
  }

  async #deliver(waiting: OutboxEntry): Promise<void> {
    const { deliver, find, readOn, lastSeq } = this.#options;
    const { roomId, message } = waiting;
    let after = waiting.after ?? lastSeq(roomId) ?? (await readOn(roomId));
    for (let round = 1; ; round += 1) {
      const entry = this.#replace(message.id, { after });
      if (!entry) return;
      // Kept before the first try: a retry after a reload, or by another tab, must search from the same place.
      await this.#unsent.kept();
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
    const { id } = entry.message;
    // First the message, then the entry: the conversation shows one or both, never neither.
    this.#options.onStored(entry, delivered);
    this.#failures.delete(id);
    this.#unsent.hide(id);
    this.#unsent.unkeep(id);
    this.#unsent.tell({ type: 'stored', entry, ...delivered });
  }

  #forget(id: string): void {
    this.#failures.delete(id);
    this.#unsent.remove(id);
  }

  async #onRefusal(id: string, error: ChatError): Promise<void> {
    const failures = (this.#failures.get(id) ?? 0) + 1;
    this.#failures.set(id, failures);
    // who is signed out may come back: nothing was said of the message
    const isPassing = error.retryable || isOfToken(error);
    const isFinal = !isPassing || (error.code === 'internal' && failures >= MAX_INTERNAL_FAILURES);
    if (isFinal) return this.#park(id, error);
    const roomId = this.#unsent.find(id)?.roomId;
    if (roomId === undefined) return undefined;
    const delayMs = retryDelayMs(error, failures - 1, this.#options.ports.random());
    return this.#wait(roomId, delayMs, error.code === 'rate_limited');
  }

  #park(id: string, error: ChatError): void {
    this.#failures.delete(id);
    const failure = { code: error.code, message: error.message };
    const entry = this.#replace(id, { failure });
    if (!entry) return;
    const { roomId } = entry;
    this.reconcile(roomId, (sent) => this.#options.find(roomId, sent));
    if (this.has(id)) this.#options.onFailed(entry, error);
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
    this.#showPace(roomId, untilMs);
    this.#unsent.tell({ type: 'paced', roomId, untilMs });
  }

  #showPace(roomId: string, untilMs: number | null): void {
    if (untilMs === null) this.#pacedUntilMs.delete(roomId);
    else this.#pacedUntilMs.set(roomId, untilMs);
    this.#options.onChange(roomId);
  }

  #replace(id: string, change: Partial<OutboxEntry>): OutboxEntry | undefined {
    const before = this.#unsent.find(id);
    if (!before) return undefined;
    const isSame = Object.entries(change).every(
      ([name, value]) => new Map(Object.entries(before)).get(name) === value,
    );
    if (isSame) return before;
    const entry = { ...before, ...change };
    this.#unsent.put(entry);
    return entry;
  }
}

function lacksFiles({ message, files = [] }: OutboxEntry): boolean {
  return 'attachments' in message && message.attachments.length < files.length;
}
