/** The unread counts over all rooms: loaded once, then kept by what rooms turn into. */
import type { Room } from '#protocol/room.ts';

import type { UnreadCounts } from '../chat.ts';
import type { Ports } from '../ports.ts';
import type { Requests } from '../wire/requests.ts';
import { isShown } from '../state/rooms.ts';
import { createStore } from '../store.ts';

/**
 * A room that was not known here may be counted already: asked once for all that come together.
 * So long, too, an answer of the server may be older or newer than an event beside it.
 */
const RECOUNT_MS = 1_000;
/** A busy inbox is counted again ever more seldom: what it counts by itself is right but for a moment's race. */
const MAX_RECOUNT_MS = 60_000;

export interface UnreadOptions {
  readonly requests: Pick<Requests, 'countUnread'>;
  readonly ports: Pick<Ports, 'after' | 'now'>;
  /** Whether a room waits for an answer; null where this client cannot know. */
  readonly isWaiting: (room: Room) => boolean | null;
  readonly onError: (error: unknown) => void;
}

/** The counts of one user; null until they are asked for. */
export class Unread {
  readonly #options: UnreadOptions;
  /** Whether a room waits for an answer, as last known: its head does not always tell. */
  readonly #waiting = new Map<string, boolean>();
  #cancelRecount: (() => void) | null = null;
  #delayMs = RECOUNT_MS;
  /** When these last turned out otherwise, and when the server last said them. */
  #changedMs = -Infinity;
  #answeredMs = -Infinity;
  #loading: Promise<void> | null = null;
  #isWanted = false;
  readonly store = createStore<UnreadCounts | null>(null);

  constructor(options: UnreadOptions) {
    this.#options = options;
  }

  /** Whoever asks while an answer is awaited gets that one. @throws ChatError */
  load(): Promise<void> {
    this.#isWanted = true;
    this.#loading ??= this.#ask().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** An answer may lack what was read here a moment ago, and no event says so again: then it is asked for again. */
  async #ask(): Promise<void> {
    const { requests, ports } = this.#options;
    const askedMs = ports.now();
    this.store.set(await requests.countUnread());
    this.#answeredMs = ports.now();
    const isOvertaken = this.#changedMs >= askedMs - RECOUNT_MS;
    if (isOvertaken) this.recountSoon();
    else this.#delayMs = RECOUNT_MS;
  }

  /** Asks again where anybody asked for the counts, also in vain. @throws ChatError */
  async refresh(): Promise<void> {
    if (this.#isWanted) await this.load();
  }

  /** A room that an event named first: only the server knows what it counted before. */
  recountSoon(): void {
    if (!this.store.getState() || this.#cancelRecount) return;
    this.#cancelRecount = this.#options.ports.after(this.#delayMs, () => {
      this.#cancelRecount = null;
      this.#delayMs = Math.min(2 * this.#delayMs, MAX_RECOUNT_MS);
      this.load().catch(this.#options.onError);
    });
  }

  /** Counts a room that looks otherwise now. */
  count(before: Room | undefined, after: Room): void {
    const wasWaiting = this.#waiting.get(after.roomId);
    const isWaiting = this.#options.isWaiting(after) ?? wasWaiting ?? false;
    this.#waiting.set(after.roomId, isWaiting);
    if (!before) return;
    const rooms = Number(isUnread(after)) - Number(isUnread(before));
    const messages = after.unread - before.unread;
    const waiting = Number(isWaiting) - Number(wasWaiting ?? isWaiting);
    const counts = this.store.getState();
    const tellsWaiting = counts === null || counts.waiting !== undefined;
    if (rooms === 0 && messages === 0 && (waiting === 0 || !tellsWaiting)) return;
    const nowMs = this.#options.ports.now();
    this.#changedMs = nowMs;
    if (counts === null) return;
    // the answer may have known of this already
    if (nowMs - this.#answeredMs < RECOUNT_MS) this.recountSoon();
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
