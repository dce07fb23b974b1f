/** A room's messages: placed by seq, whole or known to have a gap, with mine on their way behind them. Pure. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';

import type { ChatMessage, MessageStatus } from '../chat.ts';
import type { OutboxEntry } from '../ports.ts';
import type { MessagePage, PageStart } from '../requests.ts';

/** How many messages are kept; older ones are let go (and can be loaded again) as new ones come. */
export const MAX_MESSAGES = 2_000;
/** How many messages beyond a gap are kept until it is filled; the fill brings the rest again. */
const MAX_AHEAD = 200;

type Marks = Readonly<Record<string, number>>;

export interface Timeline {
  /** The newest page has been loaded: `messages` ends where this client has read on to. */
  readonly isLoaded: boolean;
  /** Ascending, without a gap. */
  readonly messages: readonly Message[];
  /** Ascending, beyond a gap. */
  readonly ahead: readonly Message[];
  /** Mine, not stored yet, in the order they go out. */
  readonly pending: readonly OutboxEntry[];
  readonly hasOlder: boolean;
  /** The highest seq heard of. */
  readonly headSeq: number;
  /** The room's counter of edits that `messages` reflects. */
  readonly changes: number;
  readonly read: Marks;
  readonly delivered: Marks;
}

export type TimelineAction =
  | { readonly type: 'page'; readonly page: MessagePage; readonly start: PageStart }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'updated'; readonly message: Message; readonly changes: number }
  | { readonly type: 'pending'; readonly pending: readonly OutboxEntry[] }
  | {
      readonly type: 'marks';
      readonly headSeq?: number;
      readonly read: Marks;
      readonly delivered: Marks;
    };

export const EMPTY_TIMELINE: Timeline = {
  isLoaded: false,
  messages: [],
  ahead: [],
  pending: [],
  hasOlder: false,
  headSeq: 0,
  changes: 0,
  read: {},
  delivered: {},
};

/** The timeline after something happened; the same object where it changed nothing. */
export function reduceTimeline(timeline: Timeline, action: TimelineAction): Timeline {
  switch (action.type) {
    case 'page':
      return withPage(timeline, action.page, action.start);
    case 'message':
      return withMessage(timeline, action.message);
    case 'updated':
      return withUpdate(timeline, action.message, action.changes);
    case 'pending':
      return { ...timeline, pending: action.pending };
    case 'marks':
      return withMarks(timeline, action);
    default:
      return timeline;
  }
}

/** The last seq up to which nothing is missing; 0 when nothing is there. */
export function lastSeqOf({ messages }: Timeline): number {
  return messages.at(-1)?.seq ?? 0;
}

/** Behind which seq something is known to be missing, or null. */
export function missingAfter(timeline: Timeline): number | null {
  const last = lastSeqOf(timeline);
  return timeline.isLoaded && timeline.headSeq > last ? last : null;
}

/** My stored message with that id, if it is here. */
export function findOwn(timeline: Timeline, me: Member | null, id: string): Message | undefined {
  return [...timeline.messages, ...timeline.ahead].findLast(
    (message) => message.id === id && message.sender?.member === me,
  );
}

function withPage(timeline: Timeline, page: MessagePage, start: PageStart): Timeline {
  // A page made before an edit that is already shown must not bring the old text back.
  const isCurrent = page.changes >= timeline.changes;
  const next = { ...timeline, changes: Math.max(timeline.changes, page.changes) };
  if (start === 'latest') return withLatest(next, page, isCurrent);
  return 'before' in start
    ? withOlder(next, page, isCurrent)
    : settle(next, merge(next, page.items, isCurrent));
}

function withLatest(timeline: Timeline, page: MessagePage, isCurrent: boolean): Timeline {
  const first = page.items[0]?.seq ?? 1;
  // Too far behind to connect: begin anew at the end, the rest is above.
  const isApart = !timeline.isLoaded || first > lastSeqOf(timeline) + 1;
  if (!isApart) return settle(timeline, merge(timeline, page.items, isCurrent));
  const anew = { ...timeline, isLoaded: true, messages: page.items, hasOlder: page.hasMore };
  return settle(anew, timeline.ahead);
}

function withOlder(timeline: Timeline, page: MessagePage, isCurrent: boolean): Timeline {
  const first = timeline.messages[0]?.seq ?? 1;
  const older = page.items.filter(({ seq }) => seq < first);
  const connects = older.length === 0 || older.at(-1)?.seq === first - 1;
  const known = isCurrent ? overwrite(timeline.messages, page.items) : timeline.messages;
  return connects
    ? { ...timeline, messages: [...older, ...known], hasOlder: page.hasMore }
    : timeline;
}

function withMessage(timeline: Timeline, message: Message): Timeline {
  const isKnown =
    message.seq <= lastSeqOf(timeline) || timeline.ahead.some(({ seq }) => seq === message.seq);
  return isKnown && timeline.isLoaded ? timeline : settle(timeline, [...timeline.ahead, message]);
}

function withUpdate(timeline: Timeline, message: Message, changes: number): Timeline {
  if (changes <= timeline.changes) return timeline;
  return {
    ...timeline,
    changes,
    messages: overwrite(timeline.messages, [message]),
    ahead: overwrite(timeline.ahead, [message]),
  };
}

function withMarks(
  timeline: Timeline,
  marks: { readonly headSeq?: number; readonly read: Marks; readonly delivered: Marks },
): Timeline {
  const read = higher(timeline.read, marks.read);
  const delivered = higher(timeline.delivered, marks.delivered);
  const headSeq = Math.max(timeline.headSeq, marks.headSeq ?? 0);
  const isSame =
    read === timeline.read && delivered === timeline.delivered && headSeq === timeline.headSeq;
  return isSame ? timeline : { ...timeline, read, delivered, headSeq };
}

/** Marks only grow, whatever order they come in. */
function higher(known: Marks, told: Marks): Marks {
  const grown = Object.entries(told).filter(([member, seq]) => seq > (known[member] ?? 0));
  return grown.length === 0 ? known : { ...known, ...Object.fromEntries(grown) };
}

/** What lies beyond the end after a page came; what it says of known messages is taken over. */
function merge(timeline: Timeline, items: readonly Message[], isCurrent: boolean) {
  const known = isCurrent ? overwrite(timeline.messages, items) : timeline.messages;
  return { messages: known, ahead: [...timeline.ahead, ...items] };
}

/** Appends what connects to the end and keeps the rest beyond the gap. */
function settle(
  timeline: Timeline,
  more: readonly Message[] | { messages: readonly Message[]; ahead: readonly Message[] },
): Timeline {
  const { messages: known, ahead: beyond } =
    'ahead' in more ? more : { messages: timeline.messages, ahead: more };
  const messages = [...known];
  const ahead: Message[] = [];
  for (const message of [...beyond].sort((a, b) => a.seq - b.seq)) {
    const end = messages.at(-1)?.seq ?? 0;
    const isDoubled = message.seq <= end || ahead.at(-1)?.seq === message.seq;
    if (isDoubled && timeline.isLoaded) continue;
    if (timeline.isLoaded && message.seq === end + 1) messages.push(message);
    else if (ahead.at(-1)?.seq !== message.seq) ahead.push(message);
  }
  const surplus = Math.max(0, messages.length - MAX_MESSAGES);
  return {
    ...timeline,
    messages: surplus === 0 ? messages : messages.slice(surplus),
    hasOlder: timeline.hasOlder || surplus > 0,
    ahead: ahead.slice(-MAX_AHEAD),
    headSeq: Math.max(timeline.headSeq, messages.at(-1)?.seq ?? 0, ahead.at(-1)?.seq ?? 0),
  };
}

function overwrite(known: readonly Message[], told: readonly Message[]): readonly Message[] {
  const bySeq = new Map(told.map((message) => [message.seq, message]));
  return known.some(({ seq }) => bySeq.has(seq))
    ? known.map((message) => bySeq.get(message.seq) ?? message)
    : known;
}

/** Rows by what they show, so that an unchanged message stays the same object. */
const rows = new WeakMap<Message | OutboxEntry, ChatMessage>();

/** The conversation as it is shown: stored messages, mine beyond a gap, mine on their way. */
export function viewTimeline(timeline: Timeline, me: ChatSender): readonly ChatMessage[] {
  const farthest = {
    read: highestOfOthers(timeline.read, me.member),
    delivered: highestOfOthers(timeline.delivered, me.member),
  };
  const mineAhead = timeline.ahead.filter((message) => message.sender?.member === me.member);
  const stored = [...timeline.messages, ...mineAhead];
  const ids = new Set(
    stored.filter((message) => message.sender?.member === me.member).map(({ id }) => id),
  );
  return [
    ...stored.map((message) => storedRow(message, me, farthest)),
    ...timeline.pending
      .filter((entry) => !ids.has(entry.message.id))
      .map((entry) => pendingRow(entry, me)),
  ];
}

/** Whose messages are mine. */
export interface ChatSender {
  readonly member: Member | null;
  readonly name: string;
}

function storedRow(
  message: Message,
  me: ChatSender,
  farthest: { readonly read: number; readonly delivered: number },
): ChatMessage {
  const member = message.sender?.member ?? null;
  const isMine = member !== null && member === me.member;
  const status = isMine ? statusOf(message.seq, farthest) : null;
  const key = isMine ? message.id : `${member ?? 'system'}/${message.id}/${message.seq}`;
  const cached = rows.get(message);
  if (cached?.status === status && cached.key === key) return cached;
  const row: ChatMessage = { ...message, key, isMine, status, error: null };
  rows.set(message, row);
  return row;
}

function statusOf(seq: number, farthest: { read: number; delivered: number }): MessageStatus {
  if (seq <= farthest.read) return 'read';
  return seq <= farthest.delivered ? 'delivered' : 'sent';
}

function highestOfOthers(marks: Marks, me: Member | null): number {
  const others = Object.entries(marks).filter(([member]) => member !== me);
  return Math.max(0, ...others.map(([, seq]) => seq));
}

function pendingRow(entry: OutboxEntry, me: ChatSender): ChatMessage {
  const cached = rows.get(entry);
  if (cached) return cached;
  const { failure, message } = entry;
  const row: ChatMessage = {
    ...asMessage(entry, me, { seq: 0, at: entry.queuedAt }),
    seq: null,
    key: message.id,
    isMine: true,
    status: failure ? 'failed' : 'sending',
    error: failure ? new ChatError(failure.code, { message: failure.message }) : null,
  };
  rows.set(entry, row);
  return row;
}

/** The stored message that an acknowledgement without one stands for. */
export function asMessage(
  { roomId, message }: OutboxEntry,
  me: ChatSender,
  { seq, at }: { readonly seq: number; readonly at: string },
): Message {
  return {
    roomId,
    seq,
    id: message.id,
    type: message.type,
    sender: me.member === null ? null : { member: me.member, name: me.name, agent: null },
    text: message.text ?? null,
    attachments: [],
    product: 'product' in message ? (message.product ?? null) : null,
    replyTo: 'replyTo' in message ? (message.replyTo ?? null) : null,
    system: null,
    reactions: {},
    at,
    editedAt: null,
    deletedAt: null,
  };
}
