/** Whose word was the last in each room, a customer's or the shop's: what the system says behind it hides it from a room's head. */
import type { RoomFilter } from '#protocol/http-routes.ts';
import { roleOfMember } from '#protocol/ids.ts';
import type { Room } from '#protocol/room.ts';

import { isShown } from '../state/rooms.ts';

/** The open questions of one client's rooms, as far as it heard of them. */
export class Questions {
  readonly #isOpen = new Map<string, boolean>();

  /** Takes over what a room's head says. */
  hear({ roomId, lastMessage }: Room): void {
    const sender = lastMessage?.sender ?? null;
    if (sender !== null) this.#isOpen.set(roomId, roleOfMember(sender) === 'customer');
  }

  /** The server counts it among those that wait. */
  listed({ roomId }: Room): void {
    if (!this.#isOpen.has(roomId)) this.#isOpen.set(roomId, true);
  }

  /** Whether a list of that filter shows the room; null where nobody said so yet. */
  isShown(room: Room, filter: RoomFilter): boolean | null {
    return isShown(room, filter) ?? this.#isOpen.get(room.roomId) ?? null;
  }
}
