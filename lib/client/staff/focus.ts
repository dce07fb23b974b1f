/** Focus: where I am, told to my colleagues as long as it lasts, and where they are. */
import { FOCUS_REPEAT_MS } from '#protocol/limits.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type { Ports } from '../ports.ts';
import {
  type ColleagueMark,
  type ColleagueMarks,
  colleaguesIn,
  nextFocusEndMs,
  withFocus,
} from '../state/colleagues.ts';

export interface FocusOptions {
  readonly ports: Pick<Ports, 'after' | 'now'>;
  /** Sends a frame that nobody answers. @returns whether a socket took it */
  readonly send: (frame: object) => boolean;
  /** My own user, so that another device of mine is no colleague; null while it is not known. */
  readonly user: () => string | null;
  /** Somebody came to these rooms or left them. */
  readonly onChange: (roomIds: readonly string[]) => void;
}

/** Where one is at a time: the room that was named last. */
interface Place {
  readonly roomId: string;
  readonly replying: boolean;
}

/** The focus of one client. */
export class Focus {
  readonly #options: FocusOptions;
  #place: Place | null = null;
  #cancelRepeat: (() => void) | null = null;
  #cancelEnd: (() => void) | null = null;
  #marks: ColleagueMarks = new Map();

  constructor(options: FocusOptions) {
    this.#options = options;
  }

  /** I am in a room now, or (null) no longer in it; leaving one that I am not in changes nothing. */
  set(roomId: string, focus: 'viewing' | 'replying' | null): void {
    const before = this.#place;
    if (focus === null && before?.roomId !== roomId) return;
    const replying = focus === 'replying';
    if (focus !== null && before?.roomId === roomId && before.replying === replying) return;
    this.#place = focus === null ? null : { roomId, replying };
    this.#tell();
  }

  /** Live again: colleagues forget whoever is silent. */
  renew(): void {
    if (this.#place) this.#tell();
  }

  /** Takes over where a colleague is. */
  apply(frame: ServerFrame<'focus'>): void {
    if (frame.user === this.#options.user()) return;
    const left = this.#marks.get(frame.user)?.roomId;
    this.#marks = withFocus(this.#marks, frame, this.#options.ports.now());
    this.#scheduleEnd();
    const rooms = [left, frame.roomId].filter((roomId) => typeof roomId === 'string');
    this.#options.onChange([...new Set(rooms)]);
  }

  /** The colleagues in a room. */
  of(roomId: string): readonly ColleagueMark[] {
    return colleaguesIn(this.#marks, roomId, this.#options.ports.now());
  }

  /** Leaves, as far as there still is a socket. */
  close(): void {
    if (this.#place) this.#options.send({ action: 'focus', roomId: null });
    this.#place = null;
    this.#cancelRepeat?.();
    this.#cancelEnd?.();
  }

  #tell(): void {
    this.#cancelRepeat?.();
    const { send, ports } = this.#options;
    const place = this.#place;
    send({ action: 'focus', ...(place ?? { roomId: null }) });
    if (place) this.#cancelRepeat = ports.after(FOCUS_REPEAT_MS, () => this.#tell());
  }

  #scheduleEnd(): void {
    this.#cancelEnd?.();
    const endMs = nextFocusEndMs(this.#marks);
    if (endMs === null) return;
    const { ports, onChange } = this.#options;
    this.#cancelEnd = ports.after(Math.max(0, endMs - ports.now()), () => {
      const rooms = new Set([...this.#marks.values()].map(({ roomId }) => roomId));
      const nowMs = ports.now();
      this.#marks = new Map([...this.#marks].filter(([, { untilMs }]) => untilMs > nowMs));
      onChange([...rooms]);
      this.#scheduleEnd();
    });
  }
}
