/** Which reminders follow from new messages: one for each kind, for a side of whom no device took the first of them. */
import type { HistoryPorts } from '../history.ts';
import type { StoredMessage } from '../message.ts';
import { isWaiting, otherSide, type Side, SIDES, type StoredHead, toIso } from '../room.ts';
import {
  delayOf,
  type QueueReminder,
  type Reminder,
  type ReminderKind,
  type RemindAfter,
} from './reminder.ts';

export interface QueueReminderPorts {
  readonly messages: Pick<HistoryPorts['messages'], 'listPage'>;
  readonly queueReminder: QueueReminder;
  readonly remindAfter: RemindAfter;
  readonly now: () => number;
}

/** System messages and deleted ones that may stand before the first message of an absence. */
const MAX_BETWEEN = 10;

/**
 * Queues what new messages of one room call for. Once per room and absence: an absence begins with the first
 * message that no device of a side took, and ends when one of its devices gets or reads something.
 * Safe to repeat: a reminder that comes twice tells once.
 * @param command.head read consistently after the messages were summed up
 * @param command.messages the room's new messages, oldest first
 * @returns how many were queued
 */
export async function queueReminders(
  ports: QueueReminderPorts,
  { head, messages }: { head: StoredHead; messages: readonly StoredMessage[] },
): Promise<number> {
  let queued = 0;
  for (const side of SIDES) {
    const kinds = kindsFor(ports, head, side);
    const first = kinds.length > 0 ? await firstMissed(ports, { head, side, messages }) : null;
    if (first === null) continue;
    for (const kind of kinds) {
      const reminder = reminderOf(ports, { kind, side, message: first });
      await ports.queueReminder(reminder, delayOf(reminder, ports.now()));
      queued += 1;
    }
  }
  return queued;
}

function kindsFor(
  { remindAfter }: QueueReminderPorts,
  head: StoredHead,
  side: Side,
): ReminderKind[] {
  const mayWait = side === 'vendor' && isWaiting(head);
  const kinds: ReminderKind[] = mayWait ? ['unread', 'waiting'] : ['unread'];
  return kinds.filter((kind) => remindAfter[kind] !== null);
}

interface Missing {
  readonly head: StoredHead;
  readonly side: Side;
  readonly messages: readonly StoredMessage[];
}

/** The message that begins an absence, if it is among the new ones. Costs a read only behind such a message. */
async function firstMissed(
  { messages: log }: QueueReminderPorts,
  { head, side, messages }: Missing,
): Promise<StoredMessage | null> {
  const sender = head[otherSide(side)];
  // What a device got or the side has read. That nobody is connected shows here without asking for it.
  const reached = Math.max(head.read[side], head.delivered[side]);
  const missed = messages.find((one) => one.seq > reached && one.sender === sender);
  if (missed === undefined || missed.seq === reached + 1) return missed ?? null;
  const between = await log.listPage({
    roomId: head.roomId,
    after: reached,
    before: missed.seq,
    limit: MAX_BETWEEN,
    from: 'oldest',
  });
  // What was deleted may have been dropped already: nobody would be told of what follows it.
  const isOf = (one: StoredMessage) => one.sender === sender && one.deletedAt === undefined;
  return between.some(isOf) ? null : missed;
}

function reminderOf(
  { remindAfter }: QueueReminderPorts,
  { kind, side, message }: { kind: ReminderKind; side: Side; message: StoredMessage },
): Reminder {
  const dueMs = Date.parse(message.at) + (remindAfter[kind] ?? 0);
  const { roomId, seq, at } = message;
  return { kind, roomId, side, seq, since: at, dueAt: toIso(dueMs) };
}
