/** A network between clients and the fake server on which everything goes wrong that can, by a dice of the test's. */
import type { FetchPort, Ports, SocketListener, SocketPort } from '#client/ports.ts';

import type { FakeClock } from './fake-ports.ts';
import type { FakeServer } from './fake-server.ts';

type Answer = Awaited<ReturnType<FetchPort>>;

/** Numbers from 0 to 1 that a seed decides. */
export function diceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What may become of a call, and how often out of a hundred; what is left is served, a little late. */
const FATES = {
  unreachable: 8,
  'lost answer': 8,
  hangs: 4,
  'very late': 10,
  500: 5,
  503: 4,
  401: 4,
  429: 4,
} as const;

const REFUSALS: Readonly<Record<string, object>> = {
  500: { code: 'internal' },
  503: { code: 'unavailable' },
  401: { code: 'token_expired' },
  429: { code: 'rate_limited', retryAfter: 2 },
};

/** The network of one device. */
export class BadNetwork {
  readonly #server: FakeServer;
  readonly #clock: FakeClock;
  readonly #dice: () => number;
  /** What went wrong so far, by its name: a run without anything proves nothing. */
  readonly faults = new Map<string, number>();
  isBad = true;

  constructor(server: FakeServer, clock: FakeClock, dice: () => number) {
    this.#server = server;
    this.#clock = clock;
    this.#dice = dice;
  }

  readonly ports: Pick<Ports, 'fetch' | 'openSocket'> = {
    fetch: (url, init) =>
      new Promise((resolve, reject) => {
        init.signal.addEventListener('abort', () => reject(new TypeError('aborted')));
        this.#serve(url, init).then(resolve, reject);
      }),
    openSocket: (url, protocols, listener) => this.#open(url, protocols, listener),
  };

  async #serve(url: string, init: Parameters<FetchPort>[1]): Promise<Answer> {
    const fate = this.#isUnlucky() ? this.#fate() : null;
    if (fate !== null) this.#note(fate);
    await this.#pause(300);
    if (fate === 'hangs') return new Promise(() => {});
    if (fate === 'unreachable') throw new TypeError('fetch failed');
    const refusal = REFUSALS[fate ?? ''];
    if (refusal) return refused(Number(fate), refusal);
    const answer = await this.#server.fetch(url, init);
    await this.#pause(fate === 'very late' ? 9_000 : 300);
    if (fate === 'lost answer') throw new TypeError('socket hang up');
    return answer;
  }

  #fate(): string | null {
    let roll = this.#dice() * 100;
    for (const [name, share] of Object.entries(FATES)) {
      roll -= share;
      if (roll < 0) return name;
    }
    return null;
  }

  /** Pushes swap, come twice or not at all; a socket may go silent without a word. */
  #open(url: string, protocols: string[], listener: SocketListener): SocketPort {
    let isSilent = false;
    let isOver = false;
    const socket = this.#server.openSocket(url, protocols, {
      onOpen: () => {
        listener.onOpen();
        if (!this.#isUnlucky() || this.#dice() > 0.2) return;
        this.#clock.after(this.#dice() * 20_000, () => {
          isSilent = this.isBad;
          if (isSilent) this.#note('silent');
        });
      },
      onText: (text) => {
        for (let copies = this.#copies(); copies > 0; copies -= 1) {
          void this.#pause(1_500).then(() => {
            if (!isSilent && !isOver) listener.onText(text);
          });
        }
      },
      onClose: (code) => {
        isOver = true;
        if (!isSilent) listener.onClose(code);
      },
    });
    return {
      send: (text) => {
        if (!isSilent && this.#copies() > 0) socket.send(text);
      },
      close: () => socket.close(),
    };
  }

  #copies(): number {
    const roll = this.#isUnlucky() ? this.#dice() : 1;
    if (roll < 0.1) this.#note('dropped');
    else if (roll < 0.25) this.#note('doubled');
    if (roll < 0.1) return 0;
    return roll < 0.25 ? 2 : 1;
  }

  #isUnlucky(): boolean {
    return this.isBad;
  }

  #pause(upToMs: number): Promise<void> {
    if (!this.isBad) return Promise.resolve();
    return new Promise((resolve) => {
      this.#clock.after(this.#dice() * upToMs, resolve);
    });
  }

  #note(fault: string): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
  }
}

function refused(status: number, body: object): Answer {
  return { status, headers: { get: () => null }, text: async () => JSON.stringify(body) };
}
