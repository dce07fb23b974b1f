/** The session of one client in a browser: one outbox and one socket for all tabs of the same person. */
import type { ChatClient, ChatOptions } from '#client/chat.ts';
import { DEFAULT_PORTS, type DeviceSignal, type Ports } from '#client/ports.ts';

import { forgetHeld } from './held.ts';
import { scopeOf } from './notify/scope.ts';
import type { Sharing, SharingOptions } from './sharing.ts';
import { forgetKept, forgetUnsent } from './storage/forget-kept.ts';
import { lateOutbox } from './storage/late-outbox.ts';
import { lateSocket } from './tabs/late-socket.ts';
import { createTabs, type OwnTabs, type Tabs } from './tabs/tabs.ts';

/** How long the code for several tabs and visits is waited for: after that this tab goes on as if it were the only one. */
export const PATIENCE_MS = 2_000;

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
  forgetHeld(client);
  sessions.get(client)?.erase();
  const scope = scopeOf(client, client.getState());
  if (scope !== null) forgetKept(`${scope}/`);
}

/** What a client runs on, and what it leaves in the browser. */
export interface Session {
  /** Give them to the client. */
  readonly ports: Pick<Ports, 'openSocket' | 'fetch' | 'storage' | 'watchDevice'>;
  readonly tabs: Tabs;
  /** Takes everything unsent away, here and in the other tabs of the person: they keep nothing from now on. */
  readonly erase: () => void;
}

/** Brings what joins the other tabs. Most people have one, and wrote everything there: so it comes when the chat is there. */
type LoadSharing = () => Promise<(options: SharingOptions) => Sharing>;

/** What a session needs of the world. */
export type SessionPorts = Session['ports'] & Pick<Ports, 'after' | 'newId'>;

/** A session that shares nothing before its client knows whose it is, nor where the browser has no locks. */
export function createSession(
  load: LoadSharing = async () => (await import('./sharing.ts')).shareSession,
  real: SessionPorts = DEFAULT_PORTS,
): Session {
  return new BrowserSession(load, real);
}

class BrowserSession implements Session {
  readonly #load: LoadSharing;
  readonly #real: SessionPorts;
  readonly #listeners = new Set<(signal: DeviceSignal) => void>();
  readonly tabs: OwnTabs;
  #name = '';
  /** Null before the client knows who it is. */
  #joining: Promise<Sharing> | null = null;
  #openSocket: Ports['openSocket'];
  #hasFollowers = () => false;

  constructor(load: LoadSharing, real: SessionPorts) {
    this.#load = load;
    this.#real = real;
    this.#openSocket = real.openSocket;
    this.tabs = createTabs(real.newId());
  }

  readonly ports: Session['ports'] = {
    storage: (name) => this.#open(name),
    openSocket: (...request) => this.#openSocket(...request),
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
    if (this.#joining === null) return;
    // At once: whoever logs out leaves the page, perhaps before the code comes that reaches the other tabs.
    forgetUnsent(this.#name);
    this.#joining.then(({ erase }) => erase()).catch(() => {});
  };

  /** The client knows who it is now. */
  #open(name: string): ReturnType<Ports['storage']> {
    const { openSocket } = this.#real;
    const joining = this.#join(name);
    const soon = this.#inTime(joining);
    this.#name = name;
    this.#joining = joining;
    this.#openSocket = lateSocket(() =>
      soon.then(
        (sharing) => sharing.openSocket,
        () => openSocket,
      ),
    );
    return lateOutbox({ joining, soon });
  }

  async #join(name: string): Promise<Sharing> {
    const share = await this.#load();
    const sharing = share({
      name,
      tabs: this.tabs,
      openSocket: this.#real.openSocket,
      onHurry: () => {
        for (const listener of this.#listeners) listener('online');
      },
    });
    this.#openSocket = sharing.openSocket;
    this.#hasFollowers = sharing.hasFollowers;
    return sharing;
  }

  #inTime<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = this.#real.after(PATIENCE_MS, () => reject(new Error('Not in time.')));
      work.then(resolve, reject).finally(cancel);
    });
  }

  /**
   * The server does not tell a device of its own doings, and the socket of this tab's device serves other tabs too.
   * Of what is sent they hear from the outbox.
   */
  #withDevice(url: string, init: Parameters<Ports['fetch']>[1]): typeof init {
    const isSending = init.method === 'POST' && url.endsWith('/messages');
    if (isSending || !this.#hasFollowers()) return init;
    return { ...init, headers: { ...init.headers, 'parley-device': this.tabs.id } };
  }
}
