/** The client of one user on one device: puts the parts together and hands events round. */
import { ChatError } from '#protocol/errors.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import { roleOfMember } from '#protocol/ids.ts';
import type { Product } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type {
  ChatClient,
  ChatEvents,
  ChatOptions,
  ClientState,
  Identity,
  Presence,
} from './chat.ts';
import { Connection, connectionStatusOf } from './connection-driver.ts';
import { createDelivery } from './delivery.ts';
import { Emitter } from './emitter.ts';
import { type Delivered, Outbox } from './outbox.ts';
import { DEFAULT_PORTS, type OutboxEntry, type OutboxStorage, type Ports } from './ports.ts';
import { createReplies, type Replies } from './replies.ts';
import { createRequests, type Requests } from './requests.ts';
import { RoomLists } from './room-lists.ts';
import { ChatRoom, type RoomContext } from './room.ts';
import {
  nextPresenceEndMs,
  presenceAt,
  type PresenceMark,
  type PresenceMarks,
  withPresence,
} from './state/activity.ts';
import type { ConnectionState, Verdict } from './state/connection.ts';
import { createStore, keepIdentity } from './store.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** How many messages are remembered as told to the application. */
const MAX_ANNOUNCED = 2_000;
const ASK_BEFORE_OFFLINE_MS = 10_000;
/** Eventually consistent reads lag by less than this; up to twice as long, so that many do not come at once. */
const SECOND_LOOK_MS = 1_500;

/**
 * A client that asks the network for nothing until it is used.
 * @throws Error when an address is not one
 */
export function createChatClient(options: ChatOptions): ChatClient {
  checkAddress('api', options.api, ['https:', 'http:']);
  checkAddress('socket', options.socket, ['wss:', 'ws:']);
  return new Client(options);
}

function checkAddress(name: string, address: string, protocols: readonly string[]): void {
  if (URL.canParse(address) && protocols.includes(new URL(address).protocol)) return;
  throw new Error(
    `createChatClient: "${name}" must be an absolute ${protocols.join(' or ')} address, not "${address}".`,
  );
}

class Client implements ChatClient {
  readonly #ports: Ports;
  readonly #emitter = new Emitter();
  readonly #state = createStore<ClientState>({
    connection: 'idle',
    error: null,
    me: null,
    unsent: 0,
  });
  readonly #presence = createStore<Readonly<Record<string, Presence>>>({});
  readonly #tokens: Tokens;
  readonly #requests: Requests;
  readonly #replies: Replies;
  readonly #outbox: Outbox;
  readonly #lists: RoomLists;
  readonly #connection: Connection;
  readonly #rooms = new Map<string, ChatRoom>();
  readonly #roomContext: RoomContext;
  readonly #api: string;
  readonly #storage = Promise.withResolvers<OutboxStorage>();
  readonly #announced = new Set<string>();
  readonly #stopWatching: () => void;
  #user: string | null = null;
  #presenceMarks: PresenceMarks = new Map();
  #cancelPresenceEnd: (() => void) | null = null;
  #cancelSecondLook: (() => void) | null = null;
  #isClosed = false;

  constructor(options: ChatOptions) {
    const ports = { ...DEFAULT_PORTS, ...options.ports };
    const { api, device = ports.newId() } = options;
    const onError = (error: unknown) => this.#report(error);
    this.#ports = ports;
    this.#api = api;
    this.#tokens = createTokens({
      fetchToken: options.token,
      ports,
      onToken: ({ identity }) => this.#takeIdentity(identity),
    });
    this.#requests = createRequests({ api, device, tokens: this.#tokens, ports });
    this.#replies = createReplies({ send: (text) => this.#connection.send(text), ports });
    this.#lists = new RoomLists({
      requests: this.#requests,
      me: () => this.#state.getState().me?.member ?? null,
      onRoom: (room) => this.#onRoom(room),
      onError,
    });
    this.#outbox = this.#createOutbox(options, onError);
    this.#connection = new Connection({
      url: options.socket,
      device,
      tokens: this.#tokens,
      ports,
      diagnose: (token) => this.#diagnose(token),
      isUrgent: () => this.#outbox.isWaiting,
      onText: (text) => this.#onText(text),
      onSynchronise: () => this.#synchronise(),
      onState: (state) => this.#onConnection(state),
      onError,
    });
    this.#roomContext = this.#createRoomContext(onError);
    this.unread = { ...this.#lists.unread, load: () => this.#lists.loadUnread() };
    this.#stopWatching = ports.watchDevice((signal) => {
      if (signal === 'online') this.#outbox.nudge();
    });
  }

  readonly getState = (): ClientState => this.#state.getState();

  readonly subscribe = (listener: () => void): (() => void) => this.#state.subscribe(listener);

  readonly on = <Name extends keyof ChatEvents>(
    name: Name,
    listener: (event: ChatEvents[Name]) => void,
  ): (() => void) => this.#emitter.on(name, listener);

  readonly connect = (): void => this.#connection.connect();

  readonly disconnect = (): void => this.#connection.disconnect();

  readonly close = (): void => {
    this.#isClosed = true;
    this.#stopWatching();
    this.#outbox.close();
    this.#connection.close();
    this.#replies.abandon();
    this.#cancelPresenceEnd?.();
    this.#cancelSecondLook?.();
    for (const room of this.#rooms.values()) room.close();
  };

  readonly rooms = (filter: RoomFilter = 'all') => this.#lists.list(filter);

  readonly room = (roomId: string): ChatRoom => {
    const known = this.#rooms.get(roomId);
    if (known) return known;
    const room = new ChatRoom(roomId, this.#roomContext);
    this.#rooms.set(roomId, room);
    return room;
  };

  readonly openRoom = async (request: {
    readonly vendorId: string;
    readonly product?: Product;
  }): Promise<ChatRoom> => {
    const { roomId } = this.#lists.put(await this.#requests.openRoom(request));
    return this.room(roomId);
  };

  readonly presence = this.#presence;

  readonly unread: ChatClient['unread'];

  #createOutbox(options: ChatOptions, onError: (error: unknown) => void): Outbox {
    const deliver = createDelivery({
      requests: this.#requests,
      replies: this.#replies,
      sendOver: options.sendOver ?? 'http',
      me: () => ({ member: this.#me()?.member ?? null, name: this.#me()?.name ?? '' }),
    });
    return new Outbox({
      ports: this.#ports,
      storage: lazyStorage(this.#storage.promise),
      deliver,
      readOn: (roomId) => this.room(roomId).readOn(),
      lastSeq: (roomId) => this.room(roomId).lastSeq(),
      find: (roomId, id) => this.room(roomId).find(id),
      onStored: (entry, delivered) => this.#onStored(entry, delivered),
      onFailed: ({ roomId, message }, error) =>
        this.#emitter.emit('failed', { roomId, id: message.id, error }),
      onChange: (roomId) => this.#onOutbox(roomId),
      onError,
    });
  }

  #createRoomContext(onError: (error: unknown) => void): RoomContext {
    return {
      ports: this.#ports,
      requests: this.#requests,
      outbox: this.#outbox,
      lists: this.#lists,
      identity: () => this.#me(),
      presenceOf: (member) => this.#presenceMarks.get(member),
      onPresence: (member, mark) => this.#takePresence(member, mark),
      sendFrame: (frame) => this.#connection.send(JSON.stringify(frame)),
      sendRead: (roomId, seq) => this.#sendRead(roomId, seq),
      onError,
    };
  }

  #me(): Identity | null {
    return this.#state.getState().me;
  }

  #patch(change: Partial<ClientState>): void {
    const before = this.#state.getState();
    this.#state.set(keepIdentity(before, { ...before, ...change }));
  }

  /** The first token says whose outbox this is; a token of somebody else must not send from it. */
  #takeIdentity(identity: Identity): void {
    const user = `${identity.role}/${identity.member ?? ''}`;
    this.#user ??= user;
    if (this.#user !== user) {
      throw new ChatError('unauthorized', {
        message:
          'The token callback brought a token of another user: close this client and create one for them.',
      });
    }
    if (this.#me()) return;
    this.#patch({ me: identity });
    this.#storage.resolve(this.#ports.storage(`parley/${this.#api}/${user}`));
    void this.#outbox.restore();
  }

  /** Where an issuer has a prefix, the token's claims do not tell the member; a direct room does. */
  #correctIdentity(room: Room): void {
    const me = this.#me();
    if (!me || room.kind !== 'direct') return;
    const own = room.members.find(({ member }) => roleOfMember(member) === me.role)?.member;
    if (own !== undefined && own !== me.member) this.#patch({ me: { ...me, member: own } });
  }

  #onConnection(state: ConnectionState): void {
    if (state.status !== 'open') this.#replies.abandon();
    this.#patch(connectionStatusOf(state));
  }

  /**
   * Twice: senders see a new connection's row a moment late, and what they pushed in that moment
   * reached nobody here.
   */
  #synchronise(): void {
    this.#refetch();
    this.#outbox.nudge();
    this.#cancelSecondLook?.();
    const delayMs = SECOND_LOOK_MS * (1 + this.#ports.random());
    this.#cancelSecondLook = this.#ports.after(delayMs, () => this.#refetch());
  }

  #refetch(): void {
    this.#lists.refresh();
    for (const room of this.#rooms.values()) room.synchronise();
  }

  async #diagnose(token: string | undefined): Promise<Verdict> {
    try {
      await this.#requests.countUnread();
      const current = await this.#tokens.get();
      return { kind: current.text === token ? 'passing' : 'stale_token' };
    } catch (error) {
      if (!(error instanceof ChatError) || error.retryable) return { kind: 'passing' };
      return { kind: 'refused', error };
    }
  }

  #onText(text: string): void {
    const frame = parseFrame(text);
    if (!frame || this.#replies.settle(frame)) return;
    if (frame.event === 'presence') {
      this.#takePresence(frame.member, frame);
      return;
    }
    const roomId = roomIdOf(frame);
    if (roomId === null) return;
    this.#rooms.get(roomId)?.apply(frame);
    this.#lists.apply(frame);
    if (frame.event === 'message') this.#announce(frame);
  }

  /** Tells the application of a message once, however often it is pushed. */
  #announce({ message }: ServerFrame<'message'>): void {
    const key = `${message.roomId}/${message.seq}`;
    if (this.#announced.has(key)) return;
    this.#announced.add(key);
    const [oldest] = this.#announced;
    if (this.#announced.size > MAX_ANNOUNCED && oldest !== undefined) {
      this.#announced.delete(oldest);
    }
    const isMine = message.sender !== null && message.sender.member === this.#me()?.member;
    this.#emitter.emit('message', { message, isMine });
  }

  #onStored({ roomId }: OutboxEntry, { message, isDelivered }: Delivered): void {
    this.#rooms.get(roomId)?.takeStored(message, isDelivered);
    this.#lists.apply({ event: 'message', message });
    this.#emitter.emit('sent', { roomId, id: message.id, seq: message.seq });
  }

  #onOutbox(roomId: string): void {
    this.#rooms.get(roomId)?.takeOutbox();
    this.#patch({ unsent: this.#outbox.size });
  }

  #onRoom(room: Room): void {
    this.#correctIdentity(room);
    this.#rooms.get(room.roomId)?.takeHead();
  }

  /** Over the open socket a mark is cheaper; HTTP serves when there is none. */
  async #sendRead(roomId: string, seq: number): Promise<void> {
    try {
      await this.#replies.ask({ action: 'read', roomId, seq });
    } catch (error) {
      if (!(error instanceof ChatError) || !error.retryable) throw error;
      await this.#requests.readRoom(roomId, seq);
    }
  }

  #takePresence(member: string, { online, onlineUntil, lastSeenAt }: PresenceMark): void {
    const mark = { online, onlineUntil, lastSeenAt };
    this.#presenceMarks = withPresence(this.#presenceMarks, member, mark);
    this.#showPresence();
  }

  #showPresence(): void {
    const nowMs = this.#ports.now();
    const before = this.#presence.getState();
    const shown = [...this.#presenceMarks].map(([member, mark]) => {
      const presence = presenceAt(mark, nowMs);
      return [member, keepIdentity(before[member] ?? presence, presence)] as const;
    });
    this.#presence.set(keepIdentity(before, Object.fromEntries(shown)));
    if (this.#presence.getState() !== before) {
      for (const room of this.#rooms.values()) room.publish();
    }
    this.#schedulePresenceEnd(nowMs);
  }

  /** The server extends a live connection without a word, so ask before believing that it ends. */
  #schedulePresenceEnd(nowMs: number): void {
    this.#cancelPresenceEnd?.();
    const endMs = nextPresenceEndMs(this.#presenceMarks, nowMs);
    if (endMs === null || this.#isClosed) return;
    const askMs = endMs - ASK_BEFORE_OFFLINE_MS;
    this.#cancelPresenceEnd =
      askMs > nowMs
        ? this.#ports.after(askMs - nowMs, () => this.#renewPresence())
        : this.#ports.after(endMs - nowMs, () => this.#showPresence());
  }

  #renewPresence(): void {
    for (const room of this.#rooms.values()) room.renewPeople();
    this.#showPresence();
  }

  #report(error: unknown): void {
    if (this.#isClosed) return;
    const known =
      error instanceof ChatError ? error : new ChatError('internal', {}, { cause: error });
    this.#emitter.emit('error', { error: known });
  }
}

/** The room that a frame is about. */
function roomIdOf(frame: ServerFrame): string | null {
  if ('roomId' in frame) return frame.roomId;
  if ('message' in frame && typeof frame.message === 'object') return frame.message.roomId;
  return 'room' in frame ? frame.room.roomId : null;
}

/** The contract is checked where the server makes it; anything that is no event of it is passed over. */
function parseFrame(text: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(text);
    const isFrame = typeof frame === 'object' && frame !== null && 'event' in frame;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this is the parse function
    return isFrame ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}

/** A storage that opens once it is known whose it is. */
function lazyStorage(opening: Promise<OutboxStorage>): OutboxStorage {
  return {
    load: async () => (await opening).load(),
    put: async (entry) => (await opening).put(entry),
    remove: async (id) => (await opening).remove(id),
  };
}
