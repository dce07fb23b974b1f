/** A few switches of one person in this browser: kept in its storage, the same in all tabs, and at hand where storing is forbidden. */
import { createStore, type Store } from '#client/store.ts';

/** Switches and nothing else: what an older page wrote can be told from what is garbage. */
export type Switches = Readonly<Record<string, boolean>>;

/** A set of switches that can be watched and changed. */
export interface StoredSwitches<T extends Switches> extends Store<T> {
  readonly change: (patch: Partial<T>) => void;
}

/** What of the window is used. */
export interface SwitchesScope {
  /** Throws where storing is forbidden. */
  readonly storage: () => Pick<Storage, 'getItem' | 'setItem'>;
  readonly addEventListener: (
    name: 'storage',
    listener: (event: { readonly key: string | null; readonly newValue: string | null }) => void,
  ) => void;
}

const WINDOW: SwitchesScope = {
  storage: () => localStorage,
  addEventListener: (name, listener) => addEventListener(name, listener),
};

const known = new Map<string, unknown>();

/**
 * The switches under a key, which carries whose they are. The same object for the same key.
 * @param key null while nobody knows who this is: then they are the defaults, and a change lasts as long as the page
 */
export function switchesOf<T extends Switches>(key: string | null, defaults: T): StoredSwitches<T> {
  if (key === null) return createSwitches(null, defaults);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each key has one caller, and so one set of defaults
  const before = known.get(key) as StoredSwitches<T> | undefined;
  const switches = before ?? createSwitches(key, defaults);
  known.set(key, switches);
  return switches;
}

/** Switches of their own; `switchesOf` shares them. */
export function createSwitches<T extends Switches>(
  key: string | null,
  defaults: T,
  scope: SwitchesScope = WINDOW,
): StoredSwitches<T> {
  const store = createStore(key === null ? defaults : parseSwitches(read(scope, key), defaults));
  if (key !== null) {
    scope.addEventListener('storage', (event) => {
      // null: everything was cleared at once
      if (event.key !== key && event.key !== null) return;
      store.set(parseSwitches(event.newValue, defaults));
    });
  }
  return {
    initial: defaults,
    getState: store.getState,
    subscribe: store.subscribe,
    change: (patch) => {
      const next = { ...store.getState(), ...patch };
      store.set(next);
      if (key !== null) write(scope, key, next);
    },
  };
}

function read({ storage }: SwitchesScope, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    // forbidden: the defaults serve
    return null;
  }
}

function write({ storage }: SwitchesScope, key: string, switches: Switches): void {
  try {
    storage().setItem(key, JSON.stringify(switches));
  } catch {
    // full or forbidden: it holds for this page
  }
}

/** Those that are known, as they were stored; whatever else stands there is not ours. */
function parseSwitches<T extends Switches>(text: string | null, defaults: T): T {
  const stored = parseRecord(text);
  const entries = Object.keys(defaults).map((name) => {
    const value = stored[name];
    return [name, typeof value === 'boolean' ? value : defaults[name]] as const;
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the very keys of the defaults, and booleans as they are
  return Object.fromEntries(entries) as T;
}

function parseRecord(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
