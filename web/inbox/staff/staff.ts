/** The colleagues of this shop, as far as this browser met them: no route lists them, so who wrote, noted or looked is remembered. */

/** Names by user. */
export type Names = ReadonlyMap<string, string>;

/** A colleague as messages, notes and focus name them. */
export interface Person {
  readonly user: string;
  readonly name: string;
}

/** The part of the browser's storage that is used; asking for it may already throw where it is forbidden. */
export type NameStorage = () => Pick<Storage, 'getItem' | 'setItem'> | null;

/** More than a shop has; whoever was met first is forgotten first. */
const MAX_NAMES = 200;

/** A store of names, kept under a name in the storage; one that is full or forbidden only forgets. */
export class Staff {
  readonly #storage: NameStorage;
  readonly #key: string;
  readonly #listeners = new Set<() => void>();
  #names: Names;

  constructor(storage: NameStorage, key: string) {
    this.#storage = storage;
    this.#key = key;
    this.#names = this.#restore();
  }

  readonly initial: Names = new Map();

  readonly getState = (): Names => this.#names;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Meets people; those known by the same name already change nothing. */
  meet(people: readonly Person[]): void {
    const unknown = people.filter(
      ({ user, name }) => name !== '' && this.#names.get(user) !== name,
    );
    if (unknown.length === 0) return;
    const all = [...this.#names, ...unknown.map(({ user, name }) => [user, name] as const)];
    this.#names = new Map(all.slice(-MAX_NAMES));
    this.#keep();
    for (const listener of this.#listeners) listener();
  }

  #restore(): Names {
    try {
      return new Map(parseNames(JSON.parse(this.#storage()?.getItem(this.#key) ?? '[]')));
    } catch {
      return new Map();
    }
  }

  #keep(): void {
    try {
      this.#storage()?.setItem(this.#key, JSON.stringify([...this.#names]));
    } catch {
      // Names are decoration: the next page meets them again.
    }
  }
}

function parseNames(value: unknown): [string, string][] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (entry): entry is [string, string] =>
      Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'string',
  );
}
