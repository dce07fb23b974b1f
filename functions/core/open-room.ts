/** Opening the one room of a customer and a vendor, and reading a room. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { Product } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

import type { Caller, GetHead } from './access.ts';
import type { Rules } from './product.ts';
import type { RoomAbout, StoredHead } from './room.ts';

/** How a member calls itself. */
export interface Identity {
  readonly name: string;
  readonly picture?: string;
}

export interface ReadRoomPorts {
  readonly rooms: {
    getHead: GetHead;
    getAbout: (roomId: string) => Promise<RoomAbout | null>;
    putAbout: (about: RoomAbout) => Promise<void>;
  };
}

export interface OpenRoomPorts extends ReadRoomPorts {
  readonly rooms: ReadRoomPorts['rooms'] & {
    /** Stores a head where none is. @returns false where one is */
    createHead: (head: StoredHead) => Promise<boolean>;
  };
  readonly profiles: {
    getIdentity: (member: Member) => Promise<Identity | null>;
    /** When the member's quota of new rooms is whole again, in milliseconds; 0 at first. */
    getRoomQuota: (member: Member) => Promise<number>;
    /** @returns false where it is no longer `from` */
    moveRoomQuota: (member: Member, move: { from: number; to: number }) => Promise<boolean>;
  };
  readonly rules: Rules;
  readonly now: () => number;
}

/** @throws ChatError `forbidden` for all but customers, `invalid`, `rate_limited` */
export async function openRoom(
  _ports: OpenRoomPorts,
  _caller: Caller,
  _command: { vendorId: string; product?: Product },
): Promise<{ room: Room; isNew: boolean }> {
  throw new ChatError('unsupported');
}

/** @throws ChatError `not_found` */
export async function getRoom(
  _ports: ReadRoomPorts,
  _caller: Caller,
  _command: { roomId: string },
): Promise<Room> {
  throw new ChatError('unsupported');
}
