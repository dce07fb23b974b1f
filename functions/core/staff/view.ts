/** A room with all that one side reads of it: its own marks come along, and nobody else's. */
import type { Member } from '#protocol/ids.ts';
import type { Room } from '#protocol/room.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import {
  hasMine,
  renderRoom,
  type RoomAbout,
  type Side,
  type StoredHead,
  type StoredMine,
} from '../room.ts';

/** What a member keeps to itself in a room, read consistently; null where it has kept nothing. */
export type GetMine = (roomId: string, member: Member) => Promise<StoredMine | null>;

export interface ViewRooms {
  readonly getAbout: (roomId: string) => Promise<RoomAbout | null>;
  readonly getMine: GetMine;
}

/** What a side keeps to itself, looked for only where the head says that there is something. */
export async function mineOf(
  rooms: Pick<ViewRooms, 'getMine'>,
  head: StoredHead,
  side: Side,
): Promise<StoredMine | null> {
  return hasMine(head, side) ? rooms.getMine(head.roomId, head[side]) : null;
}

/** The room as one side reads it. */
export async function viewRoom(rooms: ViewRooms, head: StoredHead, side: Side): Promise<Room> {
  const [about, mine] = await Promise.all([rooms.getAbout(head.roomId), mineOf(rooms, head, side)]);
  return renderRoom(head, { about, mine }, side);
}

/** The event that shows a room, rendered for each receiver. */
export async function roomFrames(
  rooms: Pick<ViewRooms, 'getMine'>,
  head: StoredHead,
  about: RoomAbout | null,
): Promise<Record<Side, ServerFrame<'room'>>> {
  const frame = async (side: Side) => {
    const mine = await mineOf(rooms, head, side);
    return { event: 'room', room: renderRoom(head, { about, mine }, side) } as const;
  };
  const [customer, vendor] = await Promise.all([frame('customer'), frame('vendor')]);
  return { customer, vendor };
}
