/** A vendor's lanes: the rooms that want its attention, and the closed ones. Their cost is that of what is in them. */
import type { Member } from '#protocol/ids.ts';

import { inParallel } from '../fan-out.ts';
import { isUnread, isWaiting, type Lane, type StoredHead, toIso } from '../room.ts';
import type { ChangeHead, HeadChange } from '../summary.ts';
import type { RankedRoom, Walk } from './cursor.ts';

export interface AttentionPorts {
  readonly rooms: {
    /** Rooms in a vendor's lane, the latest first. */
    walkLane: (vendor: Member, lane: Lane, walk: Walk) => Promise<RankedRoom[]>;
    /** The heads that exist, in no order. */
    getHeads: (roomIds: readonly string[]) => Promise<StoredHead[]>;
    changeHead: ChangeHead;
  };
  readonly now: () => number;
  readonly report: (error: unknown) => void;
}

const MAX_ROOMS = 1_000;
const SETTLED_AFTER_MS = 3_600_000;
const MAX_CLEARED = 100;
const PARALLEL_CLEARS = 25;

/** Some rooms of lanes; `end` is where the next ones start, null where there are none. */
export interface Attention {
  readonly heads: StoredHead[];
  readonly end: RankedRoom | null;
}

/**
 * The latest rooms in some lanes that want attention, at most 1,000, in no order. A lane holds too many, never too
 * few: whoever looks takes out, for good, what has been settled for an hour.
 */
export async function headsWithAttention(
  ports: AttentionPorts,
  vendor: Member,
  { lanes, start }: { lanes: readonly Lane[]; start?: RankedRoom | undefined },
): Promise<Attention> {
  const walk = { limit: MAX_ROOMS, lanes, ...(start === undefined ? {} : { start }) };
  const entries = await walkLanes(ports.rooms, vendor, walk);
  const heads = await ports.rooms.getHeads(entries.map(({ roomId }) => roomId));
  const own = heads.filter((head) => head.vendor === vendor);
  const oldest = toIso(ports.now() - SETTLED_AFTER_MS);
  const settled = own.filter((head) => isSettled(head) && head.lastActivityAt < oldest);
  await inParallel(settled.slice(0, MAX_CLEARED), PARALLEL_CLEARS, (head) => settle(ports, head));
  return { heads: own, end: entries.length < MAX_ROOMS ? null : (entries.at(-1) ?? null) };
}

/** Rooms of several lanes as if they were one, the latest to enter first. */
export async function walkLanes(
  rooms: AttentionPorts['rooms'],
  vendor: Member,
  { lanes, ...walk }: Walk & { lanes: readonly Lane[] },
): Promise<RankedRoom[]> {
  const found = await Promise.all(lanes.map((lane) => rooms.walkLane(vendor, lane, walk)));
  const merged = found.flat().toSorted(byRank);
  // A room that changes its lane meanwhile may be found in both.
  const ids = new Set<string>();
  const once = merged.filter(({ roomId }) => !ids.has(roomId) && ids.add(roomId));
  return once.slice(0, walk.limit);
}

function byRank(a: RankedRoom, b: RankedRoom): number {
  if (a.rank !== b.rank) return a.rank > b.rank ? -1 : 1;
  return a.roomId > b.roomId ? -1 : 1;
}

function isSettled(head: StoredHead): boolean {
  const isInLane = head.lane === 'attention' || head.lane === 'closed-unread';
  return isInLane && !isWaiting(head) && !isUnread(head, 'vendor');
}

async function settle(ports: AttentionPorts, head: StoredHead): Promise<void> {
  try {
    await ports.rooms.changeHead(leaveLane(head));
  } catch (error) {
    ports.report(error);
  }
}

function leaveLane({ roomId, vendor, seq, status, lane, lastActivityAt }: StoredHead): HeadChange {
  const closed = { name: 'closed', at: lastActivityAt } as const;
  return {
    roomId,
    vendor,
    expect: { seq, status, lane: lane ?? null, unmarked: 'vendor' },
    set: { lane: status === 'closed' ? closed : null },
  };
}
