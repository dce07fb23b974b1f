/** The client of one user on one device: puts its parts together and hands events round. */
import { ChatError } from '#protocol/errors.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import { type Member, roleOfMember } from '#protocol/ids.ts';
import type { Product } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

import { Announcer } from './announcer.ts';
import type { ChatClient, ChatEvents, ChatOptions, ClientState, Identity } from './chat.ts';
import { Connection, connectionStatusOf } from './connection-driver.ts';
import { createDelivery } from './delivery.ts';
import { Emitter } from './emitter.ts';
import { parseFrame, roomIdOf } from './frames.ts';
import { PresenceBoard } from './lists/presence.ts';
import { type Delivered, Outbox } from './outbox.ts';
import type { ClientParts, ListsPart, Staff, UploadsPart } from './parts/parts.ts';
import { DEFAULT_PORTS, memoryStorage, type OutboxEntry, type RunningPorts } from './ports.ts';
import { sendRead } from './wire/receipts.ts';
import { createReplies, type Replies } from './wire/replies.ts';
import { createRequests, type Requests } from './wire/requests.ts';
import { createServerClock, type ServerClock } from './wire/server-clock.ts';
import { checkAddress } from './addresses.ts';
import { asChatError, Retries } from './retry.ts';
import { ChatRoom, type RoomContext } from './room/room.ts';
import { createVendors } from './shop/vendors.ts';
import { withMember } from './staff/identity.ts';
import type { ConnectionState, Verdict } from './state/connection-types.ts';
import { createStore, keepIdentity } from './store.ts';
import { failuresOf, Synchroniser } from './wire/synchroniser.ts';
import { createTokens, type Token, type Tokens } from './wire/tokens.ts';

/**
 * A client of these parts. It asks the network for nothing until it is used.
 * @throws Error when an address is not one
 */
export function createClient(options: ChatOptions, parts: ClientParts): ChatClient {
  checkAddress('api', options.api, ['https:', 'http:']);
  checkAddress('socket', options.socket, ['wss:', 'ws:']);
  return new Client(options, parts);
}

class Client implements ChatClient {
  readonly #ports: RunningPorts;
  readonly #emitter = new Emitter();
  readonly initial: ClientState = {
    connection: 'idle',
    error: null,
    me: null,
    unsent: 0,
    outboxError: null,
  };
  readonly #state = createStore(this.initial);
  readonly #tokens: Tokens;
  readonly #requests: Requests;
  readonly #replies: Replies;
  readonly #retries: Retries;
  readonly #presence: PresenceBoard;
  readonly #lists: ListsPart;
  readonly #outbox: Outbox;
  readonly #uploads: UploadsPart;
  readonly #staff: Staff;
  readonly #connection: Connection;
  readonly #rooms = new Map<string, ChatRoom>();
  readonly #roomContext: RoomContext;
  readonly #api: string;
  readonly #announcer: Announcer;
  readonly #synchroniser: Synchroniser;
  readonly #stopWatching: () => void;
  #isClosed = false;

  constructor(options: ChatOptions, parts: ClientParts) {
    const ports = { ...DEFAULT_PORTS, ...options.ports };
    const { api, device = ports.newId() } = options;
    this.#ports = ports;
    const me = () => this.#me()?.member ?? null;
    const isUnsent = (id: string) => this.#outbox.has(id);
    this.#announcer = new Announcer({ emitter: this.#emitter, me, isUnsent });
    this.#api = api;
    this.#tokens = createTokens({
      fetchToken: options.token,
      ports,
      onFirst: (token) => this.#begin(token),
    });
    const { here, fetch } = createServerClock(ports);
    const call = { api, device, tokens: this.#tokens, ports: { ...ports, fetch } };
    this.#requests = createRequests(call);
    this.#replies = createReplies({ send: (text) => this.#connection.send(text), ports });
    this.#retries = new Retries(ports);
    this.#presence = this.#createPresence(here);
    this.#lists = this.#createLists(parts, me);
    this.#outbox = this.#createOutbox(options.sendOver ?? 'http');
    this.#uploads = this.#createUploads(parts);
    this.#staff = parts.makeStaff({
      call,
      ports,
      retries: this.#retries,
      send: this.#sendFrame,
      user: () => this.#me()?.user ?? null,
      onFocus: (roomIds) => this.#publishRooms(roomIds),
    });
    this.#synchroniser = new Synchroniser({
      ports,
      look: () => this.#refetch(),
      onError: this.#report,
    });
    this.#connection = this.#createConnection(options.socket, device);
    this.#roomContext = this.#createRoomContext(parts);
    this.presence = this.#presence.store;
    this.unread = this.#lists.unread;
    this.vendor = createVendors({ requests: this.#requests, ports });
    this.settings = this.#staff.settings;
    this.savedReplies = this.#staff.savedReplies;
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

  readonly resume = (): void => void this.#tokens.get().catch(this.#report);

  readonly close = (): void => {
    this.#isClosed = true;
    this.#stopWatching();
    this.#staff.focus.close();
    this.#uploads.close();
    this.#outbox.close();
    this.#retries.close();
    this.#connection.close();
    this.#replies.abandon();
    this.#presence.close();
    this.#lists.close();
    this.#synchroniser.stop();
    for (const room of this.#rooms.values()) room.end();
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
    const { roomId } = this.#lists.known.put(await this.#requests.openRoom(request));
    return this.room(roomId);
  };

  readonly findRoom = async (vendorId: string): Promise<ChatRoom | null> => {
    const { items } = await this.#requests.listRooms('all', null);
    const rooms = items.map((room) => this.#lists.known.put(room));
    const found = rooms.find(({ members }) =>
      members.some(({ member }) => member === `vendor:${vendorId}`),
    );
    return found === undefined ? null : this.room(found.roomId);
  };

  readonly presence: ChatClient['presence'];

  readonly unread: ChatClient['unread'];

  readonly vendor: ChatClient['vendor'];

  readonly settings: ChatClient['settings'];

  readonly savedReplies: ChatClient['savedReplies'];

  #createConnection(url: string, device: string): Connection {
    return new Connection({
      url,
      device,
      tokens: this.#tokens,
      ports: this.#ports,
      diagnose: (token) => this.#diagnose(token),
      isUrgent: () => this.#outbox.isWaiting,
      onText: (text) => this.#onText(text),
      onSynchronise: (isSeamless) => {
        // Once where the socket before still hears along.
        this.#synchroniser.begin(isSeamless ? 1 : 2);
        if (!isSeamless) this.#outbox.nudge();
      },
      onState: (state) => this.#onConnection(state),
      onError: this.#report,
    });
  }

  #createOutbox(sendOver: 'http' | 'socket'): Outbox {
    const deliver = createDelivery({
      requests: this.#requests,
      replies: this.#replies,
      sendOver,
      me: () => ({ member: this.#me()?.member ?? null, name: this.#me()?.name ?? '' }),
    });
    return new Outbox({
      ports: this.#ports,
      identify: () => this.#tokens.get(),
      deliver,
      readOn: (roomId) => this.room(roomId).readOn(),
      lastSeq: (roomId) => this.room(roomId).lastSeq(),
      isUploading: (id) => this.#uploads.has(id),
      find: (roomId, id) => this.room(roomId).find(id),
      onStored: (entry, delivered) => this.#onStored(entry, delivered),
      onFailed: this.#onFailed,
      onChange: (roomId) => this.#onOutbox(roomId),
      onError: this.#report,
    });
  }

  #createUploads({ makeUploads }: ClientParts): UploadsPart {
    return makeUploads({
      requests: this.#requests,
      ports: this.#ports,
      retries: this.#retries,
      send: (entry) => this.#outbox.add(entry),
      keep: (id, entry) => this.#outbox.keep(id, entry),
      onChange: (roomId) => this.#onOutbox(roomId),
      onFailed: this.#onFailed,
    });
  }

  #createPresence(here: ServerClock['here']): PresenceBoard {
    return new PresenceBoard({
      ports: this.#ports,
      here,
      onEnding: () => this.#renewPresence(),
      onChange: () => this.#publishRooms(),
    });
  }

  #createLists({ makeLists }: ClientParts, me: () => Member | null): ListsPart {
    return makeLists({
      requests: this.#requests,
      ports: this.#ports,
      me,
      presenceOf: (member) => this.#presence.of(member),
      onPresence: (member, mark) => this.#presence.take(member, mark),
      onRoom: (room) => this.#onRoom(room),
      onError: this.#report,
    });
  }

  #createRoomContext({ makeChanges, makeAddresses }: ClientParts): RoomContext {
    return {
      ports: this.#ports,
      requests: this.#requests,
      replies: this.#replies,
      retries: this.#retries,
      outbox: this.#outbox,
      uploads: this.#uploads,
      addresses: makeAddresses({ requests: this.#requests, ports: this.#ports }),
      staff: this.#staff,
      makeChanges,
      rooms: this.#lists.known,
      identity: () => this.#me(),
      presenceOf: (member) => this.#presence.of(member),
      onPresence: (member, mark) => this.#presence.take(member, mark),
      sendFrame: this.#sendFrame,
      sendRead: (roomId, seq) =>
        this.#retries.run(() =>
          sendRead({ replies: this.#replies, requests: this.#requests }, roomId, seq),
        ),
      emit: (name, event) => this.#emitter.emit(name, event),
      onChanged: (message) => {
        this.#lists.known.changed(message);
        this.#announcer.updated(message);
      },
      onError: this.#report,
    };
  }

  #me(): Identity | null {
    return this.getState().me;
  }

  #patch(change: Partial<ClientState>): void {
    this.#state.set(keepIdentity(this.getState(), { ...this.getState(), ...change }));
  }

  readonly #sendFrame = (frame: object): boolean => this.#connection.send(JSON.stringify(frame));

  /** The first token says whose outbox this is. One that cannot be named shares it with nobody. */
  #begin({ identity, session }: Token): void {
    this.#patch({ me: identity });
    const name = `parley/${this.#api}/${session}`;
    void this.#outbox.open(session === null ? memoryStorage() : this.#ports.storage(name));
  }

  /** Where an issuer has a prefix, the token's claims do not tell the member; a direct room does. */
  #correctIdentity(room: Room): void {
    const me = this.#me();
    if (!me || room.kind !== 'direct') return;
    const own = room.members.find(({ member }) => roleOfMember(member) === me.role)?.member;
    if (own !== undefined && own !== me.member) this.#patch({ me: withMember(me, own) });
  }

  #onConnection(state: ConnectionState): void {
    const isOpen = state.status === 'open';
    if (!isOpen) {
      this.#replies.abandon();
      this.#synchroniser.stop();
    }
    this.#lists.setLive(isOpen);
    this.#patch(connectionStatusOf(state));
  }

  /** My focus too: where a colleague's row was not seen, that colleague was not told. */
  #refetch(): Promise<readonly unknown[]> {
    this.#staff.focus.renew();
    const rooms = [...this.#rooms.values()].flatMap((room) => room.synchronise());
    return failuresOf([...this.#lists.refresh(), ...rooms]);
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
    if (frame.event === 'presence') this.#presence.take(frame.member, frame);
    if (frame.event === 'focus') this.#staff.focus.apply(frame);
    const roomId = roomIdOf(frame);
    if (roomId === null || frame.event === 'focus') return;
    this.#rooms.get(roomId)?.apply(frame);
    this.#lists.known.apply(frame);
    this.#announcer.announce(frame);
  }

  #onStored({ roomId }: OutboxEntry, { message, isDelivered }: Delivered): void {
    this.#rooms.get(roomId)?.takeStored(message, isDelivered);
    this.#uploads.forget(message.id);
    this.#lists.known.apply({ event: 'message', message });
    this.#announcer.stored(message);
    this.#emitter.emit('sent', { roomId, id: message.id, seq: message.seq });
  }

  readonly #onFailed = ({ roomId, message }: OutboxEntry, error: ChatError): void =>
    this.#emitter.emit('failed', { roomId, id: message.id, error });

  #onOutbox(roomId: string): void {
    this.#rooms.get(roomId)?.takeOutbox();
    const unsent = this.#outbox.size + this.#uploads.size;
    this.#patch({ unsent, outboxError: this.#outbox.fullError(this.#uploads.size) });
  }

  #onRoom(room: Room): void {
    this.#correctIdentity(room);
    this.#rooms.get(room.roomId)?.takeHead();
  }

  #renewPresence(): void {
    for (const room of this.#rooms.values()) room.renewPeople();
    this.#lists.renewPresence();
  }

  #publishRooms(roomIds: Iterable<string> = this.#rooms.keys()): void {
    for (const roomId of roomIds) this.#rooms.get(roomId)?.publish();
  }

  readonly #report = (error: unknown): void => {
    if (!this.#isClosed) this.#emitter.emit('error', { error: asChatError(error) });
  };
}
