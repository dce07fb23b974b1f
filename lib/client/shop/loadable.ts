/** A thing that is loaded and then shown: its store, one request at a time, and why it failed. */
import type { Loaded } from '../chat.ts';
import { asChatError } from '../retry.ts';
import { createStore, type WritableStore } from '../store.ts';

/** A loaded thing and what its owner does with it. */
export interface Loadable<T> {
  readonly store: WritableStore<Loaded<T>>;
  /** @throws ChatError (also in the state) */
  readonly load: () => Promise<void>;
  /** Puts what the server said elsewhere. */
  readonly put: (value: T) => void;
}

/** A thing that nobody asked for yet. */
export function createLoadable<T>(ask: () => Promise<T>): Loadable<T> {
  const store = createStore<Loaded<T>>({ value: null, status: 'idle', error: null });
  let loading: Promise<void> | null = null;
  const put = (value: T) => store.set({ value, status: 'ready', error: null });

  async function run(): Promise<void> {
    const before = store.getState();
    if (before.value === null) store.set({ ...before, status: 'loading', error: null });
    try {
      put(await ask());
    } catch (cause) {
      const error = asChatError(cause);
      const { value } = store.getState();
      store.set({ value, status: value === null ? 'failed' : 'ready', error });
      throw error;
    }
  }

  const load = () => {
    loading ??= run().finally(() => {
      loading = null;
    });
    return loading;
  };
  return { store, load, put };
}
