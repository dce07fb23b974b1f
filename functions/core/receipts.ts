/** Read and delivered marks: they only grow, and never pass the end of the room. */
import type { ServerFrame } from '#protocol/server-frames.ts';

import { type Caller, causeOf, enterRoom, type GetHead, type Membership } from './access.ts';
import { fanOut, type FanOutPorts } from './fan-out.ts';
import { isMarked, otherSide, type Side, type StoredHead, toIso } from './room.ts';
import { viewRoom, type ViewRooms } from './staff/view.ts';
import { changeAsPlanned, type ChangeHead, planMarks, type RaisedMarks } from './summary.ts';

export interface ReceiptPorts extends FanOutPorts {
  readonly rooms: ViewRooms & { getHead: GetHead; changeHead: ChangeHead };
  readonly messages: {
    /** The highest seq in the log, read consistently; 0 for an empty one. */
    newestSeq: (roomId: string) => Promise<number>;
  };
}

/**
 * Moves the caller's read mark, and tells both sides. Beyond the end it is clamped, backwards it is ignored.
 * @throws ChatError `not_found`
 */
export async function markRead(
  ports: ReceiptPorts,
  caller: Caller,
  command: { roomId: string; seq: number },
): Promise<void> {
  const entered = await enterRoom(ports.rooms, caller, command.roomId);
  const seq = await clampToEnd(ports, entered.head, command.seq);
  const mark = { [entered.side]: seq };
  await raiseMarks(ports, { ...entered, caller, marks: { read: mark, delivered: mark } });
}

/**
 * Raises a member's marks where they are lower, and tells both sides if anything moved. Reading a room takes away
 * its mark of being unread, of which only the own side hears.
 */
export async function raiseMarks(
  ports: Omit<ReceiptPorts, 'messages'>,
  { head, side, caller, marks }: Membership & { caller: Caller; marks: RaisedMarks },
): Promise<void> {
  let before = head;
  const { head: after, changed } = await changeAsPlanned(ports.rooms, head, (current) => {
    before = current;
    return planMarks(current, marks);
  });
  if (!changed) return;
  const frame = marksFrame(after, side, ports.now());
  const own = isMarked(before, side) && !isMarked(after, side);
  const room = own ? await viewRoom(ports.rooms, after, side) : null;
  const skip = causeOf(caller);
  const frames: ServerFrame[] = room === null ? [frame] : [frame, { event: 'room', room }];
  const hasMoved = hasGrown(before, after, side);
  await fanOut(ports, [
    { member: head[side], frames, skip },
    ...(hasMoved ? [{ member: head[otherSide(side)], frames: [frame] }] : []),
  ]);
}

/** The event that tells a side's marks. */
export function marksFrame(head: StoredHead, side: Side, nowMs: number): ServerFrame<'read'> {
  return {
    event: 'read',
    roomId: head.roomId,
    member: head[side],
    seq: head.read[side],
    delivered: head.delivered[side],
    at: toIso(nowMs),
  };
}

function hasGrown(before: StoredHead, after: StoredHead, side: Side): boolean {
  return after.read[side] > before.read[side] || after.delivered[side] > before.delivered[side];
}

/** The summary lags behind the log: a reader may have got a message before its room knows of it. */
async function clampToEnd(ports: ReceiptPorts, head: StoredHead, seq: number): Promise<number> {
  if (seq <= head.seq) return seq;
  return Math.min(seq, await ports.messages.newestSeq(head.roomId));
}
