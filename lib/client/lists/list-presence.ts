/** Who is online in the first rooms of a list on screen: asked a few at a time, and once per connection. */
import type { Room } from '#protocol/room.ts';

import type { PresenceMark } from '../state/activity.ts';
import type { Requests } from '../wire/requests.ts';

/** As many rooms as a screen shows; those further down are heard of when they change. */
const MAX_ROOMS = 20;
const MAX_AT_ONCE = 3;
/** Presence that ends within this is asked for again. */
const ENDING_MS = 15_000;

export interface ListPresenceOptions {
  readonly requests: Pick<Requests, 'listParticipants'>;
  readonly now: () => number;
  readonly me: () => string | null;
  readonly presenceOf: (member: string) => PresenceMark | undefined;
  readonly onPresence: (member: string, mark: PresenceMark) => void;
  readonly onError: (error: unknown) => void;
}

/** The lists of one client that are on screen. */
export class ListPresence {
  readonly #options: ListPresenceOptions;
  readonly #watched = new Map<symbol, () => readonly Room[]>();
  /** Rooms that were asked for since the connection is up. */
  readonly #asked = new Set<string>();
  #isLive = false;
  #work: Promise<void> | null = null;

  constructor(options: ListPresenceOptions) {
    this.#options = options;
  }

  /** @returns what ends the watching */
  watch(rooms: () => readonly Room[]): () => void {
    const key = Symbol('list');
    this.#watched.set(key, rooms);
    this.look();
    return () => void this.#watched.delete(key);
  }

  /** The connection is up, or (false) gone: what was heard may be over. */
  setLive(isLive: boolean): void {
    if (isLive === this.#isLive) return;
    this.#isLive = isLive;
    this.#asked.clear();
    if (isLive) this.look();
  }

  /** Somebody's presence is about to end: their rooms are asked for once more. */
  renew(): void {
    const { now, presenceOf, me } = this.#options;
    for (const { roomId, members } of this.#rooms()) {
      const isEnding = members.some(({ member }) => {
        const until = presenceOf(member)?.onlineUntil ?? null;
        return member !== me() && until !== null && Date.parse(until) - now() < ENDING_MS;
      });
      if (isEnding) this.#asked.delete(roomId);
    }
    this.look();
  }

  /** Asks for the rooms on screen that were not asked for. */
  look(): void {
    if (!this.#isLive || this.#work) return;
    const left = this.#rooms()
      .filter(({ roomId }) => !this.#asked.has(roomId))
      .values();
    const ask = async () => {
      for (const room of left) await this.#ask(room.roomId);
    };
    this.#work = Promise.all(Array.from({ length: MAX_AT_ONCE }, ask)).then(() => {
      this.#work = null;
    });
  }

  #rooms(): readonly Room[] {
    const shown = [...this.#watched.values()].flatMap((rooms) => rooms().slice(0, MAX_ROOMS));
    return [...new Map(shown.map((room) => [room.roomId, room])).values()];
  }

  async #ask(roomId: string): Promise<void> {
    if (!this.#isLive || this.#asked.has(roomId)) return;
    this.#asked.add(roomId);
    try {
      const { requests, onPresence } = this.#options;
      for (const { member, ...mark } of await requests.listParticipants(roomId)) {
        onPresence(member, mark);
      }
    } catch (error) {
      // Presence is decoration: asked again with the next connection.
      this.#options.onError(error);
    }
  }
}
