/** How bad the day is: which fault comes how often, what it has come to, and chance by the seed. */
import { Dice } from './dice.ts';

/** Shares of the calls that meet each fault; in milliseconds where it says so. */
export interface Weather {
  /** Database calls refused for their throughput. */
  readonly throttled: number;
  /** Database calls that are done, and whose answer never arrives. */
  readonly lostAnswers: number;
  /** Database calls that fail with 500, half of them after they were done. */
  readonly serverErrors: number;
  /** Database calls that take up to `slowMs` longer. */
  readonly slow: number;
  readonly slowMs: number;
  /** Places in a room's log that are refused as if somebody else were faster. */
  readonly conflicts: number;
  /** How long eventually consistent reads stay behind. */
  readonly staleMs: number;
  /** Stored messages at which an environment dies, for each of the four places. */
  readonly deaths: number;
  /** Pushes that are answered 410 (and the socket is cut), 429, 413, 500, or late by up to `slowPushMs`. */
  readonly gonePushes: number;
  readonly fullPushes: number;
  readonly largePushes: number;
  readonly failedPushes: number;
  readonly slowPushes: number;
  readonly slowPushMs: number;
  /** Invocations that wait up to `slowStartMs` for their environment. */
  readonly slowStarts: number;
  readonly slowStartMs: number;
  /** Goodbyes of sockets (`$disconnect`) that never come; as many of the others come late. */
  readonly lostFarewells: number;
}

/** Where an environment dies. */
export type Death =
  | 'before the commit'
  | 'after the commit'
  | 'between two pushes'
  | 'before the answer';

/** What a fault is called in a report. */
export type FaultKind =
  | 'throttled'
  | 'answer lost'
  | 'server error'
  | 'slow'
  | 'conflict'
  | 'push gone'
  | 'push refused for its rate'
  | 'push refused for its size'
  | 'push failed'
  | 'push slow'
  | 'slow start'
  | 'farewell lost'
  | 'farewell late'
  | `death ${Death}`;

export const FINE: Weather = {
  throttled: 0,
  lostAnswers: 0,
  serverErrors: 0,
  slow: 0,
  slowMs: 0,
  conflicts: 0,
  staleMs: 0,
  deaths: 0,
  gonePushes: 0,
  fullPushes: 0,
  largePushes: 0,
  failedPushes: 0,
  slowPushes: 0,
  slowPushMs: 0,
  slowStarts: 0,
  slowStartMs: 0,
  lostFarewells: 0,
};

/** The sky over one stack. Faults ask it, a driver changes it. */
export class Sky {
  weather: Weather = FINE;
  readonly counts = new Map<FaultKind, number>();
  #dice = new Dice(0);
  #next: FaultKind | null = null;

  /** Begins a new day. */
  change(weather: Weather, seed: number): void {
    this.weather = weather;
    this.#dice = new Dice(seed);
  }

  clear(): void {
    this.weather = FINE;
  }

  /** Whatever the weather: this comes at the next place where it can. */
  strikeNext(kind: FaultKind): void {
    this.#next = kind;
  }

  /** Whether a fault comes here; it is counted where it does. `what` says which call this is. */
  strikes(kind: FaultKind, share: number, what: readonly (string | number)[]): boolean {
    const isNext = this.#next === kind;
    if (isNext) this.#next = null;
    else if (share === 0 || this.#dice.roll(kind, ...what) >= share) return false;
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    return true;
  }

  /** 0 ≤ x < 1 for the size of a fault. */
  roll(...what: readonly (string | number)[]): number {
    return this.#dice.roll(...what);
  }
}
