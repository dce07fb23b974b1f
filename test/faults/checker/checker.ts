/** Judges a history: every promise of the contract that a fault could break, each by a rule of its own. */
import type { Entry, History, MemberFinal } from '../history/history.ts';
import type { Finding } from './finding.ts';
import { checkLog } from './log-rules.ts';
import { checkMarks } from './mark-rules.ts';
import { checkPrivacy } from './privacy-rules.ts';
import { checkPresence, type PresenceTerms } from './presence-rules.ts';
import { checkDevices, checkReaders } from './reader-rules.ts';

/** What the judgement depends on besides the history. */
export interface CheckOptions {
  readonly presence?: Partial<PresenceTerms>;
  /** How long after the answer a suspension may take to hold everywhere. */
  readonly suspendedWithinMs?: number;
}

/** One room's part of a history. */
export interface RoomHistory {
  readonly roomId: string;
  readonly history: History;
  readonly entries: readonly Entry[];
  readonly finals: readonly MemberFinal[];
}

/** Everything that is wrong, room by room; nothing for a history as it should be. */
export function checkHistory(history: History, options: CheckOptions = {}): Finding[] {
  const byRoom = roomsOf(history);
  return [
    ...byRoom.flatMap((room) => [
      ...checkLog(room),
      ...checkReaders(room),
      ...checkMarks(room),
      ...checkDevices(room),
    ]),
    ...checkUnreadCounts(history),
    ...checkPresence(history, options.presence),
    ...checkPrivacy(history, options.suspendedWithinMs),
  ];
}

function roomsOf(history: History): RoomHistory[] {
  const entries = Map.groupBy(history.entries, roomOf);
  const finals = Map.groupBy(history.memberFinals, ({ roomId }) => roomId);
  return [...history.rooms.keys()].map((roomId) => ({
    roomId,
    history,
    entries: entries.get(roomId) ?? [],
    finals: finals.get(roomId) ?? [],
  }));
}

function roomOf(entry: Entry): string | null {
  return 'roomId' in entry ? entry.roomId : null;
}

/** The counts over all rooms are the sums of what the rooms say. */
function checkUnreadCounts({ unreadFinals, memberFinals }: History): Finding[] {
  return unreadFinals.flatMap(({ member, rooms, messages }) => {
    const own = memberFinals.filter((final) => final.member === member);
    const expectedRooms = own.filter(({ unread }) => unread > 0).length;
    const expectedMessages = own.reduce((sum, { unread }) => sum + unread, 0);
    if (rooms === expectedRooms && messages === expectedMessages) return [];
    const detail = `counts ${messages} in ${rooms} rooms where the rooms say ${expectedMessages} in ${expectedRooms}`;
    return [{ rule: 'unread' as const, roomId: null, message: null, clients: [member], detail }];
  });
}
