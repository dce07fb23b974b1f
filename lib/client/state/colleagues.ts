/** Where colleagues are: each in one room at most, until that ends by itself. Pure. */
import { FOCUS_TTL_MS } from '#protocol/limits.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type { Colleague } from '../conversation.ts';

/** A colleague in a room, until `untilMs`. */
export interface ColleagueMark extends Colleague {
  readonly roomId: string;
  readonly untilMs: number;
}

/** By user; somebody in no room has no mark. */
export type ColleagueMarks = ReadonlyMap<string, ColleagueMark>;

/** The marks after an event: somebody came, went, began or ended a reply. */
export function withFocus(
  marks: ColleagueMarks,
  { user, name, roomId, replying }: Omit<ServerFrame<'focus'>, 'event'>,
  nowMs: number,
): ColleagueMarks {
  const next = new Map([...marks].filter(([, { untilMs }]) => untilMs > nowMs));
  next.delete(user);
  if (roomId !== null) {
    next.set(user, { user, name, roomId, replying, untilMs: nowMs + FOCUS_TTL_MS });
  }
  return next;
}

/** Who is in a room now. */
export function colleaguesIn(
  marks: ColleagueMarks,
  roomId: string,
  nowMs: number,
): readonly ColleagueMark[] {
  return [...marks.values()].filter((mark) => mark.roomId === roomId && mark.untilMs > nowMs);
}

/** When the next mark ends by itself, or null. */
export function nextFocusEndMs(marks: ColleagueMarks): number | null {
  return marks.size === 0 ? null : Math.min(...[...marks.values()].map(({ untilMs }) => untilMs));
}
