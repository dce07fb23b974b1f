/** The socket of one tab: its own as long as the person has no other tab here, and a shared one from then on. */
import type { Ports, SocketListener, SocketPort } from '#client/ports.ts';

import type { JoinedTabs } from './join-tabs.ts';
import { lateSocket, LOST } from './late-socket.ts';
import type { SharedSocket, SharedSocketOptions } from './shared-socket.ts';

const JOINED = 'joined';

export interface TabSocketOptions extends Omit<SharedSocketOptions, 'tabs'> {
  readonly tabs: Pick<JoinedTabs, 'id' | 'channel' | 'living'>;
  /** Brings the code for several tabs, which most people never need. */
  readonly load: () => Promise<typeof SharedSocket>;
}

/** Takes the place of the port that opens sockets. */
export class TabSocket {
  readonly #options: TabSocketOptions;
  /** Ends each socket of this tab's own. */
  readonly #own = new Set<() => void>();
  readonly #stop: () => void;
  /** Resolves when it is known whether other tabs are there. */
  readonly #looking: Promise<void>;
  #sharing: Promise<void> | null = null;
  #shared: SharedSocket | null = null;
  #isClosed = false;

  constructor(options: TabSocketOptions) {
    this.#options = options;
    const { channel, living } = options.tabs;
    this.#stop = channel.hear(JOINED, () => void this.#share());
    channel.post(JOINED, null);
    this.#looking = living().then(({ size }) => (size > 1 ? this.#share() : undefined));
  }

  readonly open: Ports['openSocket'] = lateSocket(async () => {
    await this.#looking;
    return (this.#shared ?? { open: this.#openOwn }).open;
  });

  /** Whether what this tab does has to come back over its socket, for other tabs to hear. */
  get hasFollowers(): boolean {
    return this.#shared?.hasFollowers ?? false;
  }

  close(): void {
    this.#isClosed = true;
    this.#stop();
    this.#shared?.close();
  }

  readonly #openOwn = (url: string, protocols: string[], listener: SocketListener): SocketPort => {
    const own = this.#own;
    const real = this.#options.openSocket(url, protocols, {
      ...listener,
      onClose: (code) => {
        if (own.delete(end)) listener.onClose(code);
      },
    });
    const end = () => {
      own.delete(end);
      real.close();
      listener.onClose(LOST);
    };
    own.add(end);
    return {
      send: (text) => real.send(text),
      close: () => {
        own.delete(end);
        real.close();
      },
    };
  };

  /** Whoever has a socket of their own comes back at once to the shared one, and reads what was missed meanwhile. */
  #share(): Promise<void> {
    this.#sharing ??= this.#options.load().then(
      (Shared) => {
        if (this.#isClosed) return;
        this.#shared = new Shared(this.#options);
        const wasOpen = this.#own.size > 0;
        for (const end of this.#own) end();
        if (wasOpen) this.#options.onHurry();
      },
      () => {
        // Without that code each tab goes on with a socket of its own; the next tab is another chance.
        this.#sharing = null;
      },
    );
    return this.#sharing;
  }
}
