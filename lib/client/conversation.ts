/** The public types of one conversation: what a room's handle shows and does. */
import type { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { Message, Product } from '#protocol/message.ts';
import type { Note } from '#protocol/shop/note.ts';
import type { Mine, Room } from '#protocol/room.ts';

import type { Store } from './store.ts';
import type { UploadBody } from './uploads/upload-port.ts';

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
  /** It shows an edit, a deletion or a reaction of mine that the server has not confirmed yet. */
  readonly isChanging: boolean;
  /** The files of a message on its way, in the order of `attachments`; empty for every other. */
  readonly uploads: readonly Upload[];
}

/** A file to send. `width` and `height` are of an image, in pixels. */
export interface FileToSend {
  readonly name: string;
  /** A MIME type; an empty one counts as `application/octet-stream`. */
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  readonly body: UploadBody;
  readonly width?: number;
  readonly height?: number;
}

/** A file on its way. */
export interface Upload extends Omit<FileToSend, 'body'> {
  /** To show it before it is there; null after a reload, which it does not survive. */
  readonly body: UploadBody | null;
  /** 0 to 1. */
  readonly progress: number;
}

/** Files with some words. All images: a message of type `image`, else `file`. */
export interface FileDraft {
  readonly files: readonly FileToSend[];
  readonly text?: string;
  /** The `seq` of the message it answers. */
  readonly replyTo?: number;
  /** Hears of every step, which the message's `uploads` show too. `progress` is 0 to 1. */
  readonly onProgress?: (step: { readonly index: number; readonly progress: number }) => void;
  /** Cancels like the handle's `cancel`. */
  readonly signal?: AbortSignal;
}

/** Files under way. */
export interface SentFiles {
  /** The message's id: it is in `messages` already, and `retry` and `discard` take it. */
  readonly id: string;
  /** Takes the message back as long as its files are under way; later it does nothing. */
  readonly cancel: () => void;
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

/** Somebody of the same staff who looks at a room, or writes in it. */
export interface Colleague {
  readonly user: string;
  readonly name: string;
  readonly replying: boolean;
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
  /** The room's head as last heard, or null before it was; marks of mine show at once. */
  readonly room: Room | null;
  readonly status: LoadStatus;
  readonly error: ChatError | null;
  /** In order, without a gap or a duplicate; what is on its way stands last. */
  readonly messages: readonly ChatMessage[];
  readonly hasOlder: boolean;
  readonly isLoadingOlder: boolean;
  readonly typing: readonly Typist[];
  /** Colleagues in this room, for staff only. */
  readonly colleagues: readonly Colleague[];
  /** Everybody in the room, me included; presence is known after `loadPeople`. */
  readonly people: readonly Person[];
  /** Messages of others that I have not read. */
  readonly unread: number;
  /** My own read mark: where a "new messages" line belongs when the room is opened. */
  readonly readSeq: number;
  /** Sending is paced by a rate limit: ISO time of the next try, else null. */
  readonly retryAt: string | null;
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

/** A product card, with or without words. */
export interface ProductDraft {
  readonly product: Product;
  readonly text?: string;
}

/** A note as a room's staff see it. */
export interface RoomNote extends Note {
  /** Mine, and not stored yet. */
  readonly isSaving: boolean;
}

export interface NotesState {
  /** The newest first. */
  readonly notes: readonly RoomNote[];
  readonly status: LoadStatus;
  readonly error: ChatError | null;
  readonly hasMore: boolean;
}

/** The staff's notes on a room; events keep them whole once they are loaded. */
export interface RoomNotes extends Store<NotesState> {
  /** Loads the first page; again after every reconnect, by itself. @throws ChatError (also in the state) */
  readonly load: () => Promise<void>;
  /** Loads the next page. @throws ChatError */
  readonly loadMore: () => Promise<void>;
  /** Shows a note at once; a refusal takes it back. @throws ChatError */
  readonly add: (text: string) => Promise<void>;
  /** Takes a note away at once; a refusal brings it back. @throws ChatError */
  readonly remove: (noteId: string) => Promise<void>;
}

/** One conversation. Handles of the same room are the same object; methods need no `this`. */
export interface RoomHandle extends Store<RoomState> {
  readonly roomId: string;
  /** Loads the newest messages, or what came since; safe to call again. @throws ChatError (also in the state) */
  readonly loadLatest: () => Promise<void>;
  /** Loads one page further up, or as many as it takes to reach a message. @throws ChatError */
  readonly loadOlder: (toSeq?: number) => Promise<void>;
  /** Loads who is in the room and who is online. @throws ChatError */
  readonly loadPeople: () => Promise<void>;
  /**
   * Shows the message at once and sends it as soon as it can, in order, once.
   * @returns the message's id: it is in `messages` before this returns
   * @throws ChatError `invalid` for a blank or too long text, `unavailable` when too many wait
   */
  readonly send: (draft: Draft) => string;
  /** Sends a product card as `send` sends a text. @throws ChatError as `send` */
  readonly sendProduct: (draft: ProductDraft) => string;
  /** Fetches the code for files where a client came without it: `sendFiles` is refused (`unavailable`) before. @throws ChatError */
  readonly prepareFiles: () => Promise<void>;
  /**
   * Shows a message with its files at once, uploads them and then sends it. What is sent meanwhile does not wait for it.
   * @throws ChatError `invalid` or `too_large` for files that no server takes, else as `send`
   */
  readonly sendFiles: (draft: FileDraft) => SentFiles;
  /** Sends a failed message again, after those that wait now; uploads what is not there. */
  readonly retry: (id: string) => void;
  /** Forgets a failed message. */
  readonly discard: (id: string) => void;
  /** Gives a message of mine another text, shown at once; a refusal takes it back. @throws ChatError */
  readonly edit: (seq: number, text: string) => Promise<void>;
  /** Deletes a message of mine, at once; a refusal brings it back. @throws ChatError */
  readonly remove: (seq: number) => Promise<void>;
  /** Switches a reaction of mine on or off, at once; a refusal takes it back. @throws ChatError */
  readonly react: (seq: number, emoji: string, on: boolean) => Promise<void>;
  /**
   * Closes the room, for vendors, once what I wrote has left: it would open the room again.
   * @throws ChatError also where that takes too long; the room stays open then
   */
  readonly close: () => Promise<void>;
  /** Opens it again; a message does that too. @throws ChatError */
  readonly reopen: () => Promise<void>;
  /** Changes what my side keeps to itself, shown at once; a refusal takes it back. @throws ChatError */
  readonly setMine: (patch: Partial<Mine>) => Promise<void>;
  /** What the staff note on the room, for vendors. */
  readonly notes: RoomNotes;
  /** Tells colleagues that I look at the room or write in it, as long as it lasts; null ends it. Cheap to call often. */
  readonly setFocus: (focus: 'viewing' | 'replying' | null) => void;
  /** A short-lived address of an attachment, kept until shortly before it ends. @throws ChatError */
  readonly attachmentUrl: (key: string) => Promise<string>;
  /** Tells the others that I have read up to `seq` (all of it when missing). Cheap to call often. */
  readonly markRead: (seq?: number) => void;
  /** Tells the others that I am typing, again on every call that is 5 s apart; false ends it at once. */
  readonly setTyping: (isTyping: boolean) => void;
  /** Keeps the room whole while it is on screen: refetched after every reconnect. @returns what ends that */
  readonly watch: () => () => void;
}
