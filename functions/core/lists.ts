/** The caller's rooms by filter, the latest activity first, and what is unread in them. */
import type { RoomFilter } from '#protocol/http-routes.ts';
import { type Member, roleOfMember } from '#protocol/ids.ts';
import type { Room } from '#protocol/room.ts';

import { type Caller, requireMember } from './access.ts';
import { type AttentionPorts, headsWithAttention, walkLanes } from './lists/attention.ts';
import {
  isBelow,
  placeOf,
  type Position,
  type RankedRoom,
  readCursor,
  type Walk,
  writeCursor,
} from './lists/cursor.ts';
import {
  byLatest,
  hasMine,
  isUnread,
  isWaiting,
  type Lane,
  renderRoom,
  type RoomAbout,
  type Side,
  type StoredHead,
  type StoredMine,
  unreadOf,
} from './room.ts';

export interface ListPorts extends AttentionPorts {
  readonly rooms: AttentionPorts['rooms'] & {
    /** Room ids of a customer, in no order, at most `limit`. */
    listByCustomer: (customer: Member, limit: number) => Promise<string[]>;
    /** Rooms of a vendor by descending hour of their last activity. */
    walkByVendor: (vendor: Member, walk: Walk) => Promise<RankedRoom[]>;
    getAbouts: (roomIds: readonly string[]) => Promise<RoomAbout[]>;
    /** What a member keeps to itself in some rooms, by room. */
    getMines: (
      member: Member,
      roomIds: readonly string[],
    ) => Promise<ReadonlyMap<string, StoredMine>>;
  };
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

/** Where a vendor's rooms of a filter are found; each lane holds some besides. */
const WAITING_LANES: readonly Lane[] = ['attention'];
const UNREAD_LANES: readonly Lane[] = ['attention', 'closed-unread'];
const CLOSED_LANES: readonly Lane[] = ['closed', 'closed-unread'];

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
  const kept = page.heads.filter((head) => hasMine(head, side));
  const [abouts, mines] = await Promise.all([
    ports.rooms.getAbouts(page.heads.map(({ roomId }) => roomId)),
    ports.rooms.getMines(
      member,
      kept.map(({ roomId }) => roomId),
    ),
  ]);
  const byId = new Map(abouts.map((about) => [about.roomId, about]));
  const itemsOf = ({ roomId }: StoredHead) => ({
    about: byId.get(roomId) ?? null,
    mine: mines.get(roomId) ?? null,
  });
  return {
    items: page.heads.map((head) => renderRoom(head, itemsOf(head), side)),
    next: page.next === null ? null : writeCursor(list, page.next),
  };
}

/** What is unread for the caller's side. */
export interface UnreadCounts {
  /** Rooms with something unread, or marked so. */
  readonly rooms: number;
  readonly messages: number;
  /** Rooms in which the vendor owes an answer; for vendors only. */
  readonly waiting?: number;
}

/**
 * Counts what is unread for the caller's side: for a vendor among the latest 1,000 rooms to want its attention,
 * whatever number exists; for a customer among its rooms.
 * @throws ChatError `forbidden` for admins
 */
export async function countUnread(ports: ListPorts, caller: Caller): Promise<UnreadCounts> {
  const member = requireMember(caller);
  const side = roleOfMember(member);
  const heads =
    side === 'customer'
      ? await headsOfCustomer(ports, member)
      : (await headsWithAttention(ports, member, { lanes: UNREAD_LANES })).heads;
  const counts = {
    rooms: heads.filter((head) => isUnread(head, side)).length,
    messages: heads.reduce((sum, head) => sum + unreadOf(head, side), 0),
  };
  if (side === 'customer') return counts;
  return { ...counts, waiting: heads.filter(isWaiting).length };
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
  return pageWithAttention(ports, query);
}

async function headsOfCustomer({ rooms }: ListPorts, member: Member): Promise<StoredHead[]> {
  const heads = await rooms.getHeads(await rooms.listByCustomer(member, MAX_ROOMS));
  return heads.filter((head) => head.customer === member);
}

function matches(head: StoredHead, { filter, side }: PageQuery): boolean {
  if (filter === 'unread') return isUnread(head, side);
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

/** Where thousands are answered but not settled yet, a page may end early, even empty: there is more behind `next`. */
const MAX_CHUNKS = 3;

/** Rooms that wait or are unread, a chunk at a time: within 1,000 in exact order, beyond by when they entered their lane. */
async function pageWithAttention(ports: ListPorts, query: PageQuery): Promise<HeadPage> {
  const lanes = query.filter === 'waiting' ? WAITING_LANES : UNREAD_LANES;
  const found: StoredHead[] = [];
  let position: Position | null = query.position;
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk += 1) {
    if (position === null || found.length === query.limit) break;
    const { start }: Position = position;
    const { heads, end } = await headsWithAttention(ports, query.member, { lanes, start });
    const page = cutPage(heads, { ...query, limit: query.limit - found.length, position });
    found.push(...page.heads);
    if (page.next === null) position = end === null ? null : { start: end };
    else position = { ...(start && { start }), ...page.next };
  }
  return { heads: found, next: position };
}

/** Closed rooms in the order of their closing, which is their last activity; with those that are unread still. */
async function pageOfClosed(
  { rooms }: ListPorts,
  { member, limit, position }: PageQuery,
): Promise<HeadPage> {
  const { start } = position;
  const walk = { limit: limit + 1, ...(start === undefined ? {} : { start }) };
  const entries = await walkLanes(rooms, member, { ...walk, lanes: CLOSED_LANES });
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
    // The hour in which the page ends is the last one whose heads are needed.
    const lastHour = whole[limit - 1]?.rank ?? whole.at(-1)?.rank ?? '';
    const needed = whole.filter(({ rank }) => rank >= lastHour);
    const end = needed.at(-1) ?? null;
    if (end !== null) return { entries: needed, end };
    if (size > MAX_SORTED) return { entries: entries.slice(0, -1), end: entries.at(-2) ?? null };
  }
  throw new Error('Unreachable: the last size returns.');
}
