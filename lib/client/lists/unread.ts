/** The unread counts over all rooms: loaded once, then kept by what rooms turn into. */
import type { Room } from '#protocol/room.ts';

import type { UnreadCounts } from '../chat.ts';
import type { Ports } from '../ports.ts';
import type { Requests } from '../wire/requests.ts';
import { isShown } from '../state/rooms.ts';
import { createStore } from '../store.ts';

/** A room that was not known here may be counted already: asked once for all that come together. */
const RECOUNT_MS = 1_000;
/** A busy inbox is counted again ever more seldom: what it counts by itself is right but for a moment's race. */
const MAX_RECOUNT_MS = 60_000;

export interface UnreadOptions {
  readonly requests: Pick<Requests, 'countUnread'>;
  readonly ports: Pick<Ports, 'after'>;
  readonly onError: (error: unknown) => void;
}

/** The counts of one user; null until they are asked for. */
export class Unread {
  readonly #options: UnreadOptions;
  /** Whether a room waits for an answer, as last known: its head does not always tell. */
  readonly #waiting = new Map<string, boolean>();
  #cancelRecount: (() => void) | null = null;
  #delayMs = RECOUNT_MS;
  /** Something changed while the server was about to be asked: an event comes before the room's head says so too. */
  #isOvertaken = false;
  #isAsking = false;
  readonly store = createStore<UnreadCounts | null>(null);

  constructor(options: UnreadOptions) {
    this.#options = options;
  }

  /** @throws ChatError */
  async load(): Promise<void> {
    this.store.set(await this.#options.requests.countUnread());
  }

  /** Asks again where anybody looks at the counts. */
  refresh(): void {
    if (this.store.getState()) this.load().catch(this.#options.onError);
  }

  /** A room that an event named first: only the server knows what it counted before. */
  recountSoon(): void {
    if (!this.store.getState() || this.#cancelRecount) return;
    this.#cancelRecount = this.#options.ports.after(this.#delayMs, () => {
      this.#cancelRecount = null;
      this.#recount().catch(this.#options.onError);
    });
  }

  async #recount(): Promise<void> {
    this.#isAsking = true;
    try {
      await this.load();
    } finally {
      this.#isAsking = false;
    }
    this.#delayMs = this.#isOvertaken ? Math.min(2 * this.#delayMs, MAX_RECOUNT_MS) : RECOUNT_MS;
    if (!this.#isOvertaken) return;
    this.#isOvertaken = false;
    this.recountSoon();
  }

  /** Counts a room that looks otherwise now. */
  count(before: Room | undefined, after: Room): void {
    const wasWaiting = this.#waiting.get(after.roomId);
    const isWaiting = isShown(after, 'waiting') ?? wasWaiting ?? false;
    this.#waiting.set(after.roomId, isWaiting);
    const counts = this.store.getState();
    if (!counts || !before) return;
    const rooms = Number(isUnread(after)) - Number(isUnread(before));
    const messages = after.unread - before.unread;
    const waiting = Number(isWaiting) - Number(wasWaiting ?? isWaiting);
    if (rooms === 0 && messages === 0 && (waiting === 0 || counts.waiting === undefined)) return;
    if (this.#isAsking || this.#cancelRecount) this.#isOvertaken = true;
    this.store.set({
      rooms: Math.max(0, counts.rooms + rooms),
      messages: Math.max(0, counts.messages + messages),
      ...(counts.waiting === undefined ? {} : { waiting: Math.max(0, counts.waiting + waiting) }),
    });
  }

  close(): void {
    this.#cancelRecount?.();
  }
}

function isUnread(room: Room): boolean {
  return isShown(room, 'unread') === true;
}
