/** Who is there: participants of a room, typing, and telling peers when a member comes or goes. */
import type { Member } from '#protocol/ids.ts';
import { roleOfMember } from '#protocol/ids.ts';
import type { Participant } from '#protocol/room.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import { type Caller, enterRoom, type GetHead, publicName } from './access.ts';
import { fanOut, type FanOutPorts, liveOnes } from './fan-out.ts';
import type { ListPorts } from './lists.ts';
import { byLatest, nameOf, otherSide, type RoomAbout, SIDES, toIso } from './room.ts';
import { knownName, type RecallShop } from './vendor/shop.ts';

/** What peers were told last. Times are ISO 8601. */
export interface StoredPresence {
  readonly online: boolean;
  /** Until when it was said to be online. */
  readonly onlineUntil: string | null;
  /** When the member was last seen to leave; null while it never has. */
  readonly lastSeenAt: string | null;
}

export interface ParticipantPorts {
  readonly rooms: { getHead: GetHead; getAbout: (roomId: string) => Promise<RoomAbout | null> };
  readonly connections: Pick<FanOutPorts['connections'], 'list'>;
  readonly profiles: { getPresence: (member: Member) => Promise<StoredPresence | null> };
  readonly recallShop: RecallShop;
  readonly now: () => number;
}

/** The members of a room with their presence, read from their live connections. @throws ChatError `not_found` */
export async function listParticipants(
  ports: ParticipantPorts,
  caller: Caller,
  { roomId }: { roomId: string },
): Promise<Participant[]> {
  const { head } = await enterRoom(ports.rooms, caller, roomId);
  const [about, shop] = await Promise.all([
    ports.rooms.getAbout(roomId),
    ports.recallShop(head.vendor),
  ]);
  const names = {
    customer: nameOf(head, about, 'customer'),
    vendor: knownName(shop) ?? nameOf(head, about, 'vendor'),
  };
  const participants = SIDES.map(async (side) => ({
    member: head[side],
    name: names[side],
    ...(await presenceOf(ports, head[side])),
    readSeq: head.read[side],
  }));
  return Promise.all(participants);
}

async function presenceOf(ports: ParticipantPorts, member: Member): Promise<StoredPresence> {
  const [rows, told] = await Promise.all([
    ports.connections.list(member, { consistent: false }),
    ports.profiles.getPresence(member),
  ]);
  const nowMs = ports.now();
  const isLeaving = rows.length === 0 && isComingTold(told, toIso(nowMs));
  const onlineUntil = isLeaving ? toIso(nowMs + LEAVING_MS) : latestExpiry(liveOnes(rows, nowMs));
  if (onlineUntil !== null) {
    return { online: true, onlineUntil, lastSeenAt: told?.lastSeenAt ?? null };
  }
  // Rows that have expired and nobody has swept yet, or what was said has ended with the last of them.
  const ended = told?.online === true ? told.onlineUntil : (told?.lastSeenAt ?? null);
  return { online: false, onlineUntil: null, lastSeenAt: latestExpiry(rows) ?? ended };
}

function latestExpiry(rows: readonly { expiresAt: number }[]): string | null {
  return rows.length === 0 ? null : toIso(Math.max(...rows.map((row) => row.expiresAt)) * 1000);
}

/** Tells the other member that the caller types, or has stopped. @throws ChatError `not_found` */
export async function setTyping(
  ports: FanOutPorts & { rooms: { getHead: GetHead } },
  caller: Caller,
  { roomId, typing }: { roomId: string; typing: boolean },
): Promise<void> {
  const { head, member, side } = await enterRoom(ports.rooms, caller, roomId);
  const name = publicName(caller, member);
  const frames: ServerFrame[] = [{ event: 'typing', roomId, member, name, typing }];
  await fanOut(ports, [{ member: head[otherSide(side)], frames }]);
}

export interface SettlePresencePorts extends FanOutPorts {
  readonly rooms: Pick<ListPorts['rooms'], 'listByCustomer' | 'walkByVendor' | 'getHeads'>;
  readonly profiles: {
    getPresence: (member: Member) => Promise<StoredPresence | null>;
    /** @returns false where the stored one is no longer `from` */
    movePresence: (
      member: Member,
      move: { from: StoredPresence | null; to: StoredPresence },
    ) => Promise<boolean>;
  };
}

const OFFLINE_GRACE_MS = 10_000;
/** Gone without anybody having been told: back within the grace nobody will be, so whoever asks now has to ask again after it. */
const LEAVING_MS = 2 * OFFLINE_GRACE_MS;
const MAX_TOLD_ROOMS = 20;
const MAX_CUSTOMER_ROOMS = 1_000;

/**
 * What stream/connections does per member of a batch: compares "any live row" with what peers were told, and
 * tells the peers of the twenty latest rooms on a change. Before it says offline it waits out the grace of
 * 10 s since `removedAtMs` and looks again, so run the members of a batch in parallel.
 * @param command.removedAtMs when the last connection went; undefined where one came
 */
export async function settlePresence(
  ports: SettlePresencePorts,
  command: { member: Member; removedAtMs?: number },
): Promise<'changed' | 'unchanged'> {
  const { member, removedAtMs } = command;
  const told = await ports.profiles.getPresence(member);
  let onlineUntil = await onlineUntilOf(ports, member);
  if (onlineUntil === null) {
    // Came and has gone again: its going is a change of its own, with a grace that others do not wait for.
    if (removedAtMs === undefined || isGoingTold(told, removedAtMs)) return 'unchanged';
    const graceMs = removedAtMs + OFFLINE_GRACE_MS - ports.now();
    if (graceMs > 0) await ports.wait(graceMs);
    onlineUntil = await onlineUntilOf(ports, member);
  }
  if (onlineUntil !== null && isComingTold(told, toIso(ports.now()))) return 'unchanged';
  const to: StoredPresence =
    onlineUntil === null
      ? { online: false, onlineUntil: null, lastSeenAt: toIso(removedAtMs ?? ports.now()) }
      : { online: true, onlineUntil, lastSeenAt: told?.lastSeenAt ?? null };
  // Whoever was faster told it, or the opposite: one looks again.
  const hasMoved = await ports.profiles.movePresence(member, { from: told, to });
  if (!hasMoved) return settlePresence(ports, command);
  await tellPeers(ports, member, to);
  return 'changed';
}

async function onlineUntilOf(ports: SettlePresencePorts, member: Member): Promise<string | null> {
  const rows = await ports.connections.list(member, { consistent: true });
  return latestExpiry(liveOnes(rows, ports.now()));
}

/** Peers show offline by themselves once `onlineUntil` has passed, and then have to be told anew. */
function isComingTold(told: StoredPresence | null, now: string): boolean {
  return told?.online === true && (told.onlineUntil ?? '') > now;
}

/** Who asked while a member was here for a moment, before its coming could be told, is told of its going too. */
function isGoingTold(told: StoredPresence | null, removedAtMs: number): boolean {
  return told?.online === false && (told.lastSeenAt ?? '') >= toIso(removedAtMs);
}

async function tellPeers(
  ports: SettlePresencePorts,
  member: Member,
  presence: StoredPresence,
): Promise<void> {
  const frames: ServerFrame[] = [{ event: 'presence', member, ...presence }];
  const peers = await latestPeers(ports, member);
  await fanOut(
    ports,
    peers.map((peer) => ({ member: peer, frames })),
  );
}

async function latestPeers({ rooms }: SettlePresencePorts, member: Member): Promise<Member[]> {
  const isVendor = roleOfMember(member) === 'vendor';
  const roomIds = isVendor
    ? (await rooms.walkByVendor(member, { limit: MAX_TOLD_ROOMS })).map(({ roomId }) => roomId)
    : await rooms.listByCustomer(member, MAX_CUSTOMER_ROOMS);
  const heads = await rooms.getHeads(roomIds);
  const latest = heads.filter((head) => head.seq > 0).toSorted(byLatest);
  const peers = latest
    .slice(0, MAX_TOLD_ROOMS)
    .map((head) => head[isVendor ? 'customer' : 'vendor']);
  return [...new Set(peers)];
}
