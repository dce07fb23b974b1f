/** Presence of the other members, as far as it was heard, until it ends by itself. */
import type { Presence } from '../conversation.ts';
import type { Ports } from '../ports.ts';
import {
  nextPresenceEndMs,
  presenceAt,
  type PresenceMark,
  type PresenceMarks,
  withPresence,
} from '../state/activity.ts';
import { createStore, keepIdentity } from '../store.ts';
import type { ServerClock } from '../wire/server-clock.ts';

/** The server extends a live connection without a word, so one asks before one believes that it ends. */
const ASK_BEFORE_OFFLINE_MS = 10_000;

export interface PresenceOptions {
  readonly ports: Pick<Ports, 'after' | 'now'>;
  readonly here: ServerClock['here'];
  /** Somebody's presence is about to end: ask again where anybody looks. */
  readonly onEnding: () => void;
  /** Somebody came or went. */
  readonly onChange: () => void;
}

/** The presence that one client knows of. */
export class PresenceBoard {
  readonly #options: PresenceOptions;
  #marks: PresenceMarks = new Map();
  #cancelEnd: (() => void) | null = null;
  #isClosed = false;
  readonly store = createStore<Readonly<Record<string, Presence>>>({});

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  /** What was last said of a member. */
  of(member: string): PresenceMark | undefined {
    return this.#marks.get(member);
  }

  /** Takes over what the server says of a member. */
  take(member: string, { online, onlineUntil, lastSeenAt }: PresenceMark): void {
    const { here } = this.#options;
    this.#marks = withPresence(this.#marks, member, {
      online,
      onlineUntil: here(onlineUntil),
      lastSeenAt: here(lastSeenAt),
    });
    this.#show();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelEnd?.();
  }

  #show(): void {
    const nowMs = this.#options.ports.now();
    const before = this.store.getState();
    const shown = [...this.#marks].map(([member, mark]) => {
      const presence = presenceAt(mark, nowMs);
      return [member, keepIdentity(before[member] ?? presence, presence)] as const;
    });
    this.store.set(keepIdentity(before, Object.fromEntries(shown)));
    if (this.store.getState() !== before) this.#options.onChange();
    this.#scheduleEnd(nowMs);
  }

  #scheduleEnd(nowMs: number): void {
    this.#cancelEnd?.();
    const endMs = nextPresenceEndMs(this.#marks, nowMs);
    if (endMs === null || this.#isClosed) return;
    const { ports, onEnding } = this.#options;
    const askMs = endMs - ASK_BEFORE_OFFLINE_MS;
    const ask = () => {
      onEnding();
      this.#show();
    };
    this.#cancelEnd =
      askMs > nowMs
        ? ports.after(askMs - nowMs, ask)
        : ports.after(endMs - nowMs, () => this.#show());
  }
}
