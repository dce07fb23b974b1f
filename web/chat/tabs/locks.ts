/** Locks that the tabs of one browser share: one holder per name, given back by the browser when a tab dies. */

/** What somebody who asked for a lock hears. */
export interface LockListener {
  readonly onHeld: () => void;
  /** It was taken away, or the browser gives no locks here. */
  readonly onLost: () => void;
}

export interface LockOptions {
  /** `exclusive` unless said otherwise. */
  readonly mode?: 'exclusive' | 'shared';
  /** Takes it from whoever holds it. */
  readonly steal?: boolean;
}

/** The locks of a browser. */
export interface Locks {
  /** Waits for a lock and holds it. @returns what gives it back, or leaves the queue */
  readonly hold: (name: string, listener: LockListener, options?: LockOptions) => () => void;
  /** The names that are held in any tab right now. */
  readonly held: () => Promise<ReadonlySet<string>>;
}

/** The Web Locks of this browser, or null where there are none (no secure context, an old browser). */
export function webLocks(): Locks | null {
  // Typed as always there, which it is in secure contexts only.
  const manager: LockManager | undefined = globalThis.navigator?.locks;
  if (manager === undefined) return null;
  return {
    hold: (name, listener, options) => holdWebLock(manager, { name, listener, ...options }),
    held: async () => {
      const { held = [] } = await manager.query();
      return new Set(held.map((lock) => lock.name ?? ''));
    },
  };
}

function holdWebLock(
  manager: LockManager,
  {
    name,
    listener,
    mode = 'exclusive',
    steal = false,
  }: LockOptions & { name: string; listener: LockListener },
): () => void {
  const leaving = new AbortController();
  const { signal } = leaving;
  const work = () => {
    if (signal.aborted) return undefined;
    listener.onHeld();
    return new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve());
    });
  };
  // A signal beside `steal` is refused.
  manager.request(name, steal ? { steal } : { mode, signal }, work).catch(() => {
    if (!signal.aborted) listener.onLost();
  });
  return () => leaving.abort();
}
