/** Finishing what a handler left that died after its commit. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';

import { sideIn } from './access.ts';
import { fanOut, lookUpBeside } from './fan-out.ts';
import type { StoredMessage } from './message.ts';
import { marksFrame } from './receipts.ts';
import { otherSide, type Side, SIDES, type StoredHead } from './room.ts';
import { framesOf, type SendPorts } from './send.ts';
import { changeAsPlanned, type Consequences, planSummary } from './summary.ts';

export type SettlePorts = Pick<
  SendPorts,
  'rooms' | 'messages' | 'connections' | 'push' | 'close' | 'now' | 'wait' | 'report'
>;

/** A handler takes this long at most, usually, from its commit to the summary. */
const HANDLER_MS = 400;

/** A room after its messages were settled. */
export interface SettledRoom {
  /** As read consistently, with what was mended; null for a room that does not exist. */
  readonly head: StoredHead | null;
  /** Whether a handler had left something to do. */
  readonly isMended: boolean;
}

/**
 * What stream/messages does per room of a batch: if the head, read consistently, is behind the newest
 * message, pushes what it missed and updates it. Idempotent; a push may come twice and is dropped by its seq.
 * @param command.newestSeq the highest seq of the room's inserted messages in the batch; 0 where there is none
 */
export async function settleRoom(
  ports: SettlePorts,
  { roomId, newestSeq }: { roomId: string; newestSeq: number },
): Promise<SettledRoom> {
  const readHead = () => ports.rooms.getHead(roomId, { consistent: true });
  const isBehind = (found: StoredHead | null) => found !== null && found.seq < newestSeq;
  let head = await readHead();
  if (isBehind(head)) {
    // More likely than a death: the handler is still at work, and the stream was fast.
    await ports.wait(HANDLER_MS);
    head = await readHead();
  }
  if (head === null || !isBehind(head)) return { head, isMended: false };
  const missed = await ports.messages.listRange({ roomId, after: head.seq, through: newestSeq });
  for (const message of missed) head = await mend(ports, head, message);
  return { head, isMended: true };
}

async function mend(
  ports: SettlePorts,
  head: StoredHead,
  message: StoredMessage,
): Promise<StoredHead> {
  const sender = message.sender === undefined ? null : sideIn(head, message.sender);
  const consequences: Consequences = {
    message,
    // What the sender had seen is no longer known; whoever had read all before it, has read its own.
    readBy: null,
    deliveredTo: sender === null ? [] : [sender],
  };
  const members = SIDES.map((side) => head[side]);
  const { result: frames, rows } = await lookUpBeside(
    ports,
    members,
    framesOf(ports, head, consequences),
  );
  // Nobody comes after this one: what it cannot do now, the stream has to bring again.
  if (!members.every((member) => rows.has(member))) throw new ChatError('unavailable');
  const reached = await fanOut(
    ports,
    SIDES.map((side) => ({ member: head[side], frames: frames[side], rows: rows.get(head[side]) })),
  );
  const deliveredTo = SIDES.filter((side) => side === sender || reached.has(head[side]));
  const result = await changeAsPlanned(ports.rooms, head, (current) =>
    planSummary(current, { ...consequences, deliveredTo }),
  );
  if (sender !== null) await tellArrival(ports, result.head, { sender, reached });
  return result.head;
}

/** Nobody has answered the sender's device: that the message has arrived, all of its devices learn here. */
async function tellArrival(
  ports: SettlePorts,
  head: StoredHead,
  { sender, reached }: { sender: Side; reached: ReadonlySet<Member> },
): Promise<void> {
  const other = otherSide(sender);
  if (!reached.has(head[other])) return;
  await fanOut(ports, [{ member: head[sender], frames: [marksFrame(head, other, ports.now())] }]);
}
