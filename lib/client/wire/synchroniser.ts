/** Catching up after a pause: everything in use is fetched again, and what fails is tried until it succeeds. */
import type { Ports } from '../ports.ts';
import { asChatError, retryDelayMs } from '../retry.ts';

/** Eventually consistent reads lag by less than this; up to twice as long, so that many do not come at once. */
const SECOND_LOOK_MS = 1_500;

export interface SynchroniserOptions {
  readonly ports: Pick<Ports, 'after' | 'random'>;
  /** Fetches what is in use. @returns what failed */
  readonly look: () => Promise<readonly unknown[]>;
  readonly onError: (error: unknown) => void;
}

/** Looks until it has seen everything. A socket that is open brings what is new, and nothing that was missed. */
export class Synchroniser {
  readonly #options: SynchroniserOptions;
  #cancel: (() => void) | null = null;
  /** Counts the looks that were asked for: an older one has no say any more. */
  #run = 0;

  constructor(options: SynchroniserOptions) {
    this.#options = options;
  }

  /**
   * Begins anew.
   * @param looks two where what is pushed in the first moment may have reached nobody here: senders see
   * a new connection's row a moment late
   */
  begin(looks: 1 | 2): void {
    this.stop();
    void this.#look(looks, 0);
  }

  /** What is under way comes to its end, and nothing follows it. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#run += 1;
  }

  async #look(looks: number, failures: number): Promise<void> {
    const { look, onError, ports } = this.#options;
    const run = this.#run;
    const errors = (await look()).map(asChatError);
    if (run !== this.#run) return;
    errors.forEach(onError);
    const passing = errors.filter(({ retryable }) => retryable);
    if (passing.length > 0) {
      const random = ports.random();
      const delaysMs = passing.map((error) => retryDelayMs(error, failures, random));
      this.#after(Math.max(...delaysMs), () => this.#look(looks, failures + 1));
    } else if (looks > 1) {
      const delayMs = SECOND_LOOK_MS * (1 + ports.random());
      this.#after(delayMs, () => this.#look(looks - 1, 0));
    }
  }

  #after(delayMs: number, look: () => Promise<void>): void {
    this.#cancel = this.#options.ports.after(delayMs, () => void look());
  }
}

/** Waits for all of them. @returns what those threw that failed */
export async function failuresOf(work: readonly Promise<unknown>[]): Promise<readonly unknown[]> {
  const results = await Promise.allSettled(work);
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
}
