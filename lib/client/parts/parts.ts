/** The parts of a client that not everybody needs, or not at once: what makes them is handed in. */
import type { Member } from '#protocol/ids.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Room } from '#protocol/room.ts';

import type { ChatClient, RoomList, SavedReplies, SettingsStore } from '../chat.ts';
import type { KnownRooms } from '../lists/known-rooms.ts';
import type { Ports } from '../ports.ts';
import type { Retries } from '../retry.ts';
import type { RoomChanges, RoomChangesOptions } from '../room/changes.ts';
import type { Focus } from '../staff/focus.ts';
import type { Notes, NotesOptions } from '../staff/notes.ts';
import type { StatusChange } from '../staff/room-status.ts';
import type { Addresses, AddressesOptions } from '../uploads/addresses.ts';
import type { Uploads, UploadsOptions } from '../uploads/uploads.ts';
import type { PresenceMark } from '../state/activity.ts';
import type { CallOptions } from '../wire/http.ts';
import type { Requests } from '../wire/requests.ts';

/** Edits, deletions and reactions of one room. */
export type ChangesPart = Pick<RoomChanges, 'make'>;

/** Where attachments are downloaded from. */
export type AddressesPart = Pick<Addresses, 'get'>;

/** Files on their way. */
export type UploadsPart = Pick<Uploads, keyof Uploads>;

/** The staff's notes on one room. */
export type NotesPart = Pick<Notes, keyof Notes>;

/** What only the staff of a shop have. */
export interface Staff {
  readonly settings: SettingsStore;
  readonly savedReplies: SavedReplies;
  readonly focus: Pick<Focus, keyof Focus>;
  readonly setStatus: (change: StatusChange) => Promise<void>;
  readonly notesOf: (options: Omit<NotesOptions, 'requests' | 'retries' | 'ports'>) => NotesPart;
}

export interface StaffOptions {
  readonly call: CallOptions;
  readonly retries: Pick<Retries, 'run'>;
  readonly ports: Pick<Ports, 'now' | 'newId' | 'after'>;
  /** Sends a frame that nobody answers. @returns whether a socket took it */
  readonly send: (frame: object) => boolean;
  /** My own user, or null while it is not known. */
  readonly user: () => string | null;
  /** A colleague came to these rooms or left them. */
  readonly onFocus: (roomIds: readonly string[]) => void;
}

/** The caller's rooms, and the lists of them where there are any. */
export interface ListsPart {
  readonly known: KnownRooms;
  readonly list: (filter: RoomFilter) => RoomList;
  readonly unread: ChatClient['unread'];
  /** The connection is up again: asks anew for what is on screen. @returns what may fail */
  readonly refresh: () => Promise<unknown>[];
  /** The connection is up, or (false) gone. */
  readonly setLive: (isLive: boolean) => void;
  /** Somebody's presence is about to end. */
  readonly renewPresence: () => void;
  readonly close: () => void;
}

export interface ListsOptions {
  readonly requests: Requests;
  readonly ports: Pick<Ports, 'after' | 'now'>;
  readonly me: () => Member | null;
  readonly presenceOf: (member: string) => PresenceMark | undefined;
  readonly onPresence: (member: string, mark: PresenceMark) => void;
  /** A room is known anew or otherwise than before. */
  readonly onRoom: (room: Room) => void;
  readonly onError: (error: unknown) => void;
}

/** What makes the parts of one client. */
export interface ClientParts {
  readonly makeChanges: (options: RoomChangesOptions) => ChangesPart;
  readonly makeLists: (options: ListsOptions) => ListsPart;
  readonly makeAddresses: (options: AddressesOptions) => AddressesPart;
  readonly makeUploads: (options: UploadsOptions) => UploadsPart;
  readonly makeStaff: (options: StaffOptions) => Staff;
}
