/** One person with several tabs at a fake server: real clients and sessions over a browser in memory. */
import { createChatClient } from '#client/chat-client.ts';
import type { ChatClient } from '#client/chat.ts';
import type { RoomHandle } from '#client/conversation.ts';
import type { FetchPort, SocketListener } from '#client/ports.ts';

import { createSession, type Session, type SessionPorts } from '../../web/chat/session.ts';
import { shareSession, type SharingOptions } from '../../web/chat/sharing.ts';
// loaded on demand there, and here before time is held
import '../../web/chat/tabs/shared-socket.ts';
import { FakeBrowser, type FakeTab } from './fake-browser.ts';
import { fakeDevice, settled } from './fake-ports.ts';
import { FakeServer, fakeToken, type Claims } from './fake-server.ts';

export const VENDOR = 'vendor:7';

/** A tab with a chat. */
export interface ChatTab {
  readonly tab: FakeTab;
  readonly client: ChatClient;
  readonly session: Session;
  readonly room: RoomHandle;
  /** What its conversation shows, in order. */
  readonly texts: () => (string | null)[];
}

interface OpenOptions {
  isConnected?: boolean;
  /** When the code for other tabs and visits is there. */
  sharing?: Promise<void>;
}

/** What somebody's tries to send a message were, as the server saw them. */
interface Try {
  readonly id: string;
  readonly after: number | undefined;
  readonly device: string | undefined;
}

export class FakeTabs {
  readonly browser = new FakeBrowser();
  readonly clock = this.browser.clock;
  readonly server = new FakeServer(this.clock.now);
  readonly tries: Try[] = [];
  readonly #clients: ChatClient[] = [];

  /** Opens a tab in which somebody looks at their room with the shop. */
  async open(
    claims: Claims,
    tab = this.browser.open(),
    { isConnected = true, sharing = Promise.resolve() }: OpenOptions = {},
  ): Promise<ChatTab> {
    const load = async () => {
      await sharing;
      return (options: SharingOptions) => shareSession(options, tab.browser);
    };
    const session = createSession(load, this.#portsOf(tab));
    const { ports } = fakeDevice({ server: this.server, clock: this.clock });
    const client = createChatClient({
      api: 'http://fake/v1',
      socket: 'ws://fake/ws',
      token: async () => fakeToken({ exp: this.clock.now() / 1000 + 36_000, ...claims }),
      ports: { ...ports, after: tab.browser.after, ...session.ports },
    });
    this.#clients.push(client);
    if (isConnected) client.connect();
    const stored = this.server.roomOf(`customer:${claims.sub}`, VENDOR);
    const room = client.room(stored.roomId);
    if (isConnected) {
      room.watch();
      room.loadLatest().catch(() => {});
    }
    await this.rest();
    const texts = () => room.getState().messages.map(({ text }) => text);
    return { tab, client, session, room, texts };
  }

  /** Waits until nothing goes on by itself, the database included. */
  async rest(): Promise<void> {
    for (let round = 0; round < 6; round += 1) await settled();
  }

  /** Lets time pass in steps, so that whatever a timer starts comes to its end. */
  async pass(ms: number): Promise<void> {
    for (let done = 0; done < ms; done += 1_000) {
      await this.clock.advance(1_000);
      await settled();
    }
  }

  close(): void {
    for (const client of this.#clients.splice(0)) client.close();
  }

  /** What a dead tab waits for never comes. */
  #portsOf(tab: FakeTab): SessionPorts {
    const { ports } = fakeDevice({ server: this.server, clock: this.clock });
    return {
      ...ports,
      after: tab.browser.after,
      newId: () => crypto.randomUUID(),
      fetch: (url, init) => this.#fetch(tab, url, init),
      openSocket: (url, protocols, listener) => {
        const socket = this.server.openSocket(url, protocols, inTab(tab, listener));
        tab.onDeath(() => socket.close());
        return socket;
      },
    };
  }

  #fetch(tab: FakeTab, url: string, init: Parameters<FetchPort>[1]): ReturnType<FetchPort> {
    return new Promise((resolve, reject) => {
      if (!tab.isAlive) return;
      if (init.method === 'POST' && url.endsWith('/messages')) {
        const { id, after } = JSON.parse(init.body ?? '{}') as Try;
        this.tries.push({ id, after, device: init.headers['parley-device'] });
      }
      this.server.fetch(url, init).then(
        (answer) => tab.run(() => resolve(answer)),
        (error: unknown) => tab.run(() => reject(error)),
      );
    });
  }
}

function inTab(tab: FakeTab, listener: SocketListener): SocketListener {
  return {
    onOpen: () => tab.run(listener.onOpen),
    onText: (text) => tab.run(() => listener.onText(text)),
    onClose: (code) => tab.run(() => listener.onClose(code)),
  };
}
