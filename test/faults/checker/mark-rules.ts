/** Rules of read marks: they only grow, they lie where somebody set them, and `unread` follows from them. */
import type { MemberFinal } from '../history/history.ts';
import type { RoomHistory } from './checker.ts';
import type { Finding, Rule } from './finding.ts';

/** Judges the marks that were shown, and those at the end. */
export function checkMarks(room: RoomHistory): Finding[] {
  return [...checkGrowth(room), ...room.finals.flatMap((final) => checkFinal(room, final))];
}

function checkGrowth({ roomId, entries }: RoomHistory): Finding[] {
  const highest = new Map<string, number>();
  return entries.flatMap((entry) => {
    if (entry.kind !== 'shown') return [];
    return Object.entries(entry.read).flatMap(([member, seq]) => {
      const key = `${entry.client} ${member}`;
      const before = highest.get(key) ?? 0;
      highest.set(key, Math.max(before, seq));
      if (seq >= before) return [];
      const detail = `the mark of ${member} went from ${before} to ${seq}`;
      return [finding('marks', roomId, { clients: [entry.client], detail })];
    });
  });
}

function checkFinal(room: RoomHistory, final: MemberFinal): Finding[] {
  const { roomId, member, unread, seq } = final;
  const read = final.read[member] ?? 0;
  const found: Finding[] = [];
  const add = (rule: Rule, detail: string) =>
    found.push(finding(rule, roomId, { clients: [member], detail }));
  if (unread !== Math.max(0, seq - read)) {
    add('unread', `${unread} are unread of ${seq} where ${read} are read`);
  }
  const [lowest, highest] = boundsOf(room, final);
  if (read < lowest) add('marks', `is at ${read}, and ${lowest} was acknowledged`);
  if (read > highest) add('marks', `is at ${read}, and nobody ever read beyond ${highest}`);
  for (const other of room.finals) {
    const told = other.read[member] ?? 0;
    if (told !== read) add('marks', `is at ${read}, and ${other.member} is told ${told}`);
  }
  return found;
}

/** Between which numbers a member's mark must lie, by what its clients did. */
function boundsOf({ history, entries }: RoomHistory, final: MemberFinal): [number, number] {
  const { member, seq: end, messages } = final;
  const isOwn = (client: string) => history.clients.get(client)?.member === member;
  let [lowest, highest] = [0, 0];
  for (const entry of entries) {
    if (entry.kind !== 'read' || !isOwn(entry.client)) continue;
    const seq = Math.min(entry.seq, end);
    highest = Math.max(highest, seq);
    if (entry.outcome === 'ok') lowest = Math.max(lowest, seq);
  }
  // Sending reads what was there before, too.
  const own = messages.findLast(({ sender }) => sender === member);
  highest = Math.max(highest, own?.seq ?? 0);
  // System messages are never unread by themselves.
  while (messages[highest]?.sender === null) highest += 1;
  return [lowest, highest];
}

function finding(
  rule: Rule,
  roomId: string,
  { clients, detail }: { clients: readonly string[]; detail: string },
): Finding {
  return { rule, roomId, message: null, clients, detail };
}
