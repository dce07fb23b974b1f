/** A reminder as it waits in the queue: which message of which room, for whom, and when to look. */
import type { Side } from '../room.ts';

/** `unread`: tell a side that is away of a message. `waiting`: tell the shop's operator that it still owes an answer. */
export type ReminderKind = 'unread' | 'waiting';

/** One message in the queue. Times are ISO 8601. */
export interface Reminder {
  readonly kind: ReminderKind;
  readonly roomId: string;
  /** Whom it is for; a `waiting` one is always for the vendor. */
  readonly side: Side;
  /** The first message of the absence, and when it was written. */
  readonly seq: number;
  readonly since: string;
  readonly dueAt: string;
}

/** Puts a reminder into the queue. It may come out earlier than due, and more than once. */
export type QueueReminder = (reminder: Reminder, delaySeconds: number) => Promise<void>;

/** How long after a message somebody is told of it, in milliseconds; null for never. */
export type RemindAfter = Readonly<Record<ReminderKind, number | null>>;

/** SQS's longest delay. What is due later goes back into the queue when it comes out. */
const MAX_DELAY_SECONDS = 900;

/** Seconds that a reminder stays in the queue before it is looked at again. */
export function delayOf({ dueAt }: Reminder, nowMs: number): number {
  const seconds = Math.ceil((Date.parse(dueAt) - nowMs) / 1_000);
  return Math.min(MAX_DELAY_SECONDS, Math.max(0, seconds));
}

/**
 * Reads a message of the queue.
 * @throws Error where it is no reminder
 */
export function parseReminder(body: string): Reminder {
  const value: unknown = JSON.parse(body);
  if (isReminder(value)) return value;
  throw new Error('The message in the queue is no reminder.');
}

function isReminder(value: unknown): value is Reminder {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, roomId, side, seq, since, dueAt } = value as Partial<Record<string, unknown>>;
  return (
    (kind === 'unread' || kind === 'waiting') &&
    typeof roomId === 'string' &&
    (side === 'customer' || side === 'vendor') &&
    Number.isSafeInteger(seq) &&
    isTime(since) &&
    isTime(dueAt)
  );
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
