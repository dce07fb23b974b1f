/** What one Lambda environment remembers of the sockets whose frames it serves: their rate, and how long their row lives. */
import { takeOne } from '#core/flood.ts';
import { FRAME_STRIKES } from '#protocol/limits.ts';

/** One socket, as this environment has seen it. Times are milliseconds since 1970. */
interface Session {
  /** When its quota of frames is whole again. */
  fullAtMs: number;
  strikes: number;
  /** Until when its row lives, as far as known; 0 before the first look. */
  liveUntilMs: number;
}

interface SocketTimes {
  readonly nowMs: number;
  /** No row outlives its token, so one that lasts as long cannot be extended. */
  readonly tokenEndsAtMs: number;
}

/** Enough for what an environment serves between two deployments' lives; about 1 MB. */
const MAX_SESSIONS = 10_000;
/** A row with more left than this is not rewritten: that bounds writes to one per socket and 4 minutes. */
const RENEW_UNDER_MS = 11 * 60_000;
const WINDOW_MS = 10_000;

/**
 * The sessions of an environment. The rate is kept per environment and not in a table, where counting each
 * frame would cost a write: a flood over several environments gets that many times the rate, and the gateway's
 * own throttle stands above all of them.
 */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #framesPer10Seconds: number;

  constructor(framesPer10Seconds: number) {
    this.#framesPer10Seconds = framesPer10Seconds;
  }

  /**
   * Counts a frame.
   * @throws ChatError `rate_limited`
   */
  takeFrame(connectionId: string, nowMs: number): void {
    const session = this.#of(connectionId);
    if (session.fullAtMs <= nowMs) session.strikes = 0;
    const rate = { count: this.#framesPer10Seconds, windowMs: WINDOW_MS };
    try {
      session.fullAtMs = takeOne(rate, session.fullAtMs, nowMs);
    } catch (error) {
      session.strikes += 1;
      throw error;
    }
  }

  /** True once a socket has sent too fast so often that it is to be closed. */
  isWornOut(connectionId: string): boolean {
    return (this.#sessions.get(connectionId)?.strikes ?? 0) >= FRAME_STRIKES;
  }

  /** True where the socket's row may end within 11 minutes and before its token, or nothing is known of it. */
  needsRenewal(connectionId: string, { nowMs, tokenEndsAtMs }: SocketTimes): boolean {
    const neededUntilMs = Math.min(nowMs + RENEW_UNDER_MS, tokenEndsAtMs);
    return this.#of(connectionId).liveUntilMs < neededUntilMs;
  }

  renewed(connectionId: string, liveUntilMs: number): void {
    this.#of(connectionId).liveUntilMs = liveUntilMs;
  }

  #of(connectionId: string): Session {
    const known = this.#sessions.get(connectionId);
    if (known !== undefined) return known;
    const oldest = this.#sessions.size < MAX_SESSIONS ? undefined : this.#sessions.keys().next();
    if (oldest?.value !== undefined) this.#sessions.delete(oldest.value);
    const session = { fullAtMs: 0, strikes: 0, liveUntilMs: 0 };
    this.#sessions.set(connectionId, session);
    return session;
  }
}
