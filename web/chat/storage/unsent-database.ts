/** Unsent messages in IndexedDB: they outlive a reload and a killed tab, and every tab of the person finds them. */
import type { OutboxEntry } from '#client/ports.ts';

/** Another shape of the records is another version: what an older page left unsent in its own shape is given up. */
const VERSION = 1;
const STORE = 'unsent';
/** A browser whose database hangs must not hold up what can be sent from memory. */
const PATIENCE_MS = 2_000;

/** An unsent message as it is stored. */
export interface UnsentRecord {
  readonly id: string;
  readonly entry: OutboxEntry;
  /** The tab that wrote it. */
  readonly owner: string;
}

/** The database of one person. Every call rejects where the browser refuses to store, or does not answer. */
export interface UnsentDatabase {
  readonly load: () => Promise<readonly UnsentRecord[]>;
  readonly put: (record: UnsentRecord) => Promise<void>;
  /** @returns how many are left */
  readonly remove: (id: string) => Promise<number>;
  readonly close: () => void;
  /** Stores nothing from now on, and deletes what is there. */
  readonly erase: () => void;
}

/** The database of that name, which carries the API and the user; opened at first use. */
export function unsentDatabase(name: string, factory: () => IDBFactory): UnsentDatabase {
  return new Database(name, factory);
}

class Database implements UnsentDatabase {
  readonly #name: string;
  readonly #factory: () => IDBFactory;
  #opening: Promise<IDBDatabase> | null = null;
  /** It did not answer once: it is not asked again on this page. */
  #isSilent = false;
  #isErased = false;

  constructor(name: string, factory: () => IDBFactory) {
    this.#name = name;
    this.#factory = factory;
  }

  readonly load = async (): Promise<readonly UnsentRecord[]> => {
    if (this.#isErased) return [];
    const found = await this.#run('readonly', (store) => store.getAll());
    return found.filter(isRecord);
  };

  readonly put = async (record: UnsentRecord): Promise<void> => {
    if (!this.#isErased) await this.#run('readwrite', (store) => store.put(record));
  };

  readonly remove = async (id: string): Promise<number> =>
    this.#isErased
      ? 0
      : this.#run('readwrite', (store) => {
          store.delete(id);
          return store.count();
        });

  readonly close = (): void => {
    void this.#opening?.then((database) => database.close()).catch(() => {});
    this.#opening = null;
  };

  readonly erase = (): void => {
    this.#isErased = true;
    this.close();
    try {
      this.#factory().deleteDatabase(this.#name);
    } catch {
      // No storage at all here, so nothing is left in it either.
    }
  };

  async #run<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    if (this.#isSilent) throw new Error(`The database ${this.#name} did not answer.`);
    try {
      return await this.#inTime(this.#open().then((database) => transact(database, mode, work)));
    } catch (error) {
      // Opened anew by the next call: this one may have been closed by the browser.
      this.close();
      throw error;
    }
  }

  #inTime<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#isSilent = true;
        reject(new Error(`The database ${this.#name} is silent.`));
      }, PATIENCE_MS);
      answer.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  #open(): Promise<IDBDatabase> {
    this.#opening ??= openDatabase(this.#factory(), this.#name, () => this.close());
    return this.#opening;
  }
}

async function openDatabase(
  factory: IDBFactory,
  name: string,
  onGone: () => void,
): Promise<IDBDatabase> {
  const request = factory.open(name, VERSION);
  request.addEventListener('upgradeneeded', () => {
    const database = request.result;
    for (const store of database.objectStoreNames) database.deleteObjectStore(store);
    database.createObjectStore(STORE, { keyPath: 'id' });
  });
  const database = await settled(request);
  // Another tab erases it or brings the next version, or the browser swept it.
  database.addEventListener('versionchange', onGone);
  database.addEventListener('close', onGone);
  return database;
}

/** One transaction. It is committed in the same breath: a page that dies right after has stored it. */
function transact<T>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const transaction = database.transaction(STORE, mode);
  return new Promise((resolve, reject) => {
    const request = work(transaction.objectStore(STORE));
    transaction.addEventListener('complete', () => resolve(request.result));
    transaction.addEventListener('abort', () => reject(transaction.error ?? request.error));
    transaction.commit();
  });
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

/** What cannot be read is passed over: a fault of this browser, or of an older page, must not hold up the rest. */
function isRecord(value: unknown): value is UnsentRecord {
  return (
    isObject(value) &&
    typeof value['id'] === 'string' &&
    typeof value['owner'] === 'string' &&
    isEntry(value['entry'])
  );
}

/** Whether something has what an unsent message cannot do without. */
export function isEntry(value: unknown): value is OutboxEntry {
  return (
    isObject(value) &&
    typeof value['roomId'] === 'string' &&
    typeof value['queuedAt'] === 'string' &&
    isObject(value['message']) &&
    typeof value['message']['id'] === 'string'
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
