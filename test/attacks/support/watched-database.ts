/** The database under attack: what each invocation asked of it, and answers that wait until a test lets them go. */
import {
  type DatabaseCall,
  type DatabaseFault,
  type FaultProxy,
  startFaultProxy,
} from '../../faults/faults/proxy.ts';

/** An answer that waits. */
export interface Held {
  /** The database has done it, and its answer waits. */
  readonly arrived: Promise<void>;
  release(): void;
}

interface Hold {
  readonly matches: (call: DatabaseCall) => boolean;
  readonly arrive: () => void;
  readonly released: Promise<void>;
}

interface Seen {
  readonly trace: string;
  readonly text: string;
}

const QUIET_MS = 1_500;

/** Its `open` is a stack's `functionsDatabase`. */
export class WatchedDatabase {
  readonly #holds = new Set<Hold>();
  #seen: Seen[] = [];
  #proxy: FaultProxy | null = null;

  readonly open = async (endpoint: string): Promise<string> => {
    this.#proxy = await startFaultProxy(endpoint, [this.#watch]);
    return this.#proxy.url;
  };

  async stop(): Promise<void> {
    await this.#proxy?.close();
  }

  /** Waits until the streams have nothing more to ask. */
  async quiet(): Promise<void> {
    do {
      this.#seen = [];
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    } while (this.#seen.length > 0);
  }

  /** All calls of the invocations that named a thing meanwhile, with a mark in its place; sorted, for some run at once. */
  async askedAbout(thing: string, work: () => Promise<unknown>): Promise<string[]> {
    this.#seen = [];
    await work();
    const traces = new Set(
      this.#seen.filter(({ text }) => text.includes(thing)).map(({ trace }) => trace),
    );
    return this.#seen
      .filter(({ trace }) => traces.has(trace))
      .map(({ text }) => text.replaceAll(thing, 'THING'))
      .toSorted();
  }

  /** Holds the answer of the next call that matches. */
  hold(matches: (call: DatabaseCall) => boolean): Held {
    const arrival = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    this.#holds.add({ matches, arrive: arrival.resolve, released: release.promise });
    return { arrived: arrival.promise, release: release.resolve };
  }

  readonly #watch: DatabaseFault = async (call, next) => {
    const { operation, table, body, trace } = call;
    this.#seen.push({ trace, text: `${operation} ${table} ${JSON.stringify(body)}` });
    const answer = await next();
    for (const hold of this.#holds) {
      if (!hold.matches(call)) continue;
      this.#holds.delete(hold);
      hold.arrive();
      await hold.released;
    }
    return answer;
  };
}
