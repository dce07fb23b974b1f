/** An observable value: the state of a client, a room or a list. */
/**
 * Something that can be watched. Snapshots are immutable and keep their identity while nothing
 * changed, so both functions fit React's `useSyncExternalStore` as they are (they need no `this`).
 */
export interface Store<State> {
  /** What it began with, which is what a server draws: a part of a page that is hydrated late begins with it, too. */
  readonly initial: State;
  readonly getState: () => State;
  /** @returns what ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A store whose owner may change it. */
export interface WritableStore<State> extends Store<State> {
  /** Replaces the state; the same state again tells nobody. */
  readonly set: (next: State) => void;
}

/** A store with its first state. Listeners hear of a change after it is in place. */
export function createStore<State>(initial: State): WritableStore<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    initial,
    getState: () => state,
    subscribe: (listener) => {
      // Wrapped, so that the same function subscribed twice is two subscriptions.
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    set: (next) => {
      if (Object.is(state, next)) return;
      state = next;
      for (const listener of listeners) listener();
    },
  };
}

/** `next` with `previous` itself where all fields are the same, so that snapshots keep their identity. */
export function keepIdentity<T extends object>(previous: T, next: T): T {
  const before = new Map(Object.entries(previous));
  const fields = Object.entries(next);
  if (before.size !== fields.length) return next;
  return fields.every(([name, value]) => Object.is(before.get(name), value)) ? previous : next;
}

/** The previous list where the next one holds the very same items. */
export function keepItems<T>(previous: readonly T[], next: readonly T[]): readonly T[] {
  return previous.length === next.length && next.every((item, index) => item === previous[index])
    ? previous
    : next;
}
