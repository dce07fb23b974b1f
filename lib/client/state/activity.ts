/** Typing and presence: what others do right now, and when it stops being true by itself. Pure. */
import { TYPING_TTL_MS } from '#protocol/limits.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type { Presence, Typist } from '../conversation.ts';

/** How many members' presence is kept; the longest unheard go first. */
const MAX_MEMBERS = 2_000;

/** Somebody typing, until `untilMs`. */
interface TypingMark extends Typist {
  readonly untilMs: number;
}

export type Typing = readonly TypingMark[];

/** Typing after an event: begun, repeated or ended. */
export function withTyping(
  typing: Typing,
  event: Pick<ServerFrame<'typing'>, 'member' | 'name' | 'typing'>,
  nowMs: number,
): Typing {
  const others = withoutTypist(typing, event.member);
  if (!event.typing) return others;
  const { member, name } = event;
  return [...others, { member, name, untilMs: nowMs + TYPING_TTL_MS }];
}

/** Typing once a message of that member came. */
export function withoutTypist(typing: Typing, member: string): Typing {
  return typing.some((mark) => mark.member === member)
    ? typing.filter((mark) => mark.member !== member)
    : typing;
}

/** Typing as far as it still lasts. */
export function liveTyping(typing: Typing, nowMs: number): Typing {
  const live = typing.filter((mark) => mark.untilMs > nowMs);
  return live.length === typing.length ? typing : live;
}

/** What the server last said of a member; after `onlineUntil` it means offline. */
export interface PresenceMark {
  readonly online: boolean;
  readonly onlineUntil: string | null;
  readonly lastSeenAt: string | null;
}

export type PresenceMarks = ReadonlyMap<string, PresenceMark>;

/** The marks with one more statement. */
export function withPresence(
  marks: PresenceMarks,
  member: string,
  mark: PresenceMark,
): PresenceMarks {
  const next = new Map(marks);
  next.delete(member);
  next.set(member, mark);
  const oldest = next.size > MAX_MEMBERS ? next.keys().next().value : undefined;
  if (oldest !== undefined) next.delete(oldest);
  return next;
}

/** Whether somebody is online now; one who was until a moment ago was last seen then. */
export function presenceAt(mark: PresenceMark | undefined, nowMs: number): Presence {
  if (!mark) return OFFLINE;
  const { online, onlineUntil, lastSeenAt } = mark;
  if (!online) return { online: false, lastSeenAt };
  const hasEnded = onlineUntil !== null && Date.parse(onlineUntil) <= nowMs;
  return hasEnded ? { online: false, lastSeenAt: onlineUntil } : { online: true, lastSeenAt: null };
}

/** Nobody heard of them. */
const OFFLINE: Presence = { online: false, lastSeenAt: null };

/** When the next member goes offline by itself, or null. */
export function nextPresenceEndMs(marks: PresenceMarks, nowMs: number): number | null {
  const ends = [...marks.values()]
    .filter((mark) => mark.online && mark.onlineUntil !== null)
    .map((mark) => Date.parse(mark.onlineUntil ?? ''))
    .filter((endMs) => endMs > nowMs);
  return ends.length === 0 ? null : Math.min(...ends);
}
