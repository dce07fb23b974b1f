/** Elections: of the tabs that stand under one name, one at a time is elected. */
import { createStore, type Store } from '#client/store.ts';

import type { Channel } from './channel.ts';
import type { Locks } from './locks.ts';

/** How often the others ask whether the elected tab still answers. */
export const BEAT_MS = 10_000;
/** How long it may be silent, twice in a row. */
const SILENCE_MS = 3_000;

const ASK = 'anybody?';
const ALIVE = 'alive';

export interface ElectionOptions {
  /** Carries the API and the user, so that two people in one browser never meet. */
  readonly name: string;
  /** Null: this tab is alone. */
  readonly locks: Locks | null;
  readonly channel: Pick<Channel, 'post' | 'hear'>;
  /** Runs something later, once. @returns what cancels it */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Hears when the browser puts the page to sleep and wakes it. @returns what ends the listening */
  readonly watchSleep: (listener: (isAsleep: boolean) => void) => () => void;
}

/** A tab that stands for election. */
export interface Candidate {
  /** True in one tab of the name at a time. It may end: another tab took over, or this one was put to sleep. */
  readonly isElected: Store<boolean>;
  /** Stands no more. */
  readonly close: () => void;
}

/** Stands for election until it is closed. A tab that dies, sleeps or hangs is followed by the next one. */
export function electedTab(options: ElectionOptions): Candidate {
  return new Standing(options);
}

class Standing implements Candidate {
  readonly #options: ElectionOptions;
  readonly #isElected = createStore(false);
  readonly #topic: string;
  readonly #stops: (() => void)[];
  #letGo: (() => void) | null = null;
  #cancelBeat: (() => void) | null = null;
  #misses = 0;
  #isAlone: boolean;
  #isClosed = false;

  constructor(options: ElectionOptions) {
    this.#options = options;
    this.#topic = `beat ${options.name}`;
    this.#isAlone = options.locks === null;
    const { channel, watchSleep } = options;
    this.#stops = [
      channel.hear(this.#topic, (body) => this.#onBeat(body)),
      watchSleep((isAsleep) => (isAsleep ? this.#leave() : this.#stand())),
    ];
    this.#stand();
  }

  get isElected(): Store<boolean> {
    return this.#isElected;
  }

  readonly close = (): void => {
    this.#isClosed = true;
    for (const stop of this.#stops) stop();
    this.#leave();
  };

  #stand(steal = false): void {
    if (this.#letGo !== null || this.#isClosed) return;
    const { locks, name } = this.#options;
    if (locks === null || this.#isAlone) {
      this.#isElected.set(true);
      return;
    }
    const onLost = () => {
      this.#letGo = null;
      this.#isElected.set(false);
      this.#stand();
    };
    const onRefused = () => {
      // Nobody to agree with.
      this.#isAlone = true;
      this.#leave();
      this.#stand();
    };
    this.#misses = 0;
    this.#ask();
    this.#letGo = locks.hold(name, { onHeld: () => this.#win(), onLost, onRefused }, { steal });
  }

  #win(): void {
    this.#cancelBeat?.();
    this.#cancelBeat = null;
    // Others who were about to take over from the one before need not.
    this.#options.channel.post(this.#topic, ALIVE);
    this.#isElected.set(true);
  }

  #leave(): void {
    this.#cancelBeat?.();
    this.#letGo?.();
    this.#letGo = null;
    this.#isElected.set(false);
  }

  #onBeat(body: unknown): void {
    if (body === ALIVE) this.#misses = 0;
    else if (this.#isElected.getState()) this.#options.channel.post(this.#topic, ALIVE);
  }

  /** Asks from time to time whether the elected one answers: a lock outlives a page that hangs. */
  #ask(): void {
    const { channel, after } = this.#options;
    this.#misses += 1;
    channel.post(this.#topic, ASK);
    this.#cancelBeat?.();
    this.#cancelBeat = after(SILENCE_MS, () => this.#judge());
  }

  /** Twice silent, as this tab may have slept too, and its timers are the first to wake. */
  #judge(): void {
    if (this.#misses > 1) this.#takeOver();
    else if (this.#misses === 1) this.#ask();
    else this.#cancelBeat = this.#options.after(BEAT_MS, () => this.#ask());
  }

  #takeOver(): void {
    this.#letGo?.();
    this.#letGo = null;
    this.#stand(true);
  }
}
