/** A browser with several tabs: locks, channels and a clock in memory, and tabs that die, hang and sleep on order. */
import { IDBFactory } from 'fake-indexeddb';

import type { TabBrowser } from '../../web/chat/tabs/browser.ts';
import type { LockListener, Locks } from '../../web/chat/tabs/locks.ts';
import { FakeClock } from './fake-ports.ts';

interface Request {
  readonly tab: FakeTab;
  readonly listener: LockListener;
}

/** One tab of it. */
export class FakeTab {
  readonly browser: TabBrowser;
  readonly #world: FakeBrowser;
  readonly #sleepers = new Set<(isAsleep: boolean) => void>();
  /** What happens to it while it hangs, to be done once it goes on. */
  readonly #backlog: (() => unknown)[] = [];
  readonly #ends: (() => void)[] = [];
  isAlive = true;
  #hangs = false;

  constructor(world: FakeBrowser, hasLocks: boolean) {
    this.#world = world;
    this.browser = {
      locks: hasLocks ? this.#locks() : null,
      openBroadcast: (name, onData) => world.join(this, name, onData),
      after: (delayMs, run) => {
        let isCancelled = false;
        const cancel = world.clock.after(delayMs, () => this.run(() => isCancelled || run()));
        return () => {
          isCancelled = true;
          cancel();
        };
      },
      watchSleep: (listener) => {
        this.#sleepers.add(listener);
        return () => void this.#sleepers.delete(listener);
      },
      databases: () => world.databases,
      flags: () => world.flags,
    };
  }

  /** Does something in this tab, as far as it lives and does not hang. */
  readonly run = (work: () => unknown): void => {
    if (!this.isAlive) return;
    if (this.#hangs) this.#backlog.push(work);
    else work();
  };

  /** Closed, killed or crashed: the browser frees its locks, and it does nothing any more. */
  die(): void {
    this.isAlive = false;
    for (const end of this.#ends.splice(0)) end();
    this.#world.bury(this);
  }

  onDeath(run: () => void): void {
    this.#ends.push(run);
  }

  /** Its script stands still; its locks are held on. */
  hang(): void {
    this.#hangs = true;
  }

  goOn(): void {
    this.#hangs = false;
    for (const work of this.#backlog.splice(0)) this.run(work);
  }

  sleep(): void {
    for (const listener of this.#sleepers) listener(true);
    this.#hangs = true;
  }

  wake(): void {
    this.goOn();
    for (const listener of this.#sleepers) listener(false);
  }

  #locks(): Locks {
    return {
      hold: (name, listener, options) =>
        this.#world.hold(name, { tab: this, listener }, options?.steal === true),
      held: async () => this.#world.held(),
    };
  }
}

/** The browser: what its tabs share. */
export class FakeBrowser {
  readonly clock: FakeClock;
  databases = new IDBFactory();
  readonly kept = new Map<string, string>();
  readonly flags = {
    setItem: (key: string, value: string) => void this.kept.set(key, value),
    removeItem: (key: string) => void this.kept.delete(key),
  };
  /** The first one of a queue holds the lock. */
  readonly #queues = new Map<string, Request[]>();
  readonly #channels = new Map<string, Set<{ tab: FakeTab; onData: (data: unknown) => void }>>();

  constructor(clock = new FakeClock()) {
    this.clock = clock;
  }

  open({ hasLocks = true } = {}): FakeTab {
    return new FakeTab(this, hasLocks);
  }

  held(): string[] {
    return [...this.#queues].filter(([, queue]) => queue.length > 0).map(([name]) => name);
  }

  /** Who holds a lock now. */
  holder(name: string): FakeTab | undefined {
    return this.#queues.get(name)?.[0]?.tab;
  }

  hold(name: string, request: Request, steal: boolean): () => void {
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    if (steal) {
      const robbed = queue.shift();
      queue.unshift(request);
      if (robbed) later(() => robbed.tab.run(robbed.listener.onLost));
    } else queue.push(request);
    if (queue[0] === request) this.#grant(name, request);
    return () => this.#remove(name, request);
  }

  bury(tab: FakeTab): void {
    for (const [name, queue] of this.#queues) {
      for (const request of queue.filter((it) => it.tab === tab)) this.#remove(name, request);
    }
    for (const ends of this.#channels.values()) {
      for (const end of ends) if (end.tab === tab) ends.delete(end);
    }
  }

  join(tab: FakeTab, name: string, onData: (data: unknown) => void) {
    const ends = this.#channels.get(name) ?? new Set();
    this.#channels.set(name, ends);
    const own = { tab, onData };
    ends.add(own);
    return {
      post: (data: unknown) => {
        if (!tab.isAlive) return;
        const copy: unknown = structuredClone(data);
        for (const end of ends) {
          if (end !== own) later(() => end.tab.run(() => ends.has(end) && end.onData(copy)));
        }
      },
      close: () => void ends.delete(own),
    };
  }

  #grant(name: string, request: Request): void {
    const grant = () => {
      if (this.#queues.get(name)?.[0] === request) request.listener.onHeld();
    };
    later(() => request.tab.run(grant));
  }

  #remove(name: string, request: Request): void {
    const queue = this.#queues.get(name) ?? [];
    const wasFirst = queue[0] === request;
    const index = queue.indexOf(request);
    if (index !== -1) queue.splice(index, 1);
    const next = queue[0];
    if (wasFirst && next) this.#grant(name, next);
  }
}

/** As a browser does it: never in the same breath. */
function later(run: () => void): void {
  setImmediate(run);
}
