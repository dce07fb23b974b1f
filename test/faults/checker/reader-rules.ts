/** Rules of readers: nobody goes backwards, pages have no holes, and devices end up with what is in the log. */
import type { FetchEntry, Seen } from '../history/history.ts';
import type { RoomHistory } from './checker.ts';
import type { Finding } from './finding.ts';

/** Judges every page that was read, and what applications showed. */
export function checkReaders(room: RoomHistory): Finding[] {
  return [...checkFresh(room), ...checkPages(room), ...checkShown(room)];
}

/** A page read after anybody knew of a message has it, or says that there is more. */
function checkFresh({ roomId, entries }: RoomHistory): Finding[] {
  const known = knownBy(entries);
  const fetches = entries
    .filter((entry) => entry.kind === 'fetch')
    .filter(({ outcome, before }) => outcome === 'ok' && before === null)
    .toSorted((a, b) => a.calledMs - b.calledMs);
  const findings: Finding[] = [];
  let [next, seq] = [0, 0];
  for (const fetch of fetches) {
    for (; (known[next]?.atMs ?? Infinity) < fetch.calledMs; next += 1) {
      seq = Math.max(seq, known[next]?.seq ?? 0);
    }
    const reached = fetch.messages.at(-1)?.seq ?? fetch.after ?? 0;
    const isForwards = fetch.after !== null;
    if (reached >= seq || (isForwards && fetch.hasMore)) continue;
    const detail = `a page ends at ${reached}, and ${seq} was known before it was asked for`;
    findings.push(finding(roomId, fetch, detail));
  }
  return findings;
}

/** When which number was known to somebody, in time's order. */
function knownBy(entries: RoomHistory['entries']): { atMs: number; seq: number }[] {
  const known = entries.flatMap((entry) => {
    if (entry.kind === 'send') return [{ atMs: entry.endedMs, seq: entry.seq ?? 0 }];
    if (entry.kind === 'fetch') {
      return [{ atMs: entry.endedMs, seq: entry.messages.at(-1)?.seq ?? 0 }];
    }
    if (entry.kind === 'event') return [{ atMs: entry.atMs, seq: entry.message?.seq ?? 0 }];
    return [];
  });
  return known.toSorted((a, b) => a.atMs - b.atMs);
}

/** A page is ascending without a hole, and begins or ends where it was asked to. */
function checkPages({ roomId, entries }: RoomHistory): Finding[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'fetch' || entry.outcome !== 'ok') return [];
    const detail = faultOf(entry);
    return detail === null ? [] : [finding(roomId, entry, detail)];
  });
}

function faultOf({ messages, after, before }: FetchEntry): string | null {
  const hole = holeIn(messages);
  if (hole !== null) return hole;
  const [first, last] = [messages[0], messages.at(-1)];
  if (after !== null && first !== undefined && first.seq !== after + 1) {
    return `a page after ${after} begins with ${first.seq}`;
  }
  // A page before a number that is not there yet ends with the newest.
  if (before !== null && last !== undefined && last.seq >= before) {
    return `a page before ${before} ends with ${last.seq}`;
  }
  return null;
}

function holeIn(messages: readonly Seen[]): string | null {
  const at = messages.findIndex(
    ({ seq }, index) => index > 0 && seq !== (messages[index - 1]?.seq ?? 0) + 1,
  );
  return at === -1 ? null : `${messages[at]?.seq} follows ${messages[at - 1]?.seq}`;
}

/** What an application shows only grows. */
function checkShown({ roomId, entries }: RoomHistory): Finding[] {
  const last = new Map<string, number>();
  const findings: Finding[] = [];
  for (const entry of entries) {
    if (entry.kind !== 'shown') continue;
    const before = last.get(entry.client) ?? 0;
    if (entry.lastSeq < before) {
      const detail = `${entry.lastSeq} was shown after ${before}`;
      findings.push(finding(roomId, entry, detail));
    }
    last.set(entry.client, Math.max(before, entry.lastSeq));
  }
  return findings;
}

/** What each client shows at the end is the end of the log, and its own messages are in it. */
export function checkDevices({ roomId, history, finals }: RoomHistory): Finding[] {
  const devices = history.deviceFinals.filter((final) => final.roomId === roomId);
  return devices.flatMap((device) => {
    const member = history.clients.get(device.client)?.member;
    const final = finals.find((one) => one.member === member);
    if (final === undefined) return [];
    const faults = [
      differenceOf(device.messages, final.messages),
      device.unsent > 0 ? `${device.unsent} messages of its own are not stored` : null,
      device.unread === final.unread
        ? null
        : `shows ${device.unread} unread where the room says ${final.unread}`,
    ];
    return faults.flatMap((detail) =>
      detail === null
        ? []
        : [{ rule: 'converged', roomId, message: null, clients: [device.client], detail } as const],
    );
  });
}

function differenceOf(shown: readonly Seen[], log: readonly Seen[]): string | null {
  if (shown.length === 0)
    return log.length === 0 ? null : `shows nothing of ${log.length} messages`;
  const end = log.slice(-shown.length);
  if (shown.length > log.length) return `shows ${shown.length} of ${log.length} messages`;
  const at = shown.findIndex((message, index) => !isAsStored(message, end[index]));
  if (at === -1) return null;
  const [is, should] = [shown[at], end[at]];
  return `shows ${JSON.stringify(is)} where ${JSON.stringify(should)} is stored`;
}

function isAsStored(shown: Seen, stored: Seen | undefined): boolean {
  return (
    stored !== undefined &&
    shown.seq === stored.seq &&
    shown.id === stored.id &&
    shown.sender === stored.sender &&
    shown.text === stored.text &&
    shown.version === stored.version
  );
}

function finding(roomId: string, { client }: { client: string }, detail: string): Finding {
  return { rule: 'backwards', roomId, message: null, clients: [client], detail };
}
