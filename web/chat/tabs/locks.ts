/** Locks that the tabs of one browser share: one holder per name, given back by the browser when a tab dies. */

/** What somebody who asked for a lock hears. */
export interface LockListener {
  readonly onHeld: () => void;
  /** Another tab took it away. */
  readonly onLost: () => void;
  /** The browser gives no locks to this page. */
  readonly onRefused: () => void;
}

/** The locks of a browser. */
export interface Locks {
  /** Waits for a lock, or takes it from whoever holds it (`steal`), and holds it. @returns what gives it back, or leaves the queue */
  readonly hold: (name: string, listener: LockListener, options?: { steal: boolean }) => () => void;
  /** The names that are held in any tab right now. */
  readonly held: () => Promise<readonly string[]>;
}

/** The Web Locks of this browser, or null where there are none (no secure context, an old browser). */
export function webLocks(): Locks | null {
  // Typed as always there, which it is in secure contexts only.
  const manager: LockManager | undefined = globalThis.navigator?.locks;
  if (manager === undefined) return null;
  return {
    hold: (name, listener, { steal } = { steal: false }) => {
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
      manager.request(name, steal ? { steal } : { signal }, work).catch((error: unknown) => {
        if (signal.aborted) return;
        if (error instanceof DOMException && error.name === 'AbortError') listener.onLost();
        else listener.onRefused();
      });
      return () => leaving.abort();
    },
    held: async () => {
      const { held = [] } = await manager.query();
      return held.map((lock) => lock.name ?? '');
    },
  };
}
