/** The public types of the client: what an application holds in its hands. */
import type { ChatError } from '#protocol/errors.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Member, Role } from '#protocol/ids.ts';
import type { Message, Product } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

import type { Ports } from './ports.ts';

/**
 * Something that can be watched. Snapshots are immutable and keep their identity while nothing
 * changed, so both functions fit React's `useSyncExternalStore` as they are (they need no `this`).
 */
export interface Store<State> {
  readonly getState: () => State;
  /** @returns what ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
}

export interface ChatOptions {
  /** The HTTP API with its version: `https://chat.example.com/v1`. */
  readonly api: string;
  /** The socket: `wss://socket.example.com` (locally `ws://localhost:4000/ws`). */
  readonly socket: string;
  /** Brings a JWT of your identity provider. Called one at a time: at first use, before the last token ends, and after it was refused. */
  readonly token: () => Promise<string>;
  /** A random id that this device (browser profile, not tab) keeps; made anew when missing. */
  readonly device?: string;
  /** How messages leave. HTTP unless said otherwise; the socket then serves when HTTP fails. */
  readonly sendOver?: 'http' | 'socket';
  /** What stands between the client and the world; what is missing is taken from `globalThis`. */
  readonly ports?: Partial<Ports>;
}

/** Who the token says I am. `member` is corrected by the server's answers where an issuer has a prefix. */
export interface Identity {
  readonly role: Role;
  /** Null for an admin, and while the token's claims do not tell. */
  readonly member: Member | null;
  readonly name: string | null;
}

/**
 * `idle`: not asked to connect · `connecting`: on its way · `online` · `waiting`: the next try is
 * scheduled (show a quiet "offline" bar) · `refused`: the server does not want this user or token; see `error`.
 */
export type ConnectionStatus = 'idle' | 'connecting' | 'online' | 'waiting' | 'refused';

export interface ClientState {
  readonly connection: ConnectionStatus;
  /** Why the connection was refused, or null. */
  readonly error: ChatError | null;
  /** Null until the first token came. */
  readonly me: Identity | null;
  /** Messages that are not stored yet, failed ones included. */
  readonly unsent: number;
}

/** How far a message of mine has come. Null for messages of others. */
export type MessageStatus = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** A message as a conversation shows it: a stored one, or one of mine on its way (`seq` null). */
export interface ChatMessage extends Omit<Message, 'seq'> {
  /** Stays the same from the first tap to the end: the key of its row. */
  readonly key: string;
  readonly seq: number | null;
  readonly isMine: boolean;
  readonly status: MessageStatus | null;
  /** Why it failed, or null. */
  readonly error: ChatError | null;
}

/** `idle` before the first load · `loading` while nothing is there yet · `ready` · `failed`: see `error`, and load again. */
export type LoadStatus = 'idle' | 'loading' | 'ready' | 'failed';

export interface Presence {
  readonly online: boolean;
  /** ISO time, or null when never seen or online. */
  readonly lastSeenAt: string | null;
}

/** Somebody else who is typing in a room. */
export interface Typist {
  readonly member: Member;
  readonly name: string;
}

/** Somebody in a room, with presence as it is now. */
export interface Person extends Presence {
  readonly member: Member;
  readonly name: string;
  readonly picture: string | null;
  readonly isMe: boolean;
  /** The highest message number they have read. */
  readonly readSeq: number;
}

export interface RoomState {
  readonly roomId: string;
  /** The room's head as last heard, or null before it was. */
  readonly room: Room | null;
  readonly status: LoadStatus;
  readonly error: ChatError | null;
  /** In order, without a gap or a duplicate; what is on its way stands last. */
  readonly messages: readonly ChatMessage[];
  readonly hasOlder: boolean;
  readonly isLoadingOlder: boolean;
  readonly typing: readonly Typist[];
  /** Everybody in the room, me included; presence is known after `loadPeople`. */
  readonly people: readonly Person[];
  /** Messages of others that I have not read. */
  readonly unread: number;
  /** My own read mark: where a "new messages" line belongs when the room is opened. */
  readonly readSeq: number;
}

/** What somebody wrote. */
export interface Draft {
  /** Made well-formed and trimmed before it leaves. */
  readonly text: string;
  /** The product asked about; the room shows the latest one. */
  readonly product?: Product;
  /** The `seq` of the message it answers. */
  readonly replyTo?: number;
}

/** One conversation. Handles of the same room are the same object; methods need no `this`. */
export interface RoomHandle extends Store<RoomState> {
  readonly roomId: string;
  /** Loads the newest messages, or what came since; safe to call again. @throws ChatError (also in the state) */
  readonly loadLatest: () => Promise<void>;
  /** Loads one page further up. @throws ChatError */
  readonly loadOlder: () => Promise<void>;
  /** Loads who is in the room and who is online. @throws ChatError */
  readonly loadPeople: () => Promise<void>;
  /**
   * Shows the message at once and sends it as soon as it can, in order, once.
   * @returns the message's id: it is in `messages` before this returns
   * @throws ChatError `invalid` for a blank or too long text, `unavailable` when too many wait
   */
  readonly send: (draft: Draft) => string;
  /** Sends a failed message again, after those that wait now. */
  readonly retry: (id: string) => void;
  /** Forgets a failed message. */
  readonly discard: (id: string) => void;
  /** Tells the others that I have read up to `seq` (all of it when missing). Cheap to call often. */
  readonly markRead: (seq?: number) => void;
  /** Tells the others that I am typing, again on every call that is 5 s apart; false ends it at once. */
  readonly setTyping: (isTyping: boolean) => void;
  /** Keeps the room whole while it is on screen: refetched after every reconnect. @returns what ends that */
  readonly watch: () => () => void;
}

export interface RoomListState {
  /** The latest activity first. */
  readonly rooms: readonly Room[];
  readonly status: LoadStatus;
  readonly error: ChatError | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
}

/** The caller's rooms under one filter; events move them. Lists of the same filter are the same object. */
export interface RoomList extends Store<RoomListState> {
  readonly filter: RoomFilter;
  /** Loads the first page; again after every reconnect, by itself. @throws ChatError (also in the state) */
  readonly load: () => Promise<void>;
  /** Loads the next page. @throws ChatError */
  readonly loadMore: () => Promise<void>;
}

export interface UnreadCounts {
  readonly rooms: number;
  readonly messages: number;
}

/** What `on` hears. */
export interface ChatEvents {
  /** A message of somebody else (or of my other device) came in. Fires once per message. */
  message: { readonly message: Message; readonly isMine: boolean };
  /** A message of mine is stored. */
  sent: { readonly roomId: string; readonly id: string; readonly seq: number };
  /** A message of mine was refused for good; it waits in the room for `retry` or `discard`. */
  failed: { readonly roomId: string; readonly id: string; readonly error: ChatError };
  /** A background task failed; the client goes on by itself. */
  error: { readonly error: ChatError };
}

/** The client of one user on one device. */
export interface ChatClient extends Store<ClientState> {
  /** Asks for live events; safe to call again, also after `refused`. */
  readonly connect: () => void;
  /** Lets the socket go; requests and the outbox still work, and `connect` brings it back. */
  readonly disconnect: () => void;
  /** Ends everything for good. What is unsent stays in the storage. */
  readonly close: () => void;
  /** @returns what ends the listening */
  readonly on: <Name extends keyof ChatEvents>(
    name: Name,
    listener: (event: ChatEvents[Name]) => void,
  ) => () => void;
  /** The caller's rooms: `all` when no filter is named. */
  readonly rooms: (filter?: RoomFilter) => RoomList;
  /** A room by its id; asks the network for nothing yet. */
  readonly room: (roomId: string) => RoomHandle;
  /** A customer's room with a vendor, made if new. The product is for the list; send it with the first message. @throws ChatError */
  readonly openRoom: (request: {
    readonly vendorId: string;
    readonly product?: Product;
  }) => Promise<RoomHandle>;
  /** Presence by member, as far as it was heard. */
  readonly presence: Store<Readonly<Record<string, Presence>>>;
  /** Unread counts over all rooms; kept up to date once loaded. */
  readonly unread: Store<UnreadCounts | null> & { readonly load: () => Promise<void> };
}
