/** The session of one client in a browser: one outbox and one socket for all tabs of the same person. */
import type { ChatClient, ChatOptions } from '#client/chat.ts';
import { DEFAULT_PORTS, type DeviceSignal, type Ports } from '#client/ports.ts';

import { scopeOf } from './notify/scope.ts';
import { forgetKept } from './storage/forget-kept.ts';
import { sharedOutbox } from './storage/shared-outbox.ts';
import { unsentDatabase, type UnsentDatabase } from './storage/unsent-database.ts';
import { flagUnsent } from './storage/unsent-flag.ts';
import { type TabBrowser, thisBrowser } from './tabs/browser.ts';
import { TabSocket } from './tabs/tab-socket.ts';
import { createTabs, type OwnTabs, type Tabs } from './tabs/tabs.ts';

const ENDED = 'session ended';

const sessions = new WeakMap<ChatClient, Session>();

/** A client with a session of its own. */
export function createInSession(
  create: (options: ChatOptions) => ChatClient,
  options: ChatOptions,
): ChatClient {
  const session = createSession();
  const client = create({ ...options, ports: { ...session.ports, ...options.ports } });
  sessions.set(client, session);
  return client;
}

/** The tabs of a client's person: one of them is elected. Undefined for a client without a session. */
export function tabsOf(client: ChatClient): Tabs | undefined {
  return sessions.get(client)?.tabs;
}

/** For a logout, before the client is closed: takes away what its person left in this browser. */
export function eraseSession(client: ChatClient): void {
  sessions.get(client)?.erase();
  const scope = scopeOf(client, client.getState());
  if (scope !== null) forgetKept(scope);
}

/** What a client runs on, and what it leaves in the browser. */
export interface Session {
  /** Give them to the client. */
  readonly ports: Pick<Ports, 'openSocket' | 'fetch' | 'storage' | 'watchDevice'>;
  readonly tabs: Tabs;
  /** Takes everything unsent away, here and in the other tabs of the person: they keep nothing from now on. */
  readonly erase: () => void;
}

/** A session that shares nothing before its client knows whose it is, nor where the browser has no locks. */
export function createSession(
  browser: TabBrowser = thisBrowser(),
  real: Session['ports'] = DEFAULT_PORTS,
): Session {
  return new BrowserSession(browser, real);
}

class BrowserSession implements Session {
  readonly #browser: TabBrowser;
  readonly #real: Session['ports'];
  readonly #listeners = new Set<(signal: DeviceSignal) => void>();
  readonly tabs: OwnTabs;
  #name: string | null = null;
  #database: UnsentDatabase | null = null;
  #socket: TabSocket | null = null;

  constructor(browser: TabBrowser, real: Session['ports']) {
    this.#browser = browser;
    this.#real = real;
    this.tabs = createTabs(browser);
  }

  readonly ports: Session['ports'] = {
    storage: (name) => this.#open(name),
    openSocket: (...request) => (this.#socket ?? { open: this.#real.openSocket }).open(...request),
    fetch: (url, init) => this.#real.fetch(url, this.#withDevice(url, init)),
    watchDevice: (listener) => {
      this.#listeners.add(listener);
      const stop = this.#real.watchDevice(listener);
      return () => {
        this.#listeners.delete(listener);
        stop();
      };
    },
  };

  readonly erase = (): void => {
    this.tabs.channel.post(ENDED, null);
    this.#forget();
  };

  /** The client knows who it is now. */
  #open(name: string): ReturnType<Ports['storage']> {
    const { tabs } = this;
    const database = unsentDatabase(name, this.#browser.databases);
    this.#name = name;
    this.#database = database;
    tabs.join(name);
    tabs.channel.hear(ENDED, () => this.#forget());
    if (this.#browser.locks !== null) this.#socket = this.#share(name);
    const flag = (isUnsent: boolean) => this.#flag(isUnsent);
    const outbox = sharedOutbox({ tabs, database, flag });
    return {
      ...outbox,
      close: () => {
        this.#socket?.close();
        outbox.close?.();
      },
    };
  }

  #share(name: string): TabSocket {
    return new TabSocket({
      name,
      load: async () => (await import('./tabs/shared-socket.ts')).SharedSocket,
      tabs: this.tabs,
      browser: this.#browser,
      openSocket: this.#real.openSocket,
      onHurry: () => {
        for (const listener of this.#listeners) listener('online');
      },
    });
  }

  /**
   * The server does not tell a device of its own doings, and the socket of this tab's device serves other tabs too.
   * Of what is sent they hear from the outbox.
   */
  #withDevice(url: string, init: Parameters<Ports['fetch']>[1]): typeof init {
    const isSending = init.method === 'POST' && url.endsWith('/messages');
    if (isSending || this.#socket?.hasFollowers !== true) return init;
    return { ...init, headers: { ...init.headers, 'parley-device': this.tabs.id } };
  }

  #forget(): void {
    this.#database?.erase();
    this.#flag(false);
    this.#name = null;
  }

  #flag(isUnsent: boolean): void {
    if (this.#name !== null) flagUnsent(this.#browser.flags, this.#name, isUnsent);
  }
}
