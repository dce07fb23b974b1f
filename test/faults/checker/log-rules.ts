/** Rules of a room's log: nothing lost, doubled, invented or out of order, and the same for everybody. */
import type { ChangeEntry, MemberFinal, Seen, SendEntry } from '../history/history.ts';
import type { RoomHistory } from './checker.ts';
import type { Finding, Rule } from './finding.ts';

/** Judges what the members read at the end, and what was acknowledged before. */
export function checkLog(room: RoomHistory): Finding[] {
  const sends = room.entries.filter((entry) => entry.kind === 'send');
  return [
    ...missingFinals(room),
    ...room.finals.flatMap((final) => [
      ...checkNumbers(final),
      ...checkTime(final),
      ...checkDoubled(final),
      ...checkAcknowledged(room, final, sends),
      ...checkInvented(room, final, sends),
    ]),
    ...checkAcknowledgedOnce(room, sends),
    ...checkSame(room),
    ...checkOrder(room, sends),
  ];
}

/** A room that nobody read at its end has not been checked. */
function missingFinals({ roomId, history, finals }: RoomHistory): Finding[] {
  const members = history.rooms.get(roomId) ?? [];
  const missing = members.filter((member) => !finals.some((final) => final.member === member));
  if (missing.length === 0) return [];
  const detail = 'nobody read the room at the end';
  return [{ rule: 'lost', roomId, message: null, clients: missing, detail }];
}

function checkNumbers({ roomId, member, messages, seq }: MemberFinal): Finding[] {
  const at = messages.findIndex((message, index) => message.seq !== index + 1);
  const found = (detail: string, message: Seen | undefined): Finding[] => [
    finding('numbers', roomId, { message: message ?? null, clients: [member], detail }),
  ];
  if (at !== -1)
    return found(`number ${messages[at]?.seq} stands at place ${at + 1}`, messages[at]);
  if (seq === messages.length) return [];
  return found(`the room says ${seq}, its log has ${messages.length}`, messages.at(-1));
}

function checkTime({ roomId, member, messages }: MemberFinal): Finding[] {
  return messages.flatMap((message, index) => {
    const before = messages[index - 1];
    if (before === undefined || before.at <= message.at) return [];
    const detail = `is of ${message.at}, the one before of ${before.at}`;
    return [finding('time', roomId, { message, clients: [member], detail })];
  });
}

function checkDoubled({ roomId, member, messages }: MemberFinal): Finding[] {
  const groups = Map.groupBy(messages, ({ sender, id }) => `${sender} ${id}`);
  return [...groups.values()].flatMap(([message, ...copies]) => {
    if (message === undefined || copies.length === 0) return [];
    const detail = `stands at ${[message, ...copies].map(({ seq }) => seq).join(', ')}`;
    return [finding('doubled', roomId, { message, clients: [member], detail })];
  });
}

function checkAcknowledged(
  room: RoomHistory,
  { member, messages }: MemberFinal,
  sends: readonly SendEntry[],
): Finding[] {
  const { roomId, history } = room;
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  const changes = Map.groupBy(
    room.entries.filter((entry) => entry.kind === 'change'),
    ({ seq }) => seq,
  );
  return sends.flatMap((send) => {
    if (send.outcome !== 'ok') return [];
    const found = bySeq.get(send.seq ?? 0);
    const sender = history.clients.get(send.client)?.member;
    const lost = (detail: string) => [
      finding('lost', roomId, { message: send, clients: [send.client, member], detail }),
    ];
    if (found === undefined) return lost('was acknowledged and is not there');
    if (found.id !== send.id || found.sender !== sender) {
      return lost(`was acknowledged, and in its place stands ${found.id} of ${found.sender}`);
    }
    if (textsOf(send, changes.get(found.seq) ?? []).has(found.text)) return [];
    return lost(`reads ${JSON.stringify(found.text)}, which nobody made of it`);
  });
}

/** What may stand there: an acknowledged change replaces what was before it was called, and a deletion is final. */
function textsOf(send: SendEntry, changes: readonly ChangeEntry[]): ReadonlySet<string | null> {
  const deletions = changes.filter(({ what }) => what === 'delete');
  if (deletions.some(({ outcome }) => outcome === 'ok')) return new Set([null]);
  const edits = changes.filter(({ what }) => what === 'edit');
  const sure = edits.filter(({ outcome }) => outcome === 'ok');
  const isReplaced = (endedMs: number) => sure.some(({ calledMs }) => calledMs > endedMs);
  const standing = edits.filter(({ outcome, endedMs }) => outcome !== 'ok' || !isReplaced(endedMs));
  return new Set([
    ...standing.map(({ text }) => text),
    ...(isReplaced(send.calledMs) ? [] : [send.text]),
    ...(deletions.length > 0 ? [null] : []),
  ]);
}

function checkAcknowledgedOnce(
  { roomId, history }: RoomHistory,
  sends: readonly SendEntry[],
): Finding[] {
  const acknowledged = sends.filter(({ outcome }) => outcome === 'ok');
  const memberOf = ({ client }: SendEntry) => history.clients.get(client)?.member;
  const groups = Map.groupBy(acknowledged, (send) => `${memberOf(send)} ${send.id}`);
  return [...groups.values()].flatMap((group) => {
    const numbers = new Set(group.map(({ seq }) => seq));
    const [message] = group;
    if (numbers.size < 2 || message === undefined) return [];
    const clients = [...new Set(group.map(({ client }) => client))];
    const detail = `was acknowledged as ${[...numbers].join(' and as ')}`;
    return [finding('doubled', roomId, { message, clients, detail })];
  });
}

function checkInvented(
  { roomId, history }: RoomHistory,
  { member, messages }: MemberFinal,
  sends: readonly SendEntry[],
): Finding[] {
  const sent = new Set(
    sends.map(({ client, id }) => `${history.clients.get(client)?.member} ${id}`),
  );
  return messages.flatMap((message) => {
    if (message.sender === null || sent.has(`${message.sender} ${message.id}`)) return [];
    const detail = 'stands in the log, and nobody sent it';
    return [finding('invented', roomId, { message, clients: [member], detail })];
  });
}

/** Whatever anybody saw of the log, at any time, is what stands in it at the end. */
function checkSame({ roomId, finals, entries }: RoomHistory): Finding[] {
  const [first, ...others] = finals;
  if (first === undefined) return [];
  const bySeq = new Map(first.messages.map((message) => [message.seq, message]));
  const differing = (clients: readonly string[], messages: readonly Seen[]) =>
    messages.flatMap((message) => {
      const final = bySeq.get(message.seq);
      if (final !== undefined && isSameMessage(final, message)) return [];
      const detail = `was seen as ${message.id} of ${message.at}; ${first.member} reads ${final?.id} of ${final?.at}`;
      return [finding('same', roomId, { message, clients, detail })];
    });
  return [
    ...others.flatMap(({ member, messages }) => differing([member], messages)),
    ...entries.flatMap((entry) => {
      if (entry.kind === 'fetch') return differing([entry.client], entry.messages);
      if (entry.kind !== 'event' || entry.message === null) return [];
      return differing([entry.client], [entry.message]);
    }),
  ];
}

function isSameMessage(a: Seen, b: Seen): boolean {
  return a.id === b.id && a.sender === b.sender && a.at === b.at;
}

/** A message that was acknowledged, whichever try that answered. */
interface Acknowledged {
  readonly send: SendEntry;
  readonly firstMs: number;
  readonly ackedMs: number;
  readonly seq: number;
}

/** Of two messages, the one whose first try began after the other's acknowledgement has the higher number. */
function checkOrder(room: RoomHistory, sends: readonly SendEntry[]): Finding[] {
  const acknowledged = acknowledgedOf(room, sends);
  const byAck = acknowledged.toSorted((a, b) => a.ackedMs - b.ackedMs);
  let next = 0;
  let newest: Acknowledged | undefined;
  return acknowledged
    .toSorted((a, b) => a.firstMs - b.firstMs)
    .flatMap((one) => {
      for (let acked = byAck[next]; acked && acked.ackedMs < one.firstMs; acked = byAck[next]) {
        if (newest === undefined || acked.seq > newest.seq) newest = acked;
        next += 1;
      }
      if (newest === undefined || newest.seq < one.seq) return [];
      const detail = `was sent when ${newest.seq} was acknowledged already, and stands before it`;
      const clients = [one.send.client, newest.send.client];
      return [finding('order', room.roomId, { message: one.send, clients, detail })];
    });
}

function acknowledgedOf(
  { history }: RoomHistory,
  sends: readonly SendEntry[],
): readonly Acknowledged[] {
  const memberOf = ({ client }: SendEntry) => history.clients.get(client)?.member;
  const groups = Map.groupBy(sends, (send) => `${memberOf(send)} ${send.id}`);
  return [...groups.values()].flatMap((tries) => {
    const answers = tries.filter(({ outcome }) => outcome === 'ok');
    const [send] = answers;
    if (send === undefined) return [];
    const firstMs = Math.min(...tries.map(({ calledMs }) => calledMs));
    const ackedMs = Math.min(...answers.map(({ endedMs }) => endedMs));
    return [{ send, firstMs, ackedMs, seq: send.seq ?? 0 }];
  });
}

function finding(
  rule: Rule,
  roomId: string,
  about: {
    message: { seq: number | null; id: string } | null;
    clients: readonly string[];
    detail: string;
  },
): Finding {
  const { message, clients, detail } = about;
  return {
    rule,
    roomId,
    message: message && { seq: message.seq, id: message.id },
    clients,
    detail,
  };
}
