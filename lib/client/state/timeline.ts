/** A room's messages: placed by seq, whole or known to have a gap, with mine on their way behind them. Pure. */
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';

import type { OutboxEntry } from '../ports.ts';
import type { MessagePage, PageStart } from '../wire/requests.ts';
import type { PendingChange } from './changing.ts';
import type { Uploading } from './uploading.ts';

/** How many messages are kept besides those that a reader asked for above; older ones are let go (and can be loaded again) as new ones come. */
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
  /** Mine, whose files are still on their way. */
  readonly uploading: readonly Uploading[];
  /** What I do to stored messages and the server has not confirmed, the oldest first. */
  readonly changing: readonly PendingChange[];
  readonly hasOlder: boolean;
  /** Messages that a reader loaded above: they do not go under their eyes. */
  readonly loadedAbove: number;
  /** The highest seq heard of. */
  readonly headSeq: number;
  /** The room's counter of edits up to which nothing that is here lacks one. */
  readonly changes: number;
  /** The highest such counter heard of. */
  readonly headChanges: number;
  readonly read: Marks;
  readonly delivered: Marks;
}

export type TimelineAction =
  | { readonly type: 'page'; readonly page: MessagePage; readonly start: PageStart }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'updated'; readonly message: Message; readonly changes: number }
  /** A change of mine is stored: the answer does not say which of the room's changes it is. */
  | { readonly type: 'changed'; readonly message: Message }
  /** A change of mine is stored, and this is how it must look; the next version replaces it. */
  | { readonly type: 'assumed'; readonly message: Message }
  /** Everything that is here was read again: it lacks no edit up to that counter. */
  | { readonly type: 'refetched'; readonly changes: number }
  | { readonly type: 'pending'; readonly pending: readonly OutboxEntry[] }
  | { readonly type: 'uploading'; readonly uploading: readonly Uploading[] }
  | { readonly type: 'changing'; readonly changing: readonly PendingChange[] }
  | {
      readonly type: 'marks';
      readonly headSeq?: number;
      readonly headChanges?: number;
      readonly read: Marks;
      readonly delivered: Marks;
    };

export const EMPTY_TIMELINE: Timeline = {
  isLoaded: false,
  messages: [],
  ahead: [],
  pending: [],
  uploading: [],
  changing: [],
  hasOlder: false,
  loadedAbove: 0,
  headSeq: 0,
  changes: 0,
  headChanges: 0,
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
    case 'changed':
      return withChange(timeline, action.message);
    case 'assumed':
      return {
        ...timeline,
        messages: timeline.messages.map((it) =>
          it.seq === action.message.seq ? action.message : it,
        ),
      };
    case 'refetched':
      return { ...timeline, changes: Math.max(timeline.changes, action.changes) };
    case 'pending':
      return { ...timeline, pending: action.pending };
    case 'uploading':
      return { ...timeline, uploading: action.uploading };
    case 'changing':
      return { ...timeline, changing: action.changing };
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

/** Whether something that is here is known to lack an edit, a deletion or a reaction. */
export function isOutdated(timeline: Timeline): boolean {
  return timeline.isLoaded && timeline.headChanges > timeline.changes;
}

/** Whether the first messages went, and why; null where what was there still is. */
export function cutOf(before: Timeline, after: Timeline): 'behind' | 'full' | null {
  const first = before.messages[0]?.seq;
  const next = after.messages[0]?.seq;
  if (first === undefined || next === undefined || next <= first) return null;
  return next > lastSeqOf(before) ? 'behind' : 'full';
}

/** A message that is here, by its seq. */
export function findSeq({ messages, ahead }: Timeline, seq: number): Message | undefined {
  return messages.find((message) => message.seq === seq) ?? ahead.find((it) => it.seq === seq);
}

/** My stored message with that id, if it is here. */
export function findOwn(timeline: Timeline, me: Member | null, id: string): Message | undefined {
  return [...timeline.messages, ...timeline.ahead].findLast(
    (message) => message.id === id && message.sender?.member === me,
  );
}

function withPage(timeline: Timeline, page: MessagePage, start: PageStart): Timeline {
  const headChanges = Math.max(timeline.headChanges, page.changes);
  const next = { ...timeline, headChanges };
  if (start === 'latest') return withLatest(next, page);
  return 'before' in start ? withOlder(next, page) : settle(next, merge(next, page.items));
}

function withLatest(timeline: Timeline, page: MessagePage): Timeline {
  const first = page.items[0]?.seq ?? 1;
  // Too far behind to connect: begin anew at the end, the rest is above.
  const isApart = !timeline.isLoaded || first > lastSeqOf(timeline) + 1;
  if (!isApart) return settle(timeline, merge(timeline, page.items));
  const { changes, hasMore } = page;
  const messages = newest(page.items, timeline.ahead);
  const anew = {
    ...timeline,
    isLoaded: true,
    messages,
    hasOlder: hasMore,
    loadedAbove: 0,
    changes,
  };
  return settle(anew, timeline.ahead);
}

function withOlder(timeline: Timeline, page: MessagePage): Timeline {
  const first = timeline.messages[0]?.seq ?? 1;
  const older = page.items.filter(({ seq }) => seq < first);
  const connects = older.length === 0 || older.at(-1)?.seq === first - 1;
  if (!connects) return timeline;
  const known = newest(timeline.messages, page.items);
  // Made before an edit that nobody here was there to take: what is new on it may lack that edit.
  const changes = older.length > 0 ? Math.min(timeline.changes, page.changes) : timeline.changes;
  const loadedAbove = timeline.loadedAbove + older.length;
  const messages = [...older, ...known];
  return { ...timeline, messages, hasOlder: page.hasMore, loadedAbove, changes };
}

function withMessage(timeline: Timeline, message: Message): Timeline {
  const isKnown =
    message.seq <= lastSeqOf(timeline) || timeline.ahead.some(({ seq }) => seq === message.seq);
  return isKnown && timeline.isLoaded ? timeline : settle(timeline, [...timeline.ahead, message]);
}

/** One that is not here yet comes with its edit: its own push is on its way, and older. */
function withUpdate(timeline: Timeline, message: Message, told: number): Timeline {
  const before = findSeq(timeline, message.seq);
  const isAbove = before === undefined && message.seq <= lastSeqOf(timeline);
  const steps = isAbove ? 1 : stepsBetween(before, message);
  // Every step of a message is one of the room's: those that came with it are no longer missing.
  const changes = told <= timeline.changes + steps ? told : timeline.changes;
  const counted = {
    ...timeline,
    changes: Math.max(timeline.changes, changes),
    headChanges: Math.max(timeline.headChanges, told),
  };
  const isNew = counted.changes > timeline.changes || told > timeline.headChanges;
  if (isAbove || (before !== undefined && steps === 0)) return isNew ? counted : timeline;
  return before === undefined
    ? settle(counted, [...timeline.ahead, message])
    : withNewest(counted, message);
}

function withChange(timeline: Timeline, message: Message): Timeline {
  const before = findSeq(timeline, message.seq);
  if (before === undefined) return timeline;
  const changes = timeline.changes + stepsBetween(before, message);
  const headChanges = Math.max(timeline.headChanges, changes);
  return withNewest({ ...timeline, changes, headChanges }, message);
}

function withNewest(timeline: Timeline, message: Message): Timeline {
  return {
    ...timeline,
    messages: newest(timeline.messages, [message]),
    ahead: newest(timeline.ahead, [message]),
  };
}

function versionOf(message: Message | undefined): number {
  return message?.version ?? 0;
}

function stepsBetween(known: Message | undefined, told: Message): number {
  return Math.max(0, versionOf(told) - versionOf(known));
}

function withMarks(
  timeline: Timeline,
  marks: Extract<TimelineAction, { type: 'marks' }>,
): Timeline {
  const read = higher(timeline.read, marks.read);
  const delivered = higher(timeline.delivered, marks.delivered);
  const headSeq = Math.max(timeline.headSeq, marks.headSeq ?? 0);
  const headChanges = Math.max(timeline.headChanges, marks.headChanges ?? 0);
  const isSame =
    read === timeline.read &&
    delivered === timeline.delivered &&
    headSeq === timeline.headSeq &&
    headChanges === timeline.headChanges;
  return isSame ? timeline : { ...timeline, read, delivered, headSeq, headChanges };
}

/** Marks only grow, whatever order they come in. */
function higher(known: Marks, told: Marks): Marks {
  const grown = Object.entries(told).filter(([member, seq]) => seq > (known[member] ?? 0));
  return grown.length === 0 ? known : { ...known, ...Object.fromEntries(grown) };
}

/** What lies beyond the end after a page came; what it says of known messages is taken over. */
function merge(timeline: Timeline, items: readonly Message[]) {
  return { messages: newest(timeline.messages, items), ahead: [...timeline.ahead, ...items] };
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
  // Of two states of one message the later one, whatever they came with.
  const inOrder = [...beyond].sort((a, b) => a.seq - b.seq || versionOf(b) - versionOf(a));
  for (const message of inOrder) {
    const end = messages.at(-1)?.seq ?? 0;
    const isDoubled = message.seq <= end || ahead.at(-1)?.seq === message.seq;
    if (isDoubled && timeline.isLoaded) continue;
    if (timeline.isLoaded && message.seq === end + 1) messages.push(message);
    else if (ahead.at(-1)?.seq !== message.seq) ahead.push(message);
  }
  const surplus = Math.max(0, messages.length - MAX_MESSAGES - timeline.loadedAbove);
  return {
    ...timeline,
    messages: surplus === 0 ? messages : messages.slice(surplus),
    hasOlder: timeline.hasOlder || surplus > 0,
    ahead: ahead.slice(-MAX_AHEAD),
    headSeq: Math.max(timeline.headSeq, messages.at(-1)?.seq ?? 0, ahead.at(-1)?.seq ?? 0),
  };
}

/** The known messages, each in its latest state: a page or push made before an edit never takes it back. */
function newest(known: readonly Message[], told: readonly Message[]): readonly Message[] {
  const bySeq = new Map(told.map((message) => [message.seq, message]));
  const isLater = (message: Message) => versionOf(bySeq.get(message.seq)) > versionOf(message);
  return known.some(isLater)
    ? known.map((message) => (isLater(message) ? (bySeq.get(message.seq) ?? message) : message))
    : known;
}
