/** The caller's rooms by filter, the latest activity first, and what is unread in them. */
import { ChatError } from '#protocol/errors.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Member } from '#protocol/ids.ts';
import type { Room } from '#protocol/room.ts';

import type { Caller } from './access.ts';
import type { Lane, RoomAbout, StoredHead } from './room.ts';
import type { ChangeHead } from './summary.ts';

/** An entry of an index: `rank` is the hour of the last activity, or the time a room entered its lane. */
export interface RankedRoom {
  readonly roomId: string;
  readonly rank: string;
}

/** A walk down an index from the highest rank, or from behind `start`. */
export interface Walk {
  readonly start?: RankedRoom;
  readonly limit: number;
}

export interface ListPorts {
  readonly rooms: {
    /** Room ids of a customer, in no order, at most `limit`. */
    listByCustomer: (customer: Member, limit: number) => Promise<string[]>;
    /** Rooms of a vendor by descending hour of their last activity. */
    walkByVendor: (vendor: Member, walk: Walk) => Promise<RankedRoom[]>;
    /** Rooms in a vendor's lane, the latest first. */
    walkLane: (vendor: Member, lane: Lane, walk: Walk) => Promise<RankedRoom[]>;
    /** The heads that exist, in no order. */
    getHeads: (roomIds: readonly string[]) => Promise<StoredHead[]>;
    getAbouts: (roomIds: readonly string[]) => Promise<RoomAbout[]>;
    changeHead: ChangeHead;
  };
  readonly now: () => number;
  readonly report: (error: unknown) => void;
}

export interface RoomPage {
  readonly items: Room[];
  /** Opaque; null at the end. */
  readonly next: string | null;
}

/** @throws ChatError `forbidden` for admins, `invalid` for a cursor that is not of this list */
export async function listRooms(
  _ports: ListPorts,
  _caller: Caller,
  _command: { filter: RoomFilter; limit: number; cursor?: string },
): Promise<RoomPage> {
  throw new ChatError('unsupported');
}

/** @throws ChatError `forbidden` for admins */
export async function countUnread(
  _ports: ListPorts,
  _caller: Caller,
): Promise<{ rooms: number; messages: number }> {
  throw new ChatError('unsupported');
}
