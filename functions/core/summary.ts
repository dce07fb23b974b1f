/** The room's summary: what one conditional write of its head changes after a message or a read mark. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { RoomStatus } from '#protocol/room.ts';

import { sideIn } from './access.ts';
import { lastMessageOf, type StoredMessage } from './message.ts';
import {
  type Exchange,
  isMarked,
  isUnread,
  isWaiting,
  type Lane,
  MARKED_BY,
  type Marks,
  MINE_OF,
  type Side,
  SIDES,
  type StoredHead,
} from './room.ts';
import { isLastWord, readersBefore, readThrough, statusBy } from './system/effects.ts';
import { exchangeAfter } from './vendor/exchange.ts';

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
  /**
   * `null` for a lane: in none. Without being named here, marks that are raised are expected to be lower, and read
   * marks not to reach only what system messages follow (see `readThrough`).
   */
  readonly expect: {
    readonly seq?: number;
    readonly seqBelow?: number;
    readonly status?: RoomStatus;
    readonly lane?: Lane | null;
    readonly changes?: number;
    /** Read marks that are still the same. */
    readonly read?: Partial<Marks>;
    /** The side that has not marked the room. */
    readonly unmarked?: Side;
  };
  readonly raise?: RaisedMarks;
  /** Sides that mark the room unread (true), or no longer do. */
  readonly mark?: Partial<Record<Side, boolean>>;
  /** The side that begins to keep something to itself. */
  readonly keep?: Side;
  readonly spend?: Spending;
  readonly set?: {
    readonly seq?: number;
    readonly changes?: number;
    readonly lastChange?: NonNullable<StoredHead['lastChange']>;
    readonly lastMessage?: NonNullable<StoredHead['lastMessage']>;
    readonly lastFrom?: Side;
    readonly said?: number;
    readonly exchange?: Exchange;
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
  /** What lies between the summary that was read first and the message, where that is known. */
  readonly between?: readonly StoredMessage[];
  /** Whose read mark moves to it: its sender's, unless the sender may have missed something. One that lies right before it moves anyway. */
  readonly readBy: Side | null;
  /** The sides of whom a device has it. */
  readonly deliveredTo: readonly Side[];
  /** What it takes from its sender's quota, and when. */
  readonly flood?: { readonly side: Side; readonly costMs: number; readonly nowMs: number };
}

/** What is left to write of a message's consequences, given a head; null where nothing is. */
export function planSummary(head: StoredHead, consequences: Consequences): HeadChange | null {
  const { message, readBy, deliveredTo } = consequences;
  const isLate = head.seq >= message.seq;
  const sender = senderIn(head, message);
  const after = follow(head, isLate ? [message] : unsummed(head, consequences));
  if (readBy !== null) after.read[readBy] = Math.max(after.read[readBy], message.seq);
  const delivered = Object.fromEntries(deliveredTo.map((side) => [side, message.seq]));
  const raise = growing(head, { read: after.read, delivered });
  const mark = sender === null || raise.read[sender] === undefined ? {} : unmark([sender]);
  const spend = spendingOf(head, consequences);
  // A later message was faster: what it wrote stands, only the marks and the quota are still ours.
  if (isLate) {
    const isLeft = hasMarks(raise) || spend.spend !== undefined;
    return isLeft ? { ...marksChange(head, raise), ...mark, ...spend } : null;
  }
  const readers = after.hasSystem || sender === null ? SIDES : [sender];
  return {
    roomId: head.roomId,
    vendor: head.vendor,
    // What the plan assumes of a head that may lag.
    expect: {
      seqBelow: message.seq,
      status: head.status,
      lane: head.lane ?? null,
      ...unmoved(head, readers, raise.read),
    },
    raise,
    ...mark,
    ...spend,
    set: summaryOf(head, after, consequences),
  };
}

/** What is left to raise of some marks, given a head; null where nothing is. A read mark unmarks its side. */
export function planMarks(head: StoredHead, marks: RaisedMarks): HeadChange | null {
  const raise = growing(head, marks);
  const readers = SIDES.filter((side) => marks.read?.[side] !== undefined);
  const unmarked = readers.filter((side) => raise.read[side] !== undefined || isMarked(head, side));
  if (!hasMarks(raise) && unmarked.length === 0) return null;
  return { ...marksChange(head, raise), ...unmark(unmarked) };
}

function unmark(sides: readonly Side[]): Pick<HeadChange, 'mark'> {
  if (sides.length === 0) return {};
  return { mark: Object.fromEntries(sides.map((side) => [side, false])) };
}

/** The room as some messages leave it, as far as they alone decide. */
interface Aftermath extends Pick<StoredHead, 'status' | 'lastFrom' | 'exchange'> {
  said: number;
  read: Marks;
  hasSystem: boolean;
  /** A customer's message is among them, or may be where they are not all known. */
  mayAsk: boolean;
}

function unsummed(head: StoredHead, { between = [], message }: Consequences): StoredMessage[] {
  return [...between.filter(({ seq }) => seq > head.seq && seq < message.seq), message];
}

function follow(head: StoredHead, messages: readonly StoredMessage[]): Aftermath {
  const { status, lastFrom, seq, said = seq } = head;
  const newest = messages.at(-1)?.seq ?? seq;
  let { lastActivityAt } = head;
  const after: Aftermath = {
    status,
    ...(lastFrom === undefined ? {} : { lastFrom }),
    said,
    read: { ...head.read },
    hasSystem: false,
    mayAsk: seq + messages.length < newest,
  };
  for (const message of messages) {
    const exchange = exchangeAfter({ ...head, ...after, lastActivityAt }, message);
    if (exchange !== undefined) after.exchange = exchange;
    lastActivityAt = message.at;
    after.status = statusBy(message) ?? after.status;
    const from = senderIn(head, message);
    for (const side of readersBefore(after.read, message.seq, from)) {
      after.read[side] = Math.max(after.read[side], message.seq);
    }
    if (from === null) after.hasSystem = true;
    else {
      after.lastFrom = from;
      after.said = message.seq;
      after.mayAsk ||= from === 'customer';
    }
  }
  return after;
}

function senderIn(head: StoredHead, { sender }: StoredMessage): Side | null {
  return sender === undefined ? null : sideIn(head, sender);
}

/** Marks that would be raised too if they lay higher by now. */
function unmoved(
  { read }: StoredHead,
  readers: readonly Side[],
  raised: Partial<Marks>,
): Pick<HeadChange['expect'], 'read'> {
  const sides = readers.filter((side) => raised[side] === undefined);
  if (sides.length === 0) return {};
  return { read: Object.fromEntries(sides.map((side) => [side, read[side]])) };
}

/** How a message, or a change of one, is written to its sender's quota. */
export function spendingOf(
  { flood: fullAt }: StoredHead,
  { flood }: Pick<Consequences, 'flood'>,
): Pick<HeadChange, 'spend'> {
  if (flood === undefined) return {};
  const { side, costMs, nowMs } = flood;
  const whole = fullAt[side] <= nowMs ? { wholeAtMs: nowMs } : {};
  return { spend: { side, costMs, ...whole } };
}

function summaryOf(
  head: StoredHead,
  after: Aftermath,
  consequences: Consequences,
): NonNullable<HeadChange['set']> {
  const { message } = consequences;
  const { status, lastFrom, said, exchange = head.exchange } = after;
  const word = unsummed(head, consequences).findLast(isLastWord);
  const lane = laneAfter(head, after, message);
  return {
    seq: message.seq,
    ...(word === undefined ? {} : { lastMessage: lastMessageOf(head, word) }),
    lastActivityAt: message.at,
    said,
    ...(lastFrom === undefined ? {} : { lastFrom }),
    status,
    ...(exchange === undefined || exchange === head.exchange ? {} : { exchange }),
    ...(lane === undefined ? {} : { lane }),
  };
}

type LaneMove = NonNullable<HeadChange['set']>['lane'];

/** Undefined where the room stays where it is: a change of lane costs two index writes. */
function laneAfter(head: StoredHead, after: Aftermath, { seq, at }: StoredMessage): LaneMove {
  const { mayAsk, hasSystem: _has, ...changed } = after;
  const room = { ...head, ...changed, seq };
  if (room.status === 'closed') return laneMove(head, laneOfClosed(room), at);
  // A summary that skips messages may skip a customer's; the lane may hold too many, never too few.
  const wasClosed = head.status === 'closed';
  const owes = mayAsk || (wasClosed && (isWaiting(room) || isUnread(head, 'vendor')));
  if (owes) return laneMove(head, 'attention', at);
  return wasClosed ? laneMove(head, null, at) : undefined;
}

/** The lane of a closed room. */
export function laneOfClosed(head: StoredHead): Lane {
  return isUnread(head, 'vendor') ? 'closed-unread' : 'closed';
}

function laneMove(head: StoredHead, name: Lane | null, at: string): LaneMove {
  if ((head.lane ?? null) === name) return undefined;
  return name === null ? null : { name, at };
}

function growing(head: StoredHead, marks: RaisedMarks): Required<RaisedMarks> {
  return {
    read: higher(head.read, throughSystem(head, marks.read ?? {})),
    delivered: higher(head.delivered, marks.delivered ?? {}),
  };
}

function throughSystem(head: StoredHead, read: Partial<Marks>): Partial<Marks> {
  return Object.fromEntries(
    Object.entries(read).map(([side, seq]) => [side, readThrough(head, seq)]),
  );
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
  const after: StoredHead = {
    ...head,
    ...set,
    read: { ...head.read, ...change.raise?.read },
    delivered: { ...head.delivered, ...change.raise?.delivered },
    flood: spent(head.flood, change.spend),
  };
  if (lane === null) delete after.lane;
  else if (lane !== undefined) after.lane = lane.name;
  if (change.keep !== undefined) after[MINE_OF[change.keep]] = true;
  for (const side of SIDES) {
    const isMarkedNow = change.mark?.[side];
    if (isMarkedNow === true) after[MARKED_BY[side]] = true;
    else if (isMarkedNow === false) delete after[MARKED_BY[side]];
  }
  return after;
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
