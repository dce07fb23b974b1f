/** What a message does to its room's status and read marks: the rules of system messages. */
import type { RoomStatus } from '#protocol/room.ts';

import type { MessageDraft } from '../message.ts';
import { type Marks, type Side, SIDES, type StoredHead } from '../room.ts';

/** What system messages say; a reader's catalogue has a sentence for each. */
export type SystemEvent = 'closed' | 'reopened' | 'away';

const STATUS_BY_EVENT = new Map<string, RoomStatus>([
  ['closed', 'closed'],
  ['reopened', 'open'],
]);

/** The status a message gives its room; undefined where it leaves it. A member's message reopens. */
export function statusBy(message: MessageDraft): RoomStatus | undefined {
  if (message.sender !== undefined) return 'open';
  return STATUS_BY_EVENT.get(message.system?.event ?? '');
}

/** Whether a message may stand for its room in a list: what a closed shop answers by itself must not hide the question. */
export function isLastWord({ system }: MessageDraft): boolean {
  return system?.event !== 'away';
}

/**
 * The sides that had read all before a message, and so have read it: its sender, or of the system's whoever had.
 * @param from its sender's side; null for the system's
 */
export function readersBefore(read: Marks, seq: number, from: Side | null): Side[] {
  return SIDES.filter((side) => (from ?? side) === side && read[side] >= seq - 1);
}

/**
 * Where a read mark comes to lie: system messages at the end of the room are never unread by themselves, also
 * where the mark reaches what is before them only after they came.
 */
export function readThrough({ said, seq: end }: StoredHead, seq: number): number {
  return said !== undefined && seq >= said ? Math.max(seq, end) : seq;
}
