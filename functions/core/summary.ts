/** The room's summary: what one conditional write of its head changes after a message or a read mark. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { RoomStatus } from '#protocol/room.ts';

import { sideIn } from './access.ts';
import { lastMessageOf, type StoredMessage } from './message.ts';
import { type Lane, type Marks, SIDES, type Side, type StoredHead, unreadOf } from './room.ts';

/** Marks that are to grow. */
export interface RaisedMarks {
  readonly read?: Partial<Marks>;
  readonly delivered?: Partial<Marks>;
}

/** A message taken from a side's quota: added to what others took at once, so that none is lost. */
export interface Spending {
  readonly side: Side;
  /** How much later the quota is whole again. */
  readonly costMs: number;
  /** Where the quota was whole: now, and expected to be whole still. */
  readonly wholeAtMs?: number;
}

/** A write of a head that happens only if all it expects still holds. */
export interface HeadChange {
  readonly roomId: string;
  readonly vendor: Member;
  /** `null` for a lane: in none. Marks that are raised are expected to be lower, without being named here. */
  readonly expect: {
    readonly seq?: number;
    readonly seqBelow?: number;
    readonly status?: RoomStatus;
    readonly lane?: Lane | null;
  };
  readonly raise?: RaisedMarks;
  readonly spend?: Spending;
  readonly set?: {
    readonly seq?: number;
    readonly lastMessage?: NonNullable<StoredHead['lastMessage']>;
    readonly lastFrom?: Side;
    readonly lastActivityAt?: string;
    readonly status?: RoomStatus;
    /** `null` takes the room out of its lane. */
    readonly lane?: { readonly name: Lane; readonly at: string } | null;
  };
}

/** Changes a head, or answers with the head that did not fit; null where there is none. */
export type ChangeHead = (
  change: HeadChange,
) => Promise<{ changed: true } | { changed: false; head: StoredHead | null }>;

/** What a stored message means for its room. */
export interface Consequences {
  readonly message: StoredMessage;
  /** Whose read mark moves to it: its sender's, unless the sender may have missed something. */
  readonly readBy: Side | null;
  /** The sides of whom a device has it. */
  readonly deliveredTo: readonly Side[];
  /** What it takes from its sender's quota, and when. */
  readonly flood?: { readonly side: Side; readonly costMs: number; readonly nowMs: number };
}

/** What is left to write of a message's consequences, given a head; null where nothing is. */
export function planSummary(head: StoredHead, consequences: Consequences): HeadChange | null {
  const { message, readBy, deliveredTo } = consequences;
  const marks = {
    read: readBy === null ? {} : { [readBy]: message.seq },
    delivered: Object.fromEntries(deliveredTo.map((side) => [side, message.seq])),
  };
  const raise = growing(head, marks);
  const spend = spendingOf(head, consequences);
  // A later message was faster: what it wrote stands, only the marks and the quota are still ours.
  if (head.seq >= message.seq) {
    const isLeft = hasMarks(raise) || spend.spend !== undefined;
    return isLeft ? { ...marksChange(head, raise), ...spend } : null;
  }
  return {
    roomId: head.roomId,
    vendor: head.vendor,
    // What the plan assumes of a head that may lag.
    expect: { seqBelow: message.seq, status: head.status, lane: head.lane ?? null },
    raise,
    ...spend,
    set: summaryOf(head, message),
  };
}

/** What is left to raise of some marks, given a head; null where nothing is. */
export function planMarks(head: StoredHead, marks: RaisedMarks): HeadChange | null {
  const raise = growing(head, marks);
  return hasMarks(raise) ? marksChange(head, raise) : null;
}

function spendingOf(
  { flood: fullAt }: StoredHead,
  { flood }: Consequences,
): Pick<HeadChange, 'spend'> {
  if (flood === undefined) return {};
  const { side, costMs, nowMs } = flood;
  const whole = fullAt[side] <= nowMs ? { wholeAtMs: nowMs } : {};
  return { spend: { side, costMs, ...whole } };
}

function summaryOf(head: StoredHead, message: StoredMessage): NonNullable<HeadChange['set']> {
  const from = message.sender === undefined ? null : sideIn(head, message.sender);
  const lane = laneAfter(head, message, from);
  return {
    seq: message.seq,
    lastMessage: lastMessageOf(head, message),
    lastActivityAt: message.at,
    ...(from === null ? {} : { lastFrom: from, status: 'open' }),
    ...(lane === undefined ? {} : { lane }),
  };
}

type LaneMove = NonNullable<HeadChange['set']>['lane'];

/** Undefined where the room stays where it is: a change of lane costs two index writes. */
function laneAfter(head: StoredHead, message: StoredMessage, from: Side | null): LaneMove {
  if (from === null) return undefined;
  // A summary that skips messages may skip a customer's; the lane may hold too many, never too few.
  const mayOwe = from === 'customer' || head.seq < message.seq - 1;
  const owes = mayOwe || (head.status === 'closed' && unreadOf(head, 'vendor') > 0);
  if (owes) return head.lane === 'attention' ? undefined : { name: 'attention', at: message.at };
  return head.lane === 'closed' ? null : undefined;
}

function growing(head: StoredHead, marks: RaisedMarks): Required<RaisedMarks> {
  return {
    read: higher(head.read, marks.read ?? {}),
    delivered: higher(head.delivered, marks.delivered ?? {}),
  };
}

function higher(current: Marks, wanted: Partial<Marks>): Partial<Marks> {
  const result: Partial<Marks> = {};
  for (const side of SIDES) {
    const seq = wanted[side];
    if (seq !== undefined && seq > current[side]) result[side] = seq;
  }
  return result;
}

function hasMarks({ read, delivered }: Required<RaisedMarks>): boolean {
  return Object.keys(read).length + Object.keys(delivered).length > 0;
}

function marksChange(head: StoredHead, raise: RaisedMarks): HeadChange {
  return { roomId: head.roomId, vendor: head.vendor, expect: {}, raise };
}

/** The head after a change, as the database will have it. */
export function applyChange(head: StoredHead, change: HeadChange): StoredHead {
  const { lane, ...set } = change.set ?? {};
  const { lane: laneBefore, ...rest } = head;
  const laneNow = lane === undefined ? laneBefore : lane?.name;
  return {
    ...rest,
    ...set,
    read: { ...head.read, ...change.raise?.read },
    delivered: { ...head.delivered, ...change.raise?.delivered },
    flood: spent(head.flood, change.spend),
    ...(laneNow === undefined ? {} : { lane: laneNow }),
  };
}

function spent(flood: Marks, spend: Spending | undefined): Marks {
  if (spend === undefined) return flood;
  const { side, costMs, wholeAtMs = flood[side] } = spend;
  return { ...flood, [side]: wholeAtMs + costMs };
}

/** Each refusal teaches what the head is now, so a few rounds are many. */
const MAX_ROUNDS = 8;

/**
 * Changes a head as planned from what it is, planning anew from what a refusal shows.
 * @returns the head as it is known then, and whether this call changed it
 * @throws ChatError `unavailable` where others kept being faster
 */
export async function changeAsPlanned(
  rooms: { changeHead: ChangeHead },
  start: StoredHead,
  plan: (head: StoredHead) => HeadChange | null,
): Promise<{ head: StoredHead; changed: boolean }> {
  let head = start;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const change = plan(head);
    if (change === null) return { head, changed: false };
    const outcome = await rooms.changeHead(change);
    if (outcome.changed) return { head: applyChange(head, change), changed: true };
    if (outcome.head === null) return { head, changed: false };
    head = outcome.head;
  }
  throw new ChatError('unavailable');
}
