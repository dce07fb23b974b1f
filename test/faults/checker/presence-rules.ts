/** The rule of presence: who is said to be there has, or had within the TTL, a socket; who is said to be away has none. */
import type { Member } from '#protocol/ids.ts';

import type { History, PresenceEntry } from '../history/history.ts';
import type { Finding } from './finding.ts';

/** How late the truth may come. */
export interface PresenceTerms {
  /** How long a member may be said to be online after its last socket: a row's lifetime, or less where `$disconnect` comes. */
  readonly offlineWithinMs: number;
  /** How long after a socket opened a member may still be said to be away. */
  readonly onlineWithinMs: number;
  /** No statement may hold longer than this. */
  readonly maxUntilMs: number;
}

const ROW_LIFETIME_MS = 15 * 60_000;
const DEFAULT_TERMS: PresenceTerms = {
  offlineWithinMs: ROW_LIFETIME_MS,
  onlineWithinMs: 10_000,
  // Expiry is kept in whole seconds, rounded up.
  maxUntilMs: ROW_LIFETIME_MS + 1_000,
};

interface Interval {
  readonly fromMs: number;
  toMs: number;
}

/** Judges every statement by the sockets that were open around it. */
export function checkPresence(history: History, terms: Partial<PresenceTerms> = {}): Finding[] {
  const effective = { ...DEFAULT_TERMS, ...terms };
  const sockets = socketsOf(history);
  return history.entries.flatMap((entry) => {
    if (entry.kind !== 'presence') return [];
    const detail = faultOf(entry, sockets.get(entry.about) ?? [], effective);
    if (detail === null) return [];
    const clients = [entry.client, entry.about];
    return [{ rule: 'presence' as const, roomId: null, message: null, clients, detail }];
  });
}

/** By member, when which of its sockets was open. */
function socketsOf(history: History): Map<Member, Interval[]> {
  const byMember = new Map<Member, Interval[]>();
  const open = new Map<string, Interval[]>();
  for (const entry of history.entries) {
    if (entry.kind !== 'socket') continue;
    const member = history.clients.get(entry.client)?.member;
    if (member === undefined) continue;
    const ofClient = open.get(entry.client) ?? [];
    open.set(entry.client, ofClient);
    if (entry.isOpen) {
      const interval = { fromMs: entry.atMs, toMs: Infinity };
      ofClient.push(interval);
      byMember.set(member, [...(byMember.get(member) ?? []), interval]);
    } else {
      const closing = ofClient.shift();
      if (closing) closing.toMs = entry.atMs;
    }
  }
  return byMember;
}

function faultOf(
  { calledMs, endedMs, online, onlineUntil }: PresenceEntry,
  sockets: readonly Interval[],
  terms: PresenceTerms,
): string | null {
  if (!online) {
    const wasThere = sockets.some(
      ({ fromMs, toMs }) => fromMs + terms.onlineWithinMs <= calledMs && toMs >= endedMs,
    );
    return wasThere ? 'is said to be away while a socket is open' : null;
  }
  if (onlineUntil === null) return 'is said to be online, and not until when';
  const untilMs = Date.parse(onlineUntil);
  if (untilMs > endedMs + terms.maxUntilMs) return `is said to be online until ${onlineUntil}`;
  // A statement that has ended says nothing.
  if (untilMs <= calledMs) return null;
  const wasThere = sockets.some(
    ({ fromMs, toMs }) => fromMs <= endedMs && toMs + terms.offlineWithinMs >= calledMs,
  );
  return wasThere ? null : 'is said to be online, and has had no socket for longer than the TTL';
}
