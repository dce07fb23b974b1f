/** Closing and reopening a room: a system message, from which everything else follows. */
import { ChatError } from '#protocol/errors.ts';
import type { Room, RoomStatus } from '#protocol/room.ts';

import { type Caller, causeOf, enterRoomNow, requireStaff } from '../access.ts';
import { costOfOne, messageRate, takeOne } from '../flood.ts';
import type { Rules } from '../product.ts';
import type { StoredHead } from '../room.ts';
import { viewRoom } from '../staff/view.ts';
import { applyChange, planSummary } from '../summary.ts';
import { type Posted, type PostPorts, postSystemMessage } from './post.ts';

export interface StatusPorts extends PostPorts {
  readonly rules: Pick<Rules, 'limits'>;
}

/**
 * Gives a room a status, and tells its members. A room that has it already is answered as it is; otherwise it
 * takes from the staff's quota of messages.
 * @throws ChatError `forbidden` for all but a shop's staff, `not_found`, `rate_limited`, `unavailable`
 */
export async function changeStatus(
  ports: StatusPorts,
  caller: Caller,
  { roomId, status }: { roomId: string; status: RoomStatus },
): Promise<Room> {
  requireStaff(caller);
  const { head, side } = await enterRoomNow(ports.rooms, caller, roomId);
  if (head.status === status) return viewRoom(ports.rooms, head, side);
  const rate = messageRate(ports.rules.limits);
  takeOne(rate, head.flood[side], ports.now());
  const posted = await postSystemMessage(ports, {
    head,
    event: status === 'closed' ? 'closed' : 'reopened',
    params: {},
    // Colleagues who decide the same of the same room say it once.
    key: String(head.seq),
    after: head.seq,
    by: { side, cause: causeOf(caller), costMs: costOfOne(rate) },
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
