/** Ports of the client on a clock that only tests move. */
import { memoryStorage, type DeviceSignal, type OutboxStorage, type Ports } from '#client/ports.ts';

import type { FakeServer } from './fake-server.ts';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** Time that stands still until `advance`. */
export class FakeClock {
  nowMs = Date.parse('2026-11-22T12:00:00.000Z');
  #timers: Timer[] = [];
  #count = 0;

  readonly now = (): number => this.nowMs;

  readonly after = (delayMs: number, run: () => void): (() => void) => {
    this.#count += 1;
    const timer = { dueMs: this.nowMs + delayMs, order: this.#count, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** Lets time pass; what timers start is finished before the next one fires. */
  async advance(ms: number): Promise<void> {
    const endMs = this.nowMs + ms;
    await settled();
    for (let timer = this.#next(endMs); timer; timer = this.#next(endMs)) {
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.nowMs = Math.max(this.nowMs, timer.dueMs);
      timer.run();
      await settled();
    }
    this.nowMs = endMs;
  }

  get pending(): number {
    return this.#timers.length;
  }

  #next(endMs: number): Timer | undefined {
    return this.#timers
      .filter((timer) => timer.dueMs <= endMs)
      .sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
  }
}

/** Waits until every promise that can go on has gone on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

export interface FakeDevice {
  readonly ports: Ports;
  /** Tells the client of its network or screen. */
  readonly signal: (signal: DeviceSignal) => void;
  readonly storage: OutboxStorage;
}

/** The ports of one device at a fake server. `random` is 0.5 unless given. */
export function fakeDevice(options: {
  readonly server: FakeServer;
  readonly clock: FakeClock;
  readonly storage?: OutboxStorage;
}): FakeDevice {
  const { server, clock, storage = memoryStorage() } = options;
  const listeners = new Set<(signal: DeviceSignal) => void>();
  return {
    storage,
    signal: (signal) => {
      for (const listener of listeners) listener(signal);
    },
    ports: {
      openSocket: server.openSocket,
      fetch: server.fetch,
      upload: (...request) => server.upload(...request),
      after: clock.after,
      now: clock.now,
      random: () => 0.5,
      newId: () => crypto.randomUUID(),
      storage: () => storage,
      watchDevice: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
}
