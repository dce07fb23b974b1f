/** Edits, deletions and reactions of mine in one room: shown at once, sent one after the other per message, taken back when refused. */
import { ChatError } from '#protocol/errors.ts';
import type { Message } from '#protocol/message.ts';

import type { OptimisticChange } from '../chat.ts';
import type { Ports } from '../ports.ts';
import type { Replies } from '../wire/replies.ts';
import type { Requests } from '../wire/requests.ts';
import { asChatError, type Retries } from '../retry.ts';
import { pendingChange } from '../state/change.ts';
import type { MessageChange, PendingChange } from '../state/changing.ts';
import { findSeq, type Timeline, type TimelineAction } from '../state/timeline.ts';
import type { ChatSender } from '../state/view.ts';

/** So many may wait to be confirmed; whoever taps faster hears it. */
const MAX_PENDING = 100;

export interface RoomChangesOptions {
  readonly roomId: string;
  readonly requests: Pick<Requests, 'editMessage' | 'deleteMessage' | 'react'>;
  readonly replies: Pick<Replies, 'ask'>;
  readonly retries: Pick<Retries, 'run'>;
  readonly ports: Pick<Ports, 'now' | 'newId'>;
  readonly me: () => ChatSender;
  readonly timeline: () => Timeline;
  readonly dispatch: (action: TimelineAction) => void;
  /** A change is stored, and this is the message now. */
  readonly onChanged: (message: Message) => void;
  readonly onRollback: (change: OptimisticChange, error: ChatError) => void;
}

/** The changes of one room. */
export class RoomChanges {
  readonly #options: RoomChangesOptions;
  /** The last change under way of each message: the next one waits for it. */
  readonly #last = new Map<number, Promise<void>>();
  #pending: readonly PendingChange[] = [];

  constructor(options: RoomChangesOptions) {
    this.#options = options;
  }

  /** Shows a change and sends it. @throws ChatError after it was taken back */
  async make(seq: number, change: MessageChange): Promise<void> {
    if (this.#pending.length >= MAX_PENDING) throw new ChatError('unavailable');
    const { ports } = this.#options;
    const at = new Date(ports.now()).toISOString();
    const pending = pendingChange({ id: ports.newId(), seq, change, at });
    this.#show([...this.#pending, pending]);
    const before = this.#last.get(seq) ?? Promise.resolve();
    const sending = before.then(() => this.#send(pending));
    // The next one goes on whatever becomes of this one.
    const settled = sending.catch(() => {});
    this.#last.set(seq, settled);
    void settled.then(() => {
      if (this.#last.get(seq) === settled) this.#last.delete(seq);
    });
    return sending;
  }

  async #send(pending: PendingChange): Promise<void> {
    const { retries, dispatch, onChanged, onRollback } = this.#options;
    try {
      const message = await retries.run(() => this.#deliver(pending));
      // First the message, then the change: what is shown never falls back between them.
      if (message) dispatch({ type: 'changed', message });
      else this.#assume(pending);
      this.#drop(pending);
      if (message) onChanged(message);
    } catch (error) {
      const reason = asChatError(error);
      this.#drop(pending);
      onRollback(asOptimistic(pending), reason);
      throw reason;
    }
  }

  /** Over HTTP, whose answer is the message; over the socket where HTTP does not answer. */
  async #deliver(pending: PendingChange): Promise<Message | null> {
    try {
      return await this.#request(pending);
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      await this.#ask(pending).catch((other: unknown) => {
        throw isUnanswered(other) ? error : other;
      });
      return null;
    }
  }

  #request({ seq, change }: PendingChange): Promise<Message> {
    const { requests, roomId } = this.#options;
    switch (change.type) {
      case 'edit':
        return requests.editMessage(roomId, seq, change.text);
      case 'remove':
        return requests.deleteMessage(roomId, seq);
      case 'react':
      default:
        return requests.react(roomId, seq, { emoji: change.emoji, on: change.on });
    }
  }

  async #ask({ seq, change }: PendingChange): Promise<void> {
    const { roomId, replies } = this.#options;
    const { type, ...rest } = change;
    const action = type === 'remove' ? 'delete' : type;
    await replies.ask({ action, roomId, seq, ...rest });
  }

  /** An `ok` says only that it is done: shown as it must look now, and the next version of it replaces that. */
  #assume(pending: PendingChange): void {
    const { timeline, dispatch, me } = this.#options;
    const message = findSeq(timeline(), pending.seq);
    if (message === undefined) return;
    dispatch({ type: 'assumed', message: pending.layOver(message, me().member) });
  }

  #drop(pending: PendingChange): void {
    this.#show(this.#pending.filter((other) => other !== pending));
  }

  #show(pending: readonly PendingChange[]): void {
    this.#pending = pending;
    this.#options.dispatch({ type: 'changing', changing: pending });
  }
}

function asOptimistic({ seq, change }: PendingChange): OptimisticChange {
  return change.type === 'react'
    ? { type: 'react', seq, emoji: change.emoji, on: change.on }
    : { type: change.type, seq };
}

function isUnanswered(error: unknown): boolean {
  return error instanceof ChatError && error.code === 'unavailable';
}
