/** Rules of who is told: members only, and nobody who is suspended. */
import type { Member } from '#protocol/ids.ts';

import type { EventEntry, History } from '../history/history.ts';
import type { Finding } from './finding.ts';

/** A suspension holds everywhere after this. */
const SUSPENDED_WITHIN_MS = 60_000;

/** Judges every frame that came in by itself. */
export function checkPrivacy(history: History, suspendedWithinMs = SUSPENDED_WITHIN_MS): Finding[] {
  const suspensions = new Map(
    history.entries
      .filter((entry) => entry.kind === 'suspension')
      .map(({ user, atMs }) => [user, atMs] as const),
  );
  return history.entries.flatMap((entry) => {
    if (entry.kind !== 'event') return [];
    const client = history.clients.get(entry.client);
    const suspendedMs = suspensions.get(client?.user ?? '') ?? Infinity;
    return [
      ...checkMember(history, entry, client?.member),
      ...(entry.atMs > suspendedMs + suspendedWithinMs
        ? [finding('suspended', entry, `got ${entry.event} after the suspension`)]
        : []),
    ];
  });
}

/** A room that the run does not know is nobody's: an event of it is one too many. */
function checkMember(history: History, entry: EventEntry, member: Member | undefined): Finding[] {
  if (entry.roomId === null) return [];
  const members = history.rooms.get(entry.roomId) ?? [];
  if (member !== undefined && members.includes(member)) return [];
  return [finding('privacy', entry, `got ${entry.event} of a room it is not in`)];
}

function finding(rule: 'privacy' | 'suspended', entry: EventEntry, detail: string): Finding {
  const { roomId, message, client } = entry;
  return {
    rule,
    roomId,
    message: message && { seq: message.seq, id: message.id },
    clients: [client],
    detail,
  };
}
