/** What every client of a run did and saw, with the times of call and return, and how everything ended: what the checker judges. */
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';

/** A message as somebody saw it. */
export interface Seen {
  readonly seq: number;
  readonly id: string;
  /** Null for a system message. */
  readonly sender: string | null;
  /** Null for a deleted one. */
  readonly text: string | null;
  readonly at: string;
  /** How often it changed. */
  readonly version: number;
}

/** Milliseconds since 1970. `endedMs` is when the answer was there, and infinite as long as there is none. */
export interface Times {
  readonly calledMs: number;
  readonly endedMs: number;
}

/** What became of a call: a success, a refusal by its code, or nothing that anybody heard. */
export type Outcome = 'ok' | 'unanswered' | (string & {});

/** Tries to send a message; every try is an entry of its own. */
export interface SendEntry extends Times {
  readonly kind: 'send';
  readonly client: string;
  readonly roomId: string;
  readonly id: string;
  readonly text: string | null;
  readonly after: number | null;
  readonly outcome: Outcome;
  /** The acknowledged number; null unless the outcome is `ok`. */
  readonly seq: number | null;
}

/** Moves the own read mark, to a number that the reader has seen. */
export interface ReadEntry extends Times {
  readonly kind: 'read';
  readonly client: string;
  readonly roomId: string;
  readonly seq: number;
  readonly outcome: Outcome;
}

/** Edits, deletes or reacts. `text` is what an edit makes of it. */
export interface ChangeEntry extends Times {
  readonly kind: 'change';
  readonly client: string;
  readonly what: 'edit' | 'delete' | 'react';
  readonly roomId: string;
  readonly seq: number;
  readonly text: string | null;
  readonly outcome: Outcome;
}

/** Reads a page of messages; `messages` is empty unless the outcome is `ok`. */
export interface FetchEntry extends Times {
  readonly kind: 'fetch';
  readonly client: string;
  readonly roomId: string;
  readonly after: number | null;
  readonly before: number | null;
  readonly outcome: Outcome;
  readonly messages: readonly Seen[];
  readonly hasMore: boolean;
}

/** Any other call; it counts as an operation. */
export interface CallEntry extends Times {
  readonly kind: 'call';
  readonly client: string;
  readonly name: string;
  readonly outcome: Outcome;
}

/** A frame that came in by itself. */
export interface EventEntry {
  readonly kind: 'event';
  readonly client: string;
  readonly atMs: number;
  readonly event: string;
  /** The room it is about; null for presence. */
  readonly roomId: string | null;
  /** The message it carries, where it does. */
  readonly message: Seen | null;
}

/** A socket opened or closed. */
export interface SocketEntry {
  readonly kind: 'socket';
  readonly client: string;
  readonly atMs: number;
  readonly isOpen: boolean;
}

/** What somebody was told of a member's presence. */
export interface PresenceEntry extends Times {
  readonly kind: 'presence';
  readonly client: string;
  readonly about: Member;
  readonly online: boolean;
  readonly onlineUntil: string | null;
}

/** What an application shows of a room: the last number, and the marks. Neither ever goes back. */
export interface ShownEntry {
  readonly kind: 'shown';
  readonly client: string;
  readonly atMs: number;
  readonly roomId: string;
  readonly lastSeq: number;
  /** Read marks by member. */
  readonly read: Readonly<Record<string, number>>;
}

/** A user was suspended; the answer was there at `atMs`. */
export interface SuspensionEntry {
  readonly kind: 'suspension';
  readonly user: string;
  readonly atMs: number;
}

export type Entry =
  | SendEntry
  | ReadEntry
  | ChangeEntry
  | FetchEntry
  | CallEntry
  | EventEntry
  | SocketEntry
  | PresenceEntry
  | ShownEntry
  | SuspensionEntry;

/** One device or raw writer of one person. Names are unique in a history. */
export interface ClientFacts {
  readonly name: string;
  readonly user: string;
  readonly member: Member;
}

/** A room at the end, as one of its members reads it. */
export interface MemberFinal {
  readonly member: Member;
  readonly roomId: string;
  readonly seq: number;
  readonly unread: number;
  readonly read: Readonly<Record<string, number>>;
  readonly messages: readonly Seen[];
}

/** A room at the end, as one client shows it. The messages are those it holds: the last ones, without a gap. */
export interface DeviceFinal {
  readonly client: string;
  readonly roomId: string;
  readonly unread: number;
  readonly messages: readonly Seen[];
  /** Messages of its own that are not stored. */
  readonly unsent: number;
}

/** What `GET /v1/unread` says to a member at the end. */
export interface UnreadFinal {
  readonly member: Member;
  readonly rooms: number;
  readonly messages: number;
}

/** Everything that is known of a run. */
export class History {
  readonly clients = new Map<string, ClientFacts>();
  /** Members by room. */
  readonly rooms = new Map<string, readonly Member[]>();
  readonly entries: Entry[] = [];
  readonly memberFinals: MemberFinal[] = [];
  readonly deviceFinals: DeviceFinal[] = [];
  readonly unreadFinals: UnreadFinal[] = [];
  /** The time of everybody's doings: the stack's. */
  readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  addClient(facts: ClientFacts): void {
    if (this.clients.has(facts.name)) throw new Error(`Two clients are called ${facts.name}.`);
    this.clients.set(facts.name, facts);
  }

  addRoom(roomId: string, members: readonly Member[]): void {
    this.rooms.set(roomId, members);
  }

  add(entry: Entry): void {
    this.entries.push(entry);
  }

  /** Writes a call down before it is answered: it may have happened, whether or not anybody ever hears. @returns what replaces it */
  begin(entry: Entry): (answered: Entry) => void {
    const place = this.entries.push(entry) - 1;
    return (answered) => {
      this.entries[place] = answered;
    };
  }

  /** How many calls were made, whatever became of them. */
  get operations(): number {
    return this.entries.filter((entry) => OPERATIONS.has(entry.kind)).length;
  }
}

const OPERATIONS: ReadonlySet<Entry['kind']> = new Set(['send', 'read', 'change', 'fetch', 'call']);

/** A message as the contract writes it, as the history keeps it. */
export function seenOf(message: Message): Seen {
  return {
    seq: message.seq,
    id: message.id,
    sender: message.sender?.member ?? null,
    text: message.deletedAt === null ? message.text : null,
    at: message.at,
    version: message.version ?? 0,
  };
}
