/** What messages that came in lead to: a pure step from who looks at what, and what they want to be told. */
import type { NotifyPreferences } from './preferences.ts';

/** Sounds closer together than this are a noise. */
export const SOUND_GAP_MS = 2_000;

/** More notifications at once than this become one. */
export const MAX_POPUPS = 3;

/** A message of somebody else, as far as it is told. */
export interface Arrival {
  readonly roomId: string;
  /** Who wrote it. */
  readonly from: string;
  /** What it says, in words of the reader's language. */
  readonly text: string;
}

/** What the person looks at, in all tabs of this browser together. */
export interface Attention {
  /** Rooms on a screen that has the focus. */
  readonly rooms: ReadonlySet<string>;
  /** Whether any tab has the focus: then a notification of the browser would tell what is to be seen. */
  readonly isHere: boolean;
}

export interface NotifyState {
  /** Messages that were told of, by room, since somebody last looked at it. */
  readonly told: ReadonlyMap<string, number>;
  readonly lastSoundMs: number;
}

export type NotifyEvent =
  | {
      readonly type: 'arrived';
      readonly arrivals: readonly Arrival[];
      readonly attention: Attention;
      readonly preferences: NotifyPreferences;
      readonly nowMs: number;
    }
  /** Somebody looks at the room, or has read it. */
  | { readonly type: 'seen'; readonly roomId: string };

export type NotifyEffect =
  | { readonly type: 'sound' }
  /** The latest of a room; it replaces what was shown of it. */
  | { readonly type: 'show'; readonly arrival: Arrival; readonly count: number }
  /** Too many rooms at once to tell of each. */
  | { readonly type: 'summary'; readonly messages: number; readonly rooms: number }
  | { readonly type: 'close'; readonly roomId: string };

export interface Decision {
  readonly state: NotifyState;
  readonly effects: readonly NotifyEffect[];
}

export const NOTHING_TOLD: NotifyState = { told: new Map(), lastSoundMs: -Infinity };

/** One step of the tab that tells; the others do nothing. */
export function decide(state: NotifyState, event: NotifyEvent): Decision {
  return event.type === 'seen' ? seen(state, event.roomId) : arrived(state, event);
}

function seen(state: NotifyState, roomId: string): Decision {
  if (!state.told.has(roomId)) return { state, effects: [] };
  const told = new Map(state.told);
  told.delete(roomId);
  return { state: { ...state, told }, effects: [{ type: 'close', roomId }] };
}

function arrived(state: NotifyState, event: Extract<NotifyEvent, { type: 'arrived' }>): Decision {
  const { attention, preferences, nowMs } = event;
  const news = event.arrivals.filter(({ roomId }) => !attention.rooms.has(roomId));
  if (news.length === 0) return { state, effects: [] };
  const hasSound = preferences.sound && nowMs - state.lastSoundMs >= SOUND_GAP_MS;
  const isShown = preferences.popups && !attention.isHere;
  const told = isShown ? withNews(state.told, news) : state.told;
  return {
    state: { told, lastSoundMs: hasSound ? nowMs : state.lastSoundMs },
    effects: [
      ...(hasSound ? [{ type: 'sound' } as const] : []),
      ...(isShown ? popupsOf(news, told) : []),
    ],
  };
}

function withNews(
  before: NotifyState['told'],
  news: readonly Arrival[],
): ReadonlyMap<string, number> {
  const told = new Map(before);
  for (const { roomId } of news) told.set(roomId, (told.get(roomId) ?? 0) + 1);
  return told;
}

function popupsOf(news: readonly Arrival[], told: NotifyState['told']): readonly NotifyEffect[] {
  // the last of each room stays
  const latest = new Map(news.map((arrival) => [arrival.roomId, arrival]));
  if (latest.size > MAX_POPUPS) {
    return [{ type: 'summary', messages: news.length, rooms: latest.size }];
  }
  return [...latest.values()].map((arrival) => ({
    type: 'show',
    arrival,
    count: told.get(arrival.roomId) ?? 1,
  }));
}
