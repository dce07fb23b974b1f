/** A run as it should be, and what can be put into it. */
import type { Member } from '#protocol/ids.ts';

import {
  type ChangeEntry,
  type Entry,
  type FetchEntry,
  History,
  type MemberFinal,
  type PresenceEntry,
  type ReadEntry,
  type Seen,
  type SendEntry,
} from '../history/history.ts';

export const ROOM = 'd-1';
export const NINO: Member = 'customer:nino';
export const SHOP: Member = 'vendor:shop';
const START_MS = Date.UTC(2026, 0, 1);
/** So many seconds after the beginning, in milliseconds and as the contract writes it. */
export const timeOf = (second: number) => START_MS + second * 1000;
export const at = (second: number) => new Date(timeOf(second)).toISOString();

export function times(from: number, to = from + 0.5) {
  return { calledMs: timeOf(from), endedMs: timeOf(to) };
}

export function aSend(seq: number, over: Partial<SendEntry> = {}): SendEntry {
  const client = seq % 2 === 1 ? 'phone' : 'desk';
  const sent = { id: `m${seq}`, text: `text ${seq}`, after: seq - 1, outcome: 'ok', seq } as const;
  return { kind: 'send', client, roomId: ROOM, ...sent, ...times(seq), ...over };
}

export function aMessage(seq: number, over: Partial<Seen> = {}): Seen {
  const sender = seq % 2 === 1 ? NINO : SHOP;
  return { seq, id: `m${seq}`, sender, text: `text ${seq}`, at: at(seq), version: 0, ...over };
}

export function aFetch(
  after: number,
  messages: Seen[],
  over: Partial<FetchEntry> = {},
): FetchEntry {
  const asked = { after, before: null, outcome: 'ok', hasMore: false, ...times(20) };
  return { kind: 'fetch', client: 'phone', roomId: ROOM, ...asked, messages, ...over };
}

export function aRead(seq: number, over: Partial<ReadEntry> = {}): ReadEntry {
  return { kind: 'read', client: 'desk', roomId: ROOM, seq, outcome: 'ok', ...times(10), ...over };
}

export function anEdit(over: Partial<ChangeEntry> = {}): ChangeEntry {
  const change = { what: 'edit', seq: 1, text: 'better', outcome: 'ok' } as const;
  return { kind: 'change', client: 'phone', roomId: ROOM, ...change, ...times(10), ...over };
}

export function aPresence(over: Partial<PresenceEntry> = {}): PresenceEntry {
  const told = { about: SHOP, online: true, onlineUntil: at(15 * 60) };
  return { kind: 'presence', client: 'phone', ...told, ...times(10), ...over };
}

export function anEvent(client: string, message: Seen, second = message.seq + 0.2): Entry {
  const facts = { event: 'message', roomId: ROOM, message, atMs: timeOf(second) };
  return { kind: 'event', client, ...facts };
}

/** A room of four messages, all read by both sides, and everybody saw all of it. */
export interface Run {
  history: History;
  nino: MemberFinal;
  shop: MemberFinal;
}

export function aRun(plant: (run: Run) => void = () => undefined): History {
  const history = new History();
  history.addClient({ name: 'phone', user: 'nino', member: NINO });
  history.addClient({ name: 'desk', user: 'ana', member: SHOP });
  history.addClient({ name: 'stranger', user: 'eve', member: 'customer:eve' });
  history.addRoom(ROOM, [NINO, SHOP]);
  const seqs = [1, 2, 3, 4];
  for (const client of ['phone', 'desk']) {
    history.add({ kind: 'socket', client, atMs: timeOf(0), isOpen: true });
  }
  for (const seq of seqs) {
    history.add(aSend(seq));
    history.add(anEvent(seq % 2 === 1 ? 'desk' : 'phone', aMessage(seq)));
  }
  history.add(aRead(3));
  history.add(aRead(4, { client: 'phone' }));
  history.add(
    aFetch(
      0,
      seqs.map((seq) => aMessage(seq)),
    ),
  );
  history.add(aPresence());
  const finalOf = (member: Member): MemberFinal => ({
    member,
    roomId: ROOM,
    seq: 4,
    unread: 0,
    read: { [NINO]: 4, [SHOP]: 4 },
    messages: seqs.map((seq) => aMessage(seq)),
  });
  const run = { history, nino: finalOf(NINO), shop: finalOf(SHOP) };
  plant(run);
  history.memberFinals.push(run.nino, run.shop);
  for (const member of [NINO, SHOP]) history.unreadFinals.push({ member, rooms: 0, messages: 0 });
  return history;
}

export const withMessages = (
  final: MemberFinal,
  change: (messages: Seen[]) => Seen[],
): MemberFinal => {
  const messages = change([...final.messages]);
  return { ...final, messages, seq: messages.length };
};

export function shown(over: {
  second?: number;
  lastSeq?: number;
  read?: Record<string, number>;
}): Entry {
  const { second = 9, lastSeq = 4, read = {} } = over;
  const where = { client: 'phone', roomId: ROOM, atMs: timeOf(second) };
  return { kind: 'shown', ...where, lastSeq, read };
}
