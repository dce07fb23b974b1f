/** The caller's rooms by filter, the latest activity first, and what is unread in them. */
import { ChatError } from '#protocol/errors.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import { type Member, roleOfMember } from '#protocol/ids.ts';
import type { Room } from '#protocol/room.ts';

import { type Caller, requireMember } from './access.ts';
import { inParallel } from './fan-out.ts';
import {
  byLatest,
  isWaiting,
  type Lane,
  renderRoom,
  type RoomAbout,
  type Side,
  type StoredHead,
  toIso,
  unreadOf,
} from './room.ts';
import type { ChangeHead } from './summary.ts';

/** An entry of an index: `rank` is the hour of the last activity, or the time a room entered its lane. */
export interface RankedRoom {
  readonly roomId: string;
  readonly rank: string;
}

/** A walk down an index from the highest rank, or from behind `start`. */
export interface Walk {
  readonly start?: RankedRoom;
  readonly limit: number;
}

export interface ListPorts {
  readonly rooms: {
    /** Room ids of a customer, in no order, at most `limit`. */
    listByCustomer: (customer: Member, limit: number) => Promise<string[]>;
    /** Rooms of a vendor by descending hour of their last activity. */
    walkByVendor: (vendor: Member, walk: Walk) => Promise<RankedRoom[]>;
    /** Rooms in a vendor's lane, the latest first. */
    walkLane: (vendor: Member, lane: Lane, walk: Walk) => Promise<RankedRoom[]>;
    /** The heads that exist, in no order. */
    getHeads: (roomIds: readonly string[]) => Promise<StoredHead[]>;
    getAbouts: (roomIds: readonly string[]) => Promise<RoomAbout[]>;
    changeHead: ChangeHead;
  };
  readonly now: () => number;
  readonly report: (error: unknown) => void;
}

export interface ListCommand {
  readonly filter: RoomFilter;
  readonly limit: number;
  readonly cursor?: string;
}

export interface RoomPage {
  readonly items: Room[];
  /** Opaque; null at the end. */
  readonly next: string | null;
}

interface HeadPage {
  heads: StoredHead[];
  next: Position | null;
}

const MAX_ROOMS = 1_000;

/** @throws ChatError `forbidden` for admins, `invalid` for a cursor that is not of this list */
export async function listRooms(
  ports: ListPorts,
  caller: Caller,
  command: ListCommand,
): Promise<RoomPage> {
  const member = requireMember(caller);
  const side = roleOfMember(member);
  const list = `${side}-${command.filter}`;
  const position = command.cursor === undefined ? {} : readCursor(command.cursor, list);
  const page = await pageOf(ports, { member, side, ...command, position });
  const abouts = await ports.rooms.getAbouts(page.heads.map((head) => head.roomId));
  const byId = new Map(abouts.map((about) => [about.roomId, about]));
  return {
    items: page.heads.map((head) => renderRoom(head, byId.get(head.roomId) ?? null, side)),
    next: page.next === null ? null : writeCursor(list, page.next),
  };
}

/** How many rooms hold something unread for the caller's side, and how many messages. @throws ChatError `forbidden` for admins */
export async function countUnread(
  ports: ListPorts,
  caller: Caller,
): Promise<{ rooms: number; messages: number }> {
  const member = requireMember(caller);
  const side = roleOfMember(member);
  const heads = await (side === 'customer'
    ? headsOfCustomer(ports, member)
    : headsWithAttention(ports, member));
  const counts = heads.map((head) => unreadOf(head, side)).filter((count) => count > 0);
  return { rooms: counts.length, messages: counts.reduce((sum, count) => sum + count, 0) };
}

interface PageQuery {
  member: Member;
  side: Side;
  filter: RoomFilter;
  limit: number;
  position: Position;
}

async function pageOf(ports: ListPorts, query: PageQuery): Promise<HeadPage> {
  const { member, side, filter } = query;
  if (side === 'customer') return cutPage(await headsOfCustomer(ports, member), query);
  if (filter === 'all') return pageByVendor(ports, query);
  if (filter === 'closed') return pageOfClosed(ports, query);
  return cutPage(await headsWithAttention(ports, member), query);
}

async function headsOfCustomer({ rooms }: ListPorts, member: Member): Promise<StoredHead[]> {
  const heads = await rooms.getHeads(await rooms.listByCustomer(member, MAX_ROOMS));
  return heads.filter((head) => head.customer === member);
}

function matches(head: StoredHead, { filter, side }: PageQuery): boolean {
  if (filter === 'unread') return unreadOf(head, side) > 0;
  if (filter === 'waiting') return isWaiting(head);
  return filter === 'all' || head.status === 'closed';
}

/** A page of rooms that are all at hand. */
function cutPage(heads: StoredHead[], query: PageQuery): HeadPage {
  const { after } = query.position;
  const rest = heads
    .filter((head) => matches(head, query) && (after === undefined || isBelow(head, after)))
    .toSorted(byLatest);
  const page = rest.slice(0, query.limit);
  const last = page.at(-1);
  const hasMore = rest.length > page.length && last !== undefined;
  return { heads: page, next: hasMore ? { after: placeOf(last) } : null };
}

const SETTLED_AFTER_MS = 3_600_000;
const MAX_CLEARED = 25;

/** The attention lane holds too many, never too few: whoever looks clears what has long been settled. */
async function headsWithAttention(ports: ListPorts, vendor: Member): Promise<StoredHead[]> {
  const lane = await ports.rooms.walkLane(vendor, 'attention', { limit: MAX_ROOMS });
  const heads = await ports.rooms.getHeads(lane.map(({ roomId }) => roomId));
  const own = heads.filter((head) => head.vendor === vendor);
  const oldest = toIso(ports.now() - SETTLED_AFTER_MS);
  const settled = own.filter((head) => isSettled(head) && head.lastActivityAt < oldest);
  await inParallel(settled.slice(0, MAX_CLEARED), MAX_CLEARED, (head) => leaveLane(ports, head));
  return own;
}

function isSettled(head: StoredHead): boolean {
  return head.lane === 'attention' && !isWaiting(head) && unreadOf(head, 'vendor') === 0;
}

async function leaveLane(ports: ListPorts, head: StoredHead): Promise<void> {
  try {
    const { roomId, vendor, seq, status } = head;
    const expect = { seq, status, lane: 'attention' } as const;
    await ports.rooms.changeHead({ roomId, vendor, expect, set: { lane: null } });
  } catch (error) {
    ports.report(error);
  }
}

/** Closed rooms in the order of their closing, which is their last activity. */
async function pageOfClosed(
  { rooms }: ListPorts,
  { member, limit, position }: PageQuery,
): Promise<HeadPage> {
  const { start } = position;
  const walk = { limit: limit + 1, ...(start === undefined ? {} : { start }) };
  const entries = await rooms.walkLane(member, 'closed', walk);
  const page = entries.slice(0, limit);
  const heads = await rooms.getHeads(page.map(({ roomId }) => roomId));
  const closed = heads.filter((head) => head.vendor === member && head.status === 'closed');
  const last = page.at(-1);
  const hasMore = entries.length > limit && last !== undefined;
  return { heads: closed.toSorted(byLatest), next: hasMore ? { start: last } : null };
}

/**
 * Walks the hours downward, a chunk of whole hours at a time: rooms move up only, so a page never repeats
 * one, and a room that moved meanwhile arrives by event.
 */
async function pageByVendor(ports: ListPorts, query: PageQuery): Promise<HeadPage> {
  const found: StoredHead[] = [];
  let position: Position | null = query.position;
  while (position !== null && found.length < query.limit) {
    const chunk = await readChunk(ports, query, position.start);
    const heads = await ports.rooms.getHeads(chunk.entries.map(({ roomId }) => roomId));
    const own = heads.filter((head) => head.vendor === query.member);
    const page = cutPage(own, { ...query, limit: query.limit - found.length, position });
    found.push(...page.heads);
    const { start }: Position = position;
    position =
      page.next === null ? behindChunk(chunk, position) : { ...(start && { start }), ...page.next };
  }
  return { heads: found, next: position };
}

/** A chunk of later hours than the last room shown does not reach it: the rooms above it have been shown. */
function behindChunk({ end }: Chunk, { after }: Position): Position | null {
  if (end === null) return null;
  // As text, an hour is above the times of earlier hours and below those of its own.
  return after !== undefined && end.rank > after.at ? { start: end, after } : { start: end };
}

/** Rooms of one hour that are sorted exactly; further ones come in the index's own order. */
const MAX_SORTED = 500;

interface Chunk {
  entries: RankedRoom[];
  /** Where the next chunk starts; null at the end of the index. */
  end: RankedRoom | null;
}

/** As many whole hours as about a page needs; of an hour with very many rooms its first 500. */
async function readChunk(
  { rooms }: ListPorts,
  { member, limit }: PageQuery,
  start: RankedRoom | undefined,
): Promise<Chunk> {
  for (const size of [limit + 1, MAX_SORTED + 1]) {
    const walk = { limit: size, ...(start === undefined ? {} : { start }) };
    const entries = await rooms.walkByVendor(member, walk);
    if (entries.length < size) return { entries, end: null };
    const whole = entries.filter(({ rank }) => rank !== entries.at(-1)?.rank);
    const end = whole.at(-1) ?? null;
    if (end !== null) return { entries: whole, end };
    if (size > MAX_SORTED) return { entries: entries.slice(0, -1), end: entries.at(-2) ?? null };
  }
  throw new Error('Unreachable: the last size returns.');
}

/** Where a room stands in a list. */
interface Place {
  at: string;
  roomId: string;
}

/** Where a page starts: behind an entry of the index, and of what is sorted there behind a room. */
interface Position {
  start?: RankedRoom;
  after?: Place;
}

function placeOf({ lastActivityAt, roomId }: StoredHead): Place {
  return { at: lastActivityAt, roomId };
}

function isBelow(head: StoredHead, { at, roomId }: Place): boolean {
  return byLatest({ lastActivityAt: at, roomId }, head) < 0;
}

function writeCursor(list: string, { start, after }: Position): string {
  const fields = [list, start?.rank, start?.roomId, after?.at, after?.roomId];
  return Buffer.from(JSON.stringify(fields.map((field) => field ?? ''))).toString('base64url');
}

const ROOM_ID = /^d-[\w-]{43}$/u;
const RANK = /^\d{4}-\d\d-\d\dT\d\d(:\d\d:\d\d\.\d{3}Z)?$/u;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

/** Only what `writeCursor` can have written for the same list passes. */
function readCursor(cursor: string, list: string): Position {
  const [name, rank, startId, at, afterId, ...rest] = decodeFields(cursor);
  const start = pair(rank, startId, RANK);
  const after = pair(at, afterId, TIME);
  if (name !== list || rest.length > 0 || start === 'bad' || after === 'bad') throw badCursor();
  const position: Position = {
    ...(start === null ? {} : { start: { rank: start[0], roomId: start[1] } }),
    ...(after === null ? {} : { after: { at: after[0], roomId: after[1] } }),
  };
  if (writeCursor(list, position) !== cursor || (start ?? after) === null) throw badCursor();
  return position;
}

function pair(
  first: unknown,
  second: unknown,
  pattern: RegExp,
): readonly [string, string] | null | 'bad' {
  if (typeof first !== 'string' || typeof second !== 'string') return 'bad';
  if (first === '' && second === '') return null;
  return pattern.test(first) && ROOM_ID.test(second) ? [first, second] : 'bad';
}

function decodeFields(cursor: string): unknown[] {
  try {
    const fields: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(fields) ? fields : [];
  } catch (error) {
    throw badCursor(error);
  }
}

function badCursor(cause?: unknown): ChatError {
  const errors = [{ path: 'cursor', message: 'is not a cursor of this list' }];
  return new ChatError('invalid', { errors }, { cause });
}
