/** Tells an application what events say; of every state of a message once, however often it is pushed. */
import type { Message } from '#protocol/message.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type { Emitter } from './emitter.ts';

/** How many states of messages are remembered. */
const MAX_SEEN = 2_000;

export interface AnnouncerOptions {
  readonly emitter: Pick<Emitter, 'emit'>;
  /** Whose messages are mine. */
  readonly me: () => string | null;
  /** Whether a message of mine is on its way from here: no news, however it comes back. */
  readonly isUnsent: (id: string) => boolean;
}

/** The announcements of one client. */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #seen = new Set<string>();

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  announce(frame: ServerFrame): void {
    const { emitter, me, isUnsent } = this.#options;
    if (frame.event === 'message' && this.#isNews(frame.message)) {
      const { message } = frame;
      const isMine = message.sender !== null && message.sender.member === me();
      if (!isMine || !isUnsent(message.id)) emitter.emit('message', { message, isMine });
    } else if (frame.event === 'message.updated') this.updated(frame.message);
    else if (frame.event === 'room') emitter.emit('room', { room: frame.room });
    else if (frame.event === 'note') emitter.emit('note', { note: frame.note });
    else if (frame.event === 'note.deleted') {
      emitter.emit('noteRemoved', { roomId: frame.roomId, noteId: frame.noteId });
    }
  }

  /** A message was sent from here: one that the server pushes too is no news. */
  stored(message: Message): void {
    this.#isNews(message);
  }

  /** A message has another state. */
  updated(message: Message): void {
    if (this.#isNews(message)) this.#options.emitter.emit('updated', { message });
  }

  #isNews({ roomId, seq, version = 0 }: Message): boolean {
    const key = `${roomId}/${seq}/${version}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    const [oldest] = this.#seen;
    if (this.#seen.size > MAX_SEEN && oldest !== undefined) this.#seen.delete(oldest);
    return true;
  }
}
