/** Typing in one room: mine told no more often than it must be, that of others shown until it ends. */
import { TYPING_REPEAT_MS } from '#protocol/limits.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type { Ports } from '../ports.ts';
import { liveTyping, type Typing, withoutTypist, withTyping } from '../state/activity.ts';

export interface RoomTypingOptions {
  readonly roomId: string;
  readonly ports: Pick<Ports, 'after' | 'now'>;
  /** Sends a frame that nobody answers. */
  readonly sendFrame: (frame: object) => boolean;
  /** Somebody's typing ended by itself. */
  readonly onChange: () => void;
}

/** Who types in a room. */
export class RoomTyping {
  readonly #options: RoomTypingOptions;
  #typing: Typing = [];
  #cancelEnd: (() => void) | null = null;
  #sentMs: number | null = null;

  constructor(options: RoomTypingOptions) {
    this.#options = options;
  }

  /** Whoever types now. */
  get now(): Typing {
    this.#typing = liveTyping(this.#typing, this.#options.ports.now());
    return this.#typing;
  }

  /** Tells the others; again on every call that is far enough from the last. */
  set(isTyping: boolean): void {
    const { ports, sendFrame, roomId } = this.#options;
    const sinceMs = this.#sentMs === null ? Infinity : ports.now() - this.#sentMs;
    const isDue = isTyping ? sinceMs >= TYPING_REPEAT_MS : this.#sentMs !== null;
    if (!isDue) return;
    this.#sentMs = isTyping ? ports.now() : null;
    sendFrame({ action: 'typing', roomId, typing: isTyping });
  }

  /** A message of mine ends it on the other side by itself. */
  sent(): void {
    this.#sentMs = null;
  }

  apply(frame: ServerFrame<'typing'>): void {
    this.#typing = withTyping(this.#typing, frame, this.#options.ports.now());
    this.#scheduleEnd();
  }

  /** A message of somebody came. */
  ended(member: string): void {
    this.#typing = withoutTypist(this.#typing, member);
  }

  close(): void {
    this.#cancelEnd?.();
  }

  #scheduleEnd(): void {
    this.#cancelEnd?.();
    const untilMs = Math.min(...this.now.map((mark) => mark.untilMs));
    if (!Number.isFinite(untilMs)) return;
    const { ports, onChange } = this.#options;
    this.#cancelEnd = ports.after(untilMs - ports.now(), () => {
      onChange();
      this.#scheduleEnd();
    });
  }
}
