/** Closing and reopening a room: a system message, from which everything else follows. */
import { ChatError } from '#protocol/errors.ts';
import type { Room, RoomStatus } from '#protocol/room.ts';

import { type Caller, causeOf, enterRoomNow, requireStaff } from '../access.ts';
import type { StoredHead } from '../room.ts';
import { viewRoom } from '../staff/view.ts';
import { applyChange, planSummary } from '../summary.ts';
import { type Posted, type PostPorts, postSystemMessage } from './post.ts';

/**
 * Gives a room a status, and tells its members. A room that has it already is answered as it is.
 * @throws ChatError `forbidden` for all but a shop's staff, `not_found`, `unavailable`
 */
export async function changeStatus(
  ports: PostPorts,
  caller: Caller,
  { roomId, status }: { roomId: string; status: RoomStatus },
): Promise<Room> {
  requireStaff(caller);
  const { head, side } = await enterRoomNow(ports.rooms, caller, roomId);
  if (head.status === status) return viewRoom(ports.rooms, head, side);
  const posted = await postSystemMessage(ports, {
    head,
    event: status === 'closed' ? 'closed' : 'reopened',
    params: {},
    // Colleagues who decide the same of the same room say it once.
    key: String(head.seq),
    after: head.seq,
    by: { side, cause: causeOf(caller) },
  });
  return viewRoom(ports.rooms, await headAfter(ports, posted), side);
}

/** The room as the message leaves it, also where its summary is still to be written. */
async function headAfter({ rooms }: PostPorts, { message }: Posted): Promise<StoredHead> {
  const head = await rooms.getHead(message.roomId, { consistent: true });
  if (head === null) throw new ChatError('not_found');
  const change = planSummary(head, { message, readBy: null, deliveredTo: [] });
  return change === null ? head : applyChange(head, change);
}
