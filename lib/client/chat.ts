/** The public types of the client: what an application holds in its hands. Those of a room are in `conversation.ts`. */
import type { ChatError } from '#protocol/errors.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Member, Role } from '#protocol/ids.ts';
import type { Message, Product } from '#protocol/message.ts';
import type { Note } from '#protocol/shop/note.ts';
import type { Room } from '#protocol/room.ts';
import type { ReplyValues } from '#protocol/shop/saved-replies.ts';
import type { SavedReply, SavedReplyBody, Vendor, VendorSettings } from '#protocol/vendor.ts';

import type { LoadStatus, Presence, RoomHandle } from './conversation.ts';
import type { Ports } from './ports.ts';
import type { Store } from './store.ts';

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
  /** The token's subject, behind its issuer's prefix once a room told it; null while its claims do not tell. */
  readonly user: string | null;
  /** Null for an admin, and while the token's claims do not tell. */
  readonly member: Member | null;
  readonly name: string | null;
  /** The person's own name, also where `name` is the shop's. */
  readonly person: string | null;
}

/**
 * `idle`: not asked to connect · `connecting`: on its way · `online` · `waiting`: the next try is
 * scheduled (show a quiet "offline" bar) · `refused`: the page has no token, or the server does not want this user or token; see `error`.
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
  /** `unavailable` while so many messages wait that no further one is taken, else null. */
  readonly outboxError: ChatError | null;
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
  /** Keeps the presence of the others in its first rooms known while it is on screen. @returns what ends that */
  readonly watch: () => () => void;
}

export interface UnreadCounts {
  readonly rooms: number;
  readonly messages: number;
  /** Rooms in which my side owes an answer; for vendors only. */
  readonly waiting?: number;
}

/** A thing that is loaded and then shown. */
export interface Loaded<T> {
  /** Null before the first load. */
  readonly value: T | null;
  readonly status: LoadStatus;
  readonly error: ChatError | null;
}

/** What everybody may know of a shop. */
export interface VendorStore extends Store<Loaded<Vendor>> {
  /** Asks again where the last answer is older than a minute. @throws ChatError (also in the state) */
  readonly load: () => Promise<void>;
}

/** The own shop, for its staff. */
export interface SettingsStore extends Store<Loaded<VendorSettings>> {
  /** @throws ChatError (also in the state) */
  readonly load: () => Promise<void>;
  /** @throws ChatError `invalid` with the fields that failed, `conflict` where a colleague was faster: load, merge, save again */
  readonly save: (settings: VendorSettings) => Promise<void>;
}

/** The staff's saved replies, by shortcut. */
export interface SavedReplies extends Store<Loaded<readonly SavedReply[]>> {
  /** @throws ChatError (also in the state) */
  readonly load: () => Promise<void>;
  /** @throws ChatError `invalid` with the fields that failed, `conflict` for a shortcut that is taken */
  readonly add: (body: SavedReplyBody) => Promise<SavedReply>;
  /** @throws ChatError as `add` */
  readonly change: (replyId: string, body: SavedReplyBody) => Promise<SavedReply>;
  /** @throws ChatError */
  readonly remove: (replyId: string) => Promise<void>;
  /** The texts to send, one message each, with what the variables stand for. */
  readonly fillIn: (reply: SavedReplyBody, values: ReplyValues) => string[];
}

/** What was shown before the server knew of it. `reaction` and the others of a message come with its `seq`. */
export type OptimisticChange =
  | { readonly type: 'edit' | 'remove'; readonly seq: number }
  | { readonly type: 'react'; readonly seq: number; readonly emoji: string; readonly on: boolean }
  | { readonly type: 'mine' }
  | { readonly type: 'note' };

/** What `on` hears. */
export interface ChatEvents {
  /** A message of somebody else (or of my other device) came in. Fires once per message. */
  message: { readonly message: Message; readonly isMine: boolean };
  /** A message of mine is stored. */
  sent: { readonly roomId: string; readonly id: string; readonly seq: number };
  /** A message of mine was refused for good; it waits in the room for `retry` or `discard`. */
  failed: { readonly roomId: string; readonly id: string; readonly error: ChatError };
  /** A message was edited, deleted or reacted to, here or elsewhere. Fires once per version of it. */
  updated: { readonly message: Message };
  /** Something that was shown at once was refused: what the server says stands again. */
  rollback: {
    readonly roomId: string;
    readonly change: OptimisticChange;
    readonly error: ChatError;
  };
  /**
   * The first messages of a room are no longer there: `behind` when the room had moved on too far and begins anew at its
   * end, `full` when the oldest made place for new ones. A scroll position held by one of them is void; `loadOlder` brings them again.
   */
  discontinuity: { readonly roomId: string; readonly reason: 'behind' | 'full' };
  /** A room as the server told of it by itself: its first message, a changed status, marks of my side. */
  room: { readonly room: Room };
  /** A colleague noted something on a room, or took a note away. */
  note: { readonly note: Note };
  noteRemoved: { readonly roomId: string; readonly noteId: string };
  /** A background task failed; the client goes on by itself. */
  error: { readonly error: ChatError };
}

/** The client of one user on one device. */
export interface ChatClient extends Store<ClientState> {
  /** Asks for live events; safe to call again, also after `refused`. */
  readonly connect: () => void;
  /** Lets the socket go; requests and the outbox still work, and `connect` brings it back. */
  readonly disconnect: () => void;
  /** Takes up what an earlier page left unsent, and sends it; asks for no live events. */
  readonly resume: () => void;
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
  /** A customer's room with a vendor where there is one among the latest, else null: makes none. @throws ChatError */
  readonly findRoom: (vendorId: string) => Promise<RoomHandle | null>;
  /** Presence by member, as far as it was heard. */
  readonly presence: Store<Readonly<Record<string, Presence>>>;
  /** Unread counts over all rooms; kept up to date once loaded. */
  readonly unread: Store<UnreadCounts | null> & { readonly load: () => Promise<void> };
  /** A shop as everybody sees it; always the same object for the same id. */
  readonly vendor: (vendorId: string) => VendorStore;
  /** The own shop, for its staff. */
  readonly settings: SettingsStore;
  readonly savedReplies: SavedReplies;
}
