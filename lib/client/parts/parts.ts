/** The parts of a client that not everybody needs, or not at once: what makes them is handed in. */
import type { SavedReplies, SettingsStore } from '../chat.ts';
import type { Ports } from '../ports.ts';
import type { Retries } from '../retry.ts';
import type { RoomChanges, RoomChangesOptions } from '../room/changes.ts';
import type { Focus } from '../staff/focus.ts';
import type { Notes, NotesOptions } from '../staff/notes.ts';
import type { Uploads, UploadsOptions } from '../uploads/uploads.ts';
import type { CallOptions } from '../wire/http.ts';

/** Edits, deletions and reactions of one room. */
export type ChangesPart = Pick<RoomChanges, 'make'>;

/** Files on their way. */
export type UploadsPart = Pick<Uploads, keyof Uploads>;

/** The staff's notes on one room. */
export type NotesPart = Pick<Notes, keyof Notes>;

/** What only the staff of a shop have. */
export interface Staff {
  readonly settings: SettingsStore;
  readonly savedReplies: SavedReplies;
  readonly focus: Pick<Focus, keyof Focus>;
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

/** What makes the parts of one client. */
export interface ClientParts {
  readonly makeChanges: (options: RoomChangesOptions) => ChangesPart;
  readonly makeUploads: (options: UploadsOptions) => UploadsPart;
  readonly makeStaff: (options: StaffOptions) => Staff;
}
