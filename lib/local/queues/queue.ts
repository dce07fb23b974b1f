/** One standard queue: delays, visibility, receive counts, retention, and the way to the dead letters. */
import { randomUUID } from 'node:crypto';

import type { Clock, QueueModel } from '../model.ts';

/** A message that waits or is in work. Times are epoch milliseconds. */
export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: number;
  /** When it may be received (again). */
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt: number | undefined;
}

/** A message in the hands of a receiver. */
export interface ReceivedMessage extends QueueMessage {
  /** Of this receipt: deletes the message, or lets it be seen sooner or later. */
  readonly receiptHandle: string;
}

/** How many messages can be received now, are in somebody's hands, or wait for their time. */
export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** What a queue works with. */
export interface QueueOptions {
  readonly model: QueueModel;
  readonly clock: Clock;
  /** Beyond it the oldest message goes. */
  readonly maxMessages: number;
  /** Takes what was received too often. */
  readonly toDeadLetters: (body: string) => void;
  /** What was kept over a restart. */
  readonly kept?: readonly QueueMessage[];
  /** Hears of what shall outlive a restart. */
  readonly onStored?: (message: QueueMessage) => void;
  readonly onGone?: (messageId: string) => void;
}

/** A queue in memory. */
export class Queue {
  readonly model: QueueModel;
  readonly #options: QueueOptions;
  /** In the order in which they were sent. */
  readonly #messages: Map<string, QueueMessage>;
  /** The handle of a message's latest receipt; an older one has no power any more. */
  readonly #handles = new Map<string, string>();
  readonly #listeners = new Set<() => void>();

  constructor(options: QueueOptions) {
    this.model = options.model;
    this.#options = options;
    this.#messages = new Map((options.kept ?? []).map((it) => [it.messageId, it]));
  }

  /** Stores a message. */
  send(body: string, delayMs = this.model.delayMs): QueueMessage {
    const now = this.#options.clock.now();
    const message: QueueMessage = {
      messageId: randomUUID(),
      body,
      sentAt: now,
      visibleAt: now + delayMs,
      receiveCount: 0,
      firstReceivedAt: undefined,
    };
    this.#messages.set(message.messageId, message);
    this.#options.onStored?.(message);
    const [oldest] = this.#messages.keys();
    if (this.#messages.size > this.#options.maxMessages && oldest) this.#drop(oldest);
    this.#tell();
    return message;
  }

  /** Hands out what is visible, oldest first, and hides it for a while. */
  receive(max: number, visibilityMs = this.model.visibilityTimeoutMs): readonly ReceivedMessage[] {
    const now = this.#options.clock.now();
    this.#giveUp();
    const due = this.messages().filter(({ visibleAt }) => visibleAt <= now);
    return due.slice(0, max).map((message) => {
      const received = {
        ...message,
        visibleAt: now + visibilityMs,
        receiveCount: message.receiveCount + 1,
        firstReceivedAt: message.firstReceivedAt ?? now,
      };
      const receiptHandle = `${message.messageId}#${randomUUID()}`;
      this.#messages.set(message.messageId, received);
      this.#handles.set(message.messageId, receiptHandle);
      return { ...received, receiptHandle };
    });
  }

  /** Deletes a message; one that is gone already, or in other hands, is none of the caller's business. */
  delete(receiptHandle: string): void {
    const messageId = this.#idOf(receiptHandle);
    if (messageId !== undefined) this.#drop(messageId);
  }

  /** Lets a received message be seen so many milliseconds from now; false where it is not in the caller's hands. */
  changeVisibility(receiptHandle: string, afterMs: number): boolean {
    const messageId = this.#idOf(receiptHandle);
    const message = messageId === undefined ? undefined : this.#messages.get(messageId);
    if (!message) return false;
    const visibleAt = this.#options.clock.now() + afterMs;
    this.#messages.set(message.messageId, { ...message, visibleAt });
    this.#tell();
    return true;
  }

  /** Everything that is there, also what waits or is in work, oldest first. */
  messages(): readonly QueueMessage[] {
    const expiredBefore = this.#options.clock.now() - this.model.retentionMs;
    for (const { messageId, sentAt } of this.#messages.values()) {
      if (sentAt < expiredBefore) this.#drop(messageId);
    }
    return [...this.#messages.values()];
  }

  counts(): QueueCounts {
    const now = this.#options.clock.now();
    const all = this.messages();
    const visible = all.filter(({ visibleAt }) => visibleAt <= now).length;
    const hidden = all.filter(({ visibleAt }) => visibleAt > now);
    const inFlight = hidden.filter(({ receiveCount }) => receiveCount > 0).length;
    return { visible, inFlight, delayed: hidden.length - inFlight };
  }

  /** When the next message can be received; undefined in an empty queue. */
  nextVisibleAt(): number | undefined {
    const earliest = this.messages().reduce((min, it) => Math.min(min, it.visibleAt), Infinity);
    return earliest === Infinity ? undefined : earliest;
  }

  /** Calls back whenever a message has come, or comes at another time. The returned function ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Moves to the dead letters what is visible again after its last attempt. */
  #giveUp(): void {
    const { redrive } = this.model;
    if (!redrive) return;
    const now = this.#options.clock.now();
    for (const { messageId, body, receiveCount, visibleAt } of this.messages()) {
      if (visibleAt > now || receiveCount < redrive.maxReceives) continue;
      this.#options.toDeadLetters(body);
      this.#drop(messageId);
    }
  }

  #idOf(receiptHandle: string): string | undefined {
    const [messageId = ''] = receiptHandle.split('#', 1);
    return this.#handles.get(messageId) === receiptHandle ? messageId : undefined;
  }

  #drop(messageId: string): void {
    this.#messages.delete(messageId);
    this.#handles.delete(messageId);
    this.#options.onGone?.(messageId);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
