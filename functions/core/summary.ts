/** The room's summary: what one conditional write of its head changes after a message or a read mark. */
import type { RoomStatus } from '#protocol/room.ts';

import type { StoredMessage } from './message.ts';
import type { Lane, Marks, Side, StoredHead } from './room.ts';

/** A write of a head that happens only if all it expects still holds. */
export interface HeadChange {
  readonly roomId: string;
  /** `null` for a lane: in none. Marks that are raised are expected to be lower, without being named here. */
  readonly expect: {
    readonly seq?: number;
    readonly seqBelow?: number;
    readonly status?: RoomStatus;
    readonly lane?: Lane | null;
  };
  readonly raise?: {
    readonly read?: Partial<Marks>;
    readonly delivered?: Partial<Marks>;
  };
  readonly set?: {
    readonly seq?: number;
    readonly lastMessage?: StoredHead['lastMessage'];
    readonly lastFrom?: Side;
    readonly lastActivityAt?: string;
    readonly status?: RoomStatus;
    readonly flood?: Partial<Marks>;
    /** `null` takes the room out of its lane. */
    readonly lane?: { readonly name: Lane; readonly at: string } | null;
  };
}

/** Changes a head, or answers with the head that did not fit; null where there is none. */
export type ChangeHead = (
  change: HeadChange,
) => Promise<{ changed: true } | { changed: false; head: StoredHead | null }>;

/** What a stored message means for its room. */
export interface Consequences {
  readonly message: StoredMessage;
  /** Whose read mark moves to it: its sender's, unless the sender may have missed something. */
  readonly readBy: Side | null;
  /** The sides of whom a device has it. */
  readonly deliveredTo: readonly Side[];
  /** The sender's quota after it. */
  readonly flood?: { readonly side: Side; readonly fullAtMs: number };
}
