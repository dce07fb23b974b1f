/** One conversation: what its handle shows and does. */
import { ChatError } from '#protocol/errors.ts';
import { DEFAULT_LIMITS, TYPING_REPEAT_MS } from '#protocol/limits.ts';
import type { Message } from '#protocol/message.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type { Draft, Identity, LoadStatus, Person, RoomHandle, RoomState } from './chat.ts';
import type { Outbox } from './outbox.ts';
import type { Ports } from './ports.ts';
import type { Requests } from './requests.ts';
import type { RoomLists } from './room-lists.ts';
import { RoomReader } from './room-reader.ts';
import {
  liveTyping,
  presenceAt,
  type PresenceMark,
  type Typing,
  withoutTypist,
  withTyping,
} from './state/activity.ts';
import { type ChatSender, findOwn, lastSeqOf, viewTimeline } from './state/timeline.ts';
import { createStore, keepIdentity, keepItems } from './store.ts';

/** Stands for "some other member" where an answer does not say which. */
const ANYBODY = '*';

/** What a room needs of its client. */
export interface RoomContext {
  readonly ports: Pick<Ports, 'after' | 'now' | 'newId' | 'random'>;
  readonly requests: Requests;
  readonly outbox: Outbox;
  readonly lists: RoomLists;
  readonly identity: () => Identity | null;
  readonly presenceOf: (member: string) => PresenceMark | undefined;
  readonly onPresence: (member: string, mark: PresenceMark) => void;
  /** Sends a frame that nobody answers. @returns whether a socket took it */
  readonly sendFrame: (frame: object) => boolean;
  /** Tells the server of a read mark, the cheapest way there is. @throws ChatError */
  readonly sendRead: (roomId: string, seq: number) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** A room of one user. Its methods are bound: they can be handed on as they are. */
export class ChatRoom implements RoomHandle {
  readonly roomId: string;
  readonly #context: RoomContext;
  readonly #reader: RoomReader;
  readonly #store;
  #status: LoadStatus = 'idle';
  #error: ChatError | null = null;
  #typing: Typing = [];
  #cancelTypingEnd: (() => void) | null = null;
  #typingSentMs: number | null = null;
  /** How far the user has read, and how far the server was told. */
  #readSeq = 0;
  #toldReadSeq = 0;
  #isTellingRead = false;
  #watchers = 0;

  constructor(roomId: string, context: RoomContext) {
    this.roomId = roomId;
    this.#context = context;
    const onChange = () => this.publish();
    const { requests, ports, onError } = context;
    this.#reader = new RoomReader({ roomId, requests, ports, onChange, onError });
    this.#store = createStore<RoomState>(emptyRoom(roomId));
    this.takeHead();
    this.takeOutbox();
  }

  readonly getState = (): RoomState => this.#store.getState();

  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  readonly loadLatest = async (): Promise<void> => {
    if (this.#status === 'idle' || this.#status === 'failed') this.#status = 'loading';
    this.publish();
    try {
      const head = this.#context.lists.get(this.roomId);
      await Promise.all([
        this.#reader.readOn(),
        head === undefined ? this.#context.lists.fetch(this.roomId) : null,
      ]);
      this.#status = 'ready';
      this.#error = null;
    } catch (error) {
      if (this.#status === 'loading') this.#status = 'failed';
      this.#error = error instanceof ChatError ? error : null;
      throw error;
    } finally {
      this.publish();
    }
  };

  readonly loadOlder = (): Promise<void> => this.#reader.readOlder();

  readonly loadPeople = async (): Promise<void> => {
    const people = await this.#context.requests.listParticipants(this.roomId);
    for (const { member, online, onlineUntil, lastSeenAt } of people) {
      this.#context.onPresence(member, { online, onlineUntil, lastSeenAt });
    }
    const read = Object.fromEntries(people.map(({ member, readSeq }) => [member, readSeq]));
    this.#reader.dispatch({ type: 'marks', read, delivered: read });
    this.publish();
  };

  readonly send = (draft: Draft): string => {
    const text = draft.text.toWellFormed().trim();
    if (text === '') throw new ChatError('invalid', { message: 'Write something first.' });
    if (text.length > DEFAULT_LIMITS.maxTextLength) {
      const message = `A message has at most ${DEFAULT_LIMITS.maxTextLength} characters.`;
      throw new ChatError('invalid', { message });
    }
    const { ports, outbox } = this.#context;
    const id = ports.newId();
    outbox.add({
      roomId: this.roomId,
      message: {
        id,
        type: 'text',
        text,
        ...(draft.product ? { product: draft.product } : {}),
        ...(draft.replyTo === undefined ? {} : { replyTo: draft.replyTo }),
      },
      queuedAt: new Date(ports.now()).toISOString(),
      after: null,
      failure: null,
    });
    // A message ends the typing on the other side by itself.
    this.#typingSentMs = null;
    return id;
  };

  readonly retry = (id: string): void => this.#context.outbox.retry(id);

  readonly discard = (id: string): void => this.#context.outbox.discard(id);

  readonly markRead = (seq?: number): void => {
    const end = lastSeqOf(this.#reader.timeline);
    const wanted = Math.min(seq ?? end, end);
    if (wanted <= this.#ownReadSeq()) return;
    this.#readSeq = wanted;
    this.#takeOwnRead(wanted);
    void this.#tellRead();
  };

  readonly setTyping = (isTyping: boolean): void => {
    const { ports, sendFrame } = this.#context;
    const sinceMs = this.#typingSentMs === null ? Infinity : ports.now() - this.#typingSentMs;
    const isDue = isTyping ? sinceMs >= TYPING_REPEAT_MS : this.#typingSentMs !== null;
    if (!isDue) return;
    this.#typingSentMs = isTyping ? ports.now() : null;
    sendFrame({ action: 'typing', roomId: this.roomId, typing: isTyping });
  };

  readonly watch = (): (() => void) => {
    this.#watchers += 1;
    let isEnded = false;
    return () => {
      if (!isEnded) this.#watchers -= 1;
      isEnded = true;
    };
  };

  /** Live again after a pause: reads on what is on screen, and tells what could not be told. */
  synchronise(): void {
    if (this.#watchers > 0 || this.#status === 'failed') {
      this.loadLatest().catch(this.#context.onError);
    }
    void this.#tellRead();
  }

  /** Asks again who is there, where somebody looks at it. */
  renewPeople(): void {
    if (this.#watchers > 0) this.loadPeople().catch(this.#context.onError);
  }

  /** Takes over an event of this room. */
  apply(frame: ServerFrame): void {
    if (frame.event === 'message') {
      this.#typing = withoutTypist(this.#typing, frame.message.sender?.member ?? '');
      this.#reader.dispatch({ type: 'message', message: frame.message });
    } else if (frame.event === 'message.updated') {
      this.#reader.dispatch({
        type: 'updated',
        message: frame.message,
        changes: frame.changes,
      });
    } else if (frame.event === 'read') {
      const { member, seq, delivered } = frame;
      const marks = { read: { [member]: seq }, delivered: { [member]: delivered } };
      this.#reader.dispatch({ type: 'marks', headSeq: Math.max(seq, delivered), ...marks });
    } else if (frame.event === 'typing') {
      this.#typing = withTyping(this.#typing, frame, this.#context.ports.now());
      this.#scheduleTypingEnd();
    }
    this.publish();
  }

  /** Takes over what the lists know of the room. */
  takeHead(): void {
    const head = this.#context.lists.get(this.roomId);
    if (!head) return;
    const { seq, read, delivered } = head;
    this.#reader.dispatch({ type: 'marks', headSeq: seq, read, delivered });
    this.publish();
  }

  /** Takes over what is on its way. */
  takeOutbox(): void {
    this.#reader.dispatch({ type: 'pending', pending: this.#context.outbox.of(this.roomId) });
  }

  /** A message of mine is stored. @param isDelivered a device of somebody else took it */
  takeStored(message: Message, isDelivered: boolean): void {
    this.#reader.dispatch({ type: 'message', message });
    if (isDelivered) {
      this.#reader.dispatch({ type: 'marks', read: {}, delivered: { [ANYBODY]: message.seq } });
    }
  }

  /** Reads on to the end. @returns the last seq. @throws ChatError */
  async readOn(): Promise<number> {
    await this.#reader.readOn();
    if (this.#status === 'idle') this.#status = 'ready';
    return lastSeqOf(this.#reader.timeline);
  }

  /** The last seq that is here, or null when nothing was read yet. */
  lastSeq(): number | null {
    return this.#reader.timeline.isLoaded ? lastSeqOf(this.#reader.timeline) : null;
  }

  find(id: string): Message | undefined {
    return findOwn(this.#reader.timeline, this.#me().member, id);
  }

  close(): void {
    this.#reader.close();
    this.#cancelTypingEnd?.();
  }

  /** Shows the state as it is now; tells nobody when it looks the same. */
  publish(): void {
    const { lists, ports } = this.#context;
    const { timeline, isReadingOlder } = this.#reader;
    const before = this.#store.getState();
    const readSeq = this.#ownReadSeq();
    this.#typing = liveTyping(this.#typing, ports.now());
    const room = lists.get(this.roomId) ?? null;
    const next: RoomState = {
      roomId: this.roomId,
      room,
      status: this.#status,
      error: this.#error,
      messages: keepItems(before.messages, viewTimeline(timeline, this.#me())),
      hasOlder: timeline.hasOlder,
      isLoadingOlder: isReadingOlder,
      typing: keepItems(before.typing, this.#typing),
      people: this.#people(before.people),
      unread: Math.max(0, timeline.headSeq - readSeq),
      readSeq,
    };
    this.#store.set(keepIdentity(before, next));
  }

  #people(before: readonly Person[]): readonly Person[] {
    const { lists, ports, presenceOf } = this.#context;
    const { read } = this.#reader.timeline;
    const members = lists.get(this.roomId)?.members ?? [];
    const people = members.map(({ member, name, picture }, index): Person => {
      const presence = presenceAt(presenceOf(member), ports.now());
      const isMe = member === this.#me().member;
      const readSeq = read[member] ?? 0;
      const person = { member, name, picture: picture ?? null, isMe, readSeq, ...presence };
      return keepIdentity(before[index] ?? person, person);
    });
    return keepItems(before, people);
  }

  #me(): ChatSender {
    const identity = this.#context.identity();
    return { member: identity?.member ?? null, name: identity?.name ?? '' };
  }

  #ownReadSeq(): number {
    const { member } = this.#me();
    const told = member === null ? 0 : (this.#reader.timeline.read[member] ?? 0);
    return Math.max(told, this.#readSeq);
  }

  /** My own mark at once, so that badges go before the server answers. */
  #takeOwnRead(seq: number): void {
    const { member } = this.#me();
    if (member === null) return this.publish();
    this.#reader.dispatch({ type: 'marks', read: { [member]: seq }, delivered: {} });
    const at = new Date(this.#context.ports.now()).toISOString();
    const { roomId } = this;
    this.#context.lists.apply({ event: 'read', roomId, member, seq, delivered: seq, at });
    return undefined;
  }

  /** One mark at a time; what was read meanwhile goes with the next. */
  async #tellRead(): Promise<void> {
    if (this.#isTellingRead) return;
    this.#isTellingRead = true;
    try {
      while (this.#readSeq > this.#toldReadSeq) {
        const seq = this.#readSeq;
        await this.#context.sendRead(this.roomId, seq);
        this.#toldReadSeq = seq;
      }
    } catch (error) {
      // Told again with the next mark or after the next reconnect.
      this.#context.onError(error);
    } finally {
      this.#isTellingRead = false;
    }
  }

  #scheduleTypingEnd(): void {
    this.#cancelTypingEnd?.();
    const untilMs = Math.min(...this.#typing.map((mark) => mark.untilMs));
    if (!Number.isFinite(untilMs)) return;
    const { ports } = this.#context;
    this.#cancelTypingEnd = ports.after(untilMs - ports.now(), () => {
      this.publish();
      this.#scheduleTypingEnd();
    });
  }
}

function emptyRoom(roomId: string): RoomState {
  return {
    roomId,
    room: null,
    status: 'idle',
    error: null,
    messages: [],
    hasOlder: false,
    isLoadingOlder: false,
    typing: [],
    people: [],
    unread: 0,
    readSeq: 0,
  };
}
