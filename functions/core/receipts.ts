/** Read and delivered marks: they only grow, and never pass the end of the room. */
import type { ServerFrame } from '#protocol/server-frames.ts';

import { type Caller, causeOf, enterRoom, type GetHead, type Membership } from './access.ts';
import { fanOut, type FanOutPorts } from './fan-out.ts';
import { SIDES, type StoredHead, toIso } from './room.ts';
import { changeAsPlanned, type ChangeHead, planMarks, type RaisedMarks } from './summary.ts';

export interface ReceiptPorts extends FanOutPorts {
  readonly rooms: { getHead: GetHead; changeHead: ChangeHead };
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

/** Raises a member's marks where they are lower, and tells both sides if anything moved. */
export async function raiseMarks(
  ports: Omit<ReceiptPorts, 'messages'>,
  { head, side, caller, marks }: Membership & { caller: Caller; marks: RaisedMarks },
): Promise<void> {
  const result = await changeAsPlanned(ports.rooms, head, (current) => planMarks(current, marks));
  if (!result.changed) return;
  const frame: ServerFrame = {
    event: 'read',
    roomId: head.roomId,
    member: head[side],
    seq: result.head.read[side],
    delivered: result.head.delivered[side],
    at: toIso(ports.now()),
  };
  await fanOut(
    ports,
    SIDES.map((one) => ({
      member: head[one],
      frames: [frame],
      ...(one === side ? { skip: causeOf(caller) } : {}),
    })),
  );
}

/** The summary lags behind the log: a reader may have got a message before its room knows of it. */
async function clampToEnd(ports: ReceiptPorts, head: StoredHead, seq: number): Promise<number> {
  if (seq <= head.seq) return seq;
  return Math.min(seq, await ports.messages.newestSeq(head.roomId));
}
