/** One conversation: what its handle shows and does. */
import { ChatError } from '#protocol/errors.ts';
import type { Message } from '#protocol/message.ts';
import type { Mine, RoomStatus } from '#protocol/room.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type { ChatEvents, Identity, OptimisticChange } from '../chat.ts';
import type {
  Draft,
  FileDraft,
  LoadStatus,
  ProductDraft,
  RoomHandle,
  RoomState,
  SentFiles,
} from '../conversation.ts';
import type { KnownRooms } from '../lists/known-rooms.ts';
import type { Outbox } from '../outbox.ts';
import type { ChangesPart, ClientParts, NotesPart, Staff, UploadsPart } from '../parts/parts.ts';
import type { Ports } from '../ports.ts';
import type { Replies } from '../wire/replies.ts';
import type { Requests } from '../wire/requests.ts';
import { asChatError, type Retries } from '../retry.ts';
import { presenceAt, type PresenceMark } from '../state/activity.ts';
import { findOwn, lastSeqOf } from '../state/timeline.ts';
import { type ChatSender, viewTimeline } from '../state/view.ts';
import { createStore, keepIdentity, keepItems } from '../store.ts';
import { cleanText } from './drafts.ts';
import { viewPeople } from './people.ts';
import { ReadMark } from './read-mark.ts';
import { RoomReader } from './room-reader.ts';
import { RoomSending } from './sending.ts';
import { RoomTyping } from './typing.ts';

/** Stands for "some other member" where an answer does not say which. */
const ANYBODY = '*';

/** What a room needs of its client. */
export interface RoomContext {
  readonly ports: Pick<Ports, 'after' | 'now' | 'newId' | 'random'>;
  readonly requests: Requests;
  readonly replies: Pick<Replies, 'ask'>;
  readonly retries: Retries;
  readonly outbox: Outbox;
  readonly uploads: UploadsPart;
  readonly addresses: ReturnType<ClientParts['makeAddresses']>;
  readonly staff: Staff;
  readonly makeChanges: ClientParts['makeChanges'];
  readonly rooms: KnownRooms;
  readonly identity: () => Identity | null;
  readonly presenceOf: (member: string) => PresenceMark | undefined;
  readonly onPresence: (member: string, mark: PresenceMark) => void;
  /** Sends a frame that nobody answers. @returns whether a socket took it */
  readonly sendFrame: (frame: object) => boolean;
  /** Tells the server of a read mark, the cheapest way there is. @throws ChatError */
  readonly sendRead: (roomId: string, seq: number) => Promise<void>;
  readonly emit: <Name extends 'rollback' | 'discontinuity'>(
    name: Name,
    event: ChatEvents[Name],
  ) => void;
  /** A change of mine is stored. */
  readonly onChanged: (message: Message) => void;
  readonly onError: (error: unknown) => void;
}

/** A room of one user. Its methods are bound: they can be handed on as they are. */
export class ChatRoom implements RoomHandle {
  readonly roomId: string;
  readonly #context: RoomContext;
  readonly #reader: RoomReader;
  readonly #sending: RoomSending;
  readonly #changes: ChangesPart;
  readonly #readMark: ReadMark;
  readonly #typing: RoomTyping;
  readonly initial: RoomState;
  readonly #store;
  readonly notes: NotesPart;
  #status: LoadStatus = 'idle';
  #error: ChatError | null = null;
  /** What is kept to my side, changed one after the other. */
  #settingMine: Promise<unknown> = Promise.resolve();
  #watchers = 0;

  constructor(roomId: string, context: RoomContext) {
    this.roomId = roomId;
    this.#context = context;
    const { requests, ports, onError, emit, retries, replies, sendFrame } = context;
    this.#reader = new RoomReader({
      roomId,
      requests,
      ports,
      onChange: () => {
        context.outbox.reconcile(roomId, (id) => this.find(id));
        this.publish();
      },
      onCut: (reason) => emit('discontinuity', { roomId, reason }),
      onError,
    });
    const onRollback = (change: OptimisticChange, error: ChatError) =>
      emit('rollback', { roomId, change, error });
    this.#changes = context.makeChanges({
      roomId,
      requests,
      replies,
      retries,
      ports,
      me: () => this.#me(),
      timeline: () => this.#reader.timeline,
      dispatch: (action) => this.#reader.dispatch(action),
      onChanged: context.onChanged,
      onRollback,
    });
    const me = () => this.#author();
    this.notes = context.staff.notesOf({ roomId, me, onRollback });
    this.#typing = new RoomTyping({ roomId, ports, sendFrame, onChange: () => this.publish() });
    const onSent = () => this.#typing.sent();
    this.#sending = new RoomSending({ ...context, roomId, onSent });
    const tell = (seq: number) => context.sendRead(roomId, seq);
    this.#readMark = new ReadMark({ tell, onError });
    this.initial = emptyRoom(roomId);
    this.#store = createStore(this.initial);
    this.takeHead();
    this.takeOutbox();
  }

  readonly getState = (): RoomState => this.#store.getState();

  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  readonly loadLatest = async (): Promise<void> => {
    if (this.#status === 'idle' || this.#status === 'failed') this.#status = 'loading';
    this.publish();
    try {
      const head = this.#context.rooms.get(this.roomId);
      await Promise.all([
        this.#reader.readOn(),
        head === undefined ? this.#context.rooms.fetch(this.roomId) : null,
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

  readonly loadOlder = (toSeq?: number): Promise<void> => this.#reader.readOlder(toSeq);

  readonly loadPeople = async (): Promise<void> => {
    const people = await this.#context.requests.listParticipants(this.roomId);
    for (const person of people) this.#context.onPresence(person.member, person);
    const read = Object.fromEntries(people.map(({ member, readSeq }) => [member, readSeq]));
    this.#reader.dispatch({ type: 'marks', read, delivered: read });
    this.publish();
  };

  readonly send = (draft: Draft): string => this.#sending.text(draft);

  readonly sendProduct = (draft: ProductDraft): string => this.#sending.product(draft);

  readonly prepareFiles = (): Promise<void> => this.#context.uploads.prepare();

  readonly sendFiles = (draft: FileDraft): SentFiles => this.#sending.files(draft);

  readonly retry = (id: string): void => this.#sending.retry(id);

  readonly discard = (id: string): void => this.#sending.discard(id);

  readonly edit = async (seq: number, text: string): Promise<void> =>
    this.#changes.make(seq, { type: 'edit', text: cleanText(text) });

  readonly remove = (seq: number): Promise<void> => this.#changes.make(seq, { type: 'remove' });

  readonly react = (seq: number, emoji: string, on: boolean): Promise<void> =>
    this.#changes.make(seq, { type: 'react', emoji, on });

  readonly close = (): Promise<void> => this.#setStatus('closed');

  readonly reopen = (): Promise<void> => this.#setStatus('open');

  readonly setMine = async (patch: Partial<Mine>): Promise<void> => {
    const { rooms, requests, retries } = this.#context;
    const { roomId } = this;
    const undo = rooms.patch(roomId, patch);
    const run = () => retries.run(() => requests.updateMine(roomId, patch));
    const sending = this.#settingMine.then(run);
    this.#settingMine = sending.catch(() => {});
    try {
      rooms.put(await sending, true);
    } catch (cause) {
      const error = asChatError(cause);
      this.#context.emit('rollback', { roomId, change: { type: 'mine' }, error });
      throw error;
    } finally {
      undo();
    }
  };

  readonly setFocus = (focus: 'viewing' | 'replying' | null): void =>
    this.#context.staff.focus.set(this.roomId, focus);

  readonly attachmentUrl = (key: string): Promise<string> =>
    this.#context.addresses.get(this.roomId, key);

  readonly markRead = (seq?: number): void => {
    const end = lastSeqOf(this.#reader.timeline);
    const wanted = Math.min(seq ?? end, end);
    if (this.getState().room?.mine.markedUnread === true) {
      this.setMine({ markedUnread: false }).catch(this.#context.onError);
    }
    if (wanted <= this.#ownReadSeq()) return;
    this.#readMark.seq = wanted;
    this.#takeOwnRead(wanted);
    void this.#readMark.tell();
  };

  readonly setTyping = (isTyping: boolean): void => this.#typing.set(isTyping);

  readonly watch = (): (() => void) => {
    this.#watchers += 1;
    let isEnded = false;
    return () => {
      if (!isEnded) this.#watchers -= 1;
      isEnded = true;
    };
  };

  /** Live again after a pause: reads on what is on screen, and tells what could not be told. @returns what may fail */
  synchronise(): Promise<unknown>[] {
    void this.#readMark.tell();
    if (this.#watchers === 0) return this.#status === 'failed' ? [this.loadLatest()] : [];
    // Marks and the status may have moved while nothing was heard, and no list may be there to tell.
    const head = this.#context.rooms.fetch(this.roomId);
    return [this.loadLatest(), head, this.notes.synchronise()];
  }

  /** Asks again who is there, where somebody looks at it. */
  renewPeople(): void {
    if (this.#watchers > 0) this.loadPeople().catch(this.#context.onError);
  }

  /** Takes over an event of this room. */
  apply(frame: ServerFrame): void {
    if (frame.event === 'message') {
      this.#typing.ended(frame.message.sender?.member ?? '');
      this.#reader.dispatch({ type: 'message', message: frame.message });
    } else if (frame.event === 'message.updated') {
      this.#reader.dispatch({
        type: 'updated',
        message: frame.message,
        changes: frame.changes,
      });
    } else if (frame.event === 'note') {
      this.notes.added(frame.note);
    } else if (frame.event === 'note.deleted') {
      this.notes.removed(frame.noteId);
    } else if (frame.event === 'read') {
      const { member, seq, delivered } = frame;
      const marks = { read: { [member]: seq }, delivered: { [member]: delivered } };
      this.#reader.dispatch({ type: 'marks', headSeq: Math.max(seq, delivered), ...marks });
    } else if (frame.event === 'typing') {
      this.#typing.apply(frame);
    }
    this.publish();
  }

  /** Takes over what the lists know of the room. */
  takeHead(): void {
    const head = this.#context.rooms.get(this.roomId);
    if (!head) return;
    const { seq, changes, read, delivered } = head;
    const marks = { headSeq: seq, headChanges: changes, read, delivered };
    this.#reader.dispatch({ type: 'marks', ...marks });
    this.publish();
  }

  /** Takes over what is on its way. */
  takeOutbox(): void {
    const { outbox, uploads } = this.#context;
    this.#reader.dispatch({ type: 'pending', pending: outbox.of(this.roomId) });
    this.#reader.dispatch({ type: 'uploading', uploading: uploads.of(this.roomId) });
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

  /** Lets go of its timers. */
  end(): void {
    this.#reader.close();
    this.#typing.close();
  }

  /** Shows the state as it is now; tells nobody when it looks the same. */
  publish(): void {
    const { rooms, ports, staff, outbox } = this.#context;
    const { timeline, isReadingOlder } = this.#reader;
    const before = this.#store.getState();
    const readSeq = this.#ownReadSeq();
    const room = rooms.get(this.roomId) ?? null;
    const me = this.#me();
    const presenceOf = (member: string) =>
      presenceAt(this.#context.presenceOf(member), ports.now());
    const next: RoomState = {
      roomId: this.roomId,
      room,
      status: this.#status,
      error: this.#error,
      messages: keepItems(before.messages, viewTimeline(timeline, me)),
      hasOlder: timeline.hasOlder,
      isLoadingOlder: isReadingOlder,
      typing: keepItems(before.typing, this.#typing.now),
      colleagues: keepItems(before.colleagues, staff.focus.of(this.roomId)),
      people: viewPeople(before.people, { room, me: me.member, read: timeline.read, presenceOf }),
      unread: Math.max(0, timeline.headSeq - readSeq),
      readSeq,
      retryAt: isoOf(outbox.retryAtMs(this.roomId)),
    };
    this.#store.set(keepIdentity(before, next));
  }

  #setStatus(status: RoomStatus): Promise<void> {
    const { rooms, staff } = this.#context;
    return staff.setStatus({ room: this, rooms, status });
  }

  #author(): { user: string; name: string } {
    const me = this.#context.identity();
    return { user: me?.user ?? '', name: me?.person ?? me?.name ?? '' };
  }

  #me(): ChatSender {
    const identity = this.#context.identity();
    return { member: identity?.member ?? null, name: identity?.name ?? '' };
  }

  #ownReadSeq(): number {
    const { member } = this.#me();
    const told = member === null ? 0 : (this.#reader.timeline.read[member] ?? 0);
    return Math.max(told, this.#readMark.seq);
  }

  /** My own mark at once, so that badges go before the server answers. */
  #takeOwnRead(seq: number): void {
    const { member } = this.#me();
    if (member === null) return this.publish();
    this.#reader.dispatch({ type: 'marks', read: { [member]: seq }, delivered: {} });
    const at = new Date(this.#context.ports.now()).toISOString();
    const { roomId } = this;
    this.#context.rooms.apply({ event: 'read', roomId, member, seq, delivered: seq, at });
    return undefined;
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
    colleagues: [],
    people: [],
    unread: 0,
    readSeq: 0,
    retryAt: null,
  };
}

function isoOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
