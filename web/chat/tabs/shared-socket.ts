/** One socket for all tabs of a person: the elected tab holds it, the others send and hear through that tab. */
import { Echoes } from '#client/wire/echoes.ts';
import type { Ports, SocketListener, SocketPort } from '#client/ports.ts';

import type { TabBrowser } from './browser.ts';
import { type Candidate, electedTab } from './election.ts';
import { kindOf, parseTalk, type SocketTalk } from './socket-talk.ts';
import type { Tabs } from './tabs.ts';

const TOPIC = 'socket';
/** What a browser says of a socket that was lost. */
const LOST = 1006;
/** The followers of a tab that died do not all come back at the very same moment. */
const HURRY_MS = 250;

export interface SharedSocketOptions {
  readonly name: string;
  readonly tabs: Pick<Tabs, 'id' | 'channel'>;
  readonly browser: TabBrowser;
  readonly openSocket: Ports['openSocket'];
  /** Whoever waits to reconnect need not wait longer. */
  readonly onHurry: () => void;
}

/** A socket as this tab's client sees it. */
interface End {
  readonly url: string;
  readonly protocols: string[];
  readonly listener: SocketListener;
  /** Null where another tab holds it. */
  real: SocketPort | null;
  isOpen: boolean;
}

/** The shared socket as one tab sees it: holder or follower for as long as its client wants a socket. */
export class SharedSocket {
  readonly #options: SharedSocketOptions;
  readonly #stops: readonly (() => void)[];
  readonly #ends = new Set<End>();
  readonly #echoes = new Echoes(() => this.#ends.size);
  /** The other tabs that hear through this one. */
  readonly #followers = new Set<string>();
  #candidate: Candidate | null = null;
  #cancelHurry: (() => void) | null = null;

  constructor(options: SharedSocketOptions) {
    this.#options = options;
    const { tabs, browser } = options;
    this.#stops = [
      tabs.channel.hear(TOPIC, (body) => {
        const talk = parseTalk(body);
        if (talk !== null) this.#hear(talk);
      }),
      browser.watchSleep((isAsleep) => (isAsleep ? this.#sleep() : this.#hurry())),
    ];
  }

  /** Takes the place of the port that opens sockets. */
  readonly open = (url: string, protocols: string[], listener: SocketListener): SocketPort => {
    const end: End = { url, protocols, listener, real: null, isOpen: false };
    this.#ends.add(end);
    // Later, as a real one: the caller must know what it opened before it hears of it.
    queueMicrotask(() => this.#begin(end));
    return { send: (text) => this.#send(end, text), close: () => this.#drop(end) };
  };

  /** Whether what this tab does has to come back over its socket, for other tabs to hear. */
  get hasFollowers(): boolean {
    return this.#followers.size > 0;
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#cancelHurry?.();
    for (const end of this.#ends) this.#drop(end);
  }

  #begin(end: End): void {
    if (!this.#ends.has(end)) return;
    if (this.#candidate === null) this.#stand();
    else if (this.#isHolder()) this.#connect(end);
    else if ([...this.#ends].some(({ isOpen }) => isOpen)) this.#show(end);
    if (!this.#isHolder()) this.#say({ type: 'hello', tab: this.#options.tabs.id });
  }

  #stand(): void {
    const { name, browser, tabs } = this.#options;
    const candidate = electedTab({ ...browser, name: `${name} socket`, channel: tabs.channel });
    this.#candidate = candidate;
    candidate.isElected.subscribe(() => {
      if (candidate === this.#candidate) this.#onElection();
    });
    if (this.#isHolder()) this.#onElection();
  }

  #isHolder(): boolean {
    return this.#candidate?.isElected.getState() ?? false;
  }

  /** Won: whatever was open went through a tab that is gone. Lost: nothing may stay open here. */
  #onElection(): void {
    const isHolder = this.#isHolder();
    if (isHolder) this.#say({ type: 'gone', isFree: true });
    const lost = [...this.#ends].filter(({ isOpen }) => isOpen || !isHolder);
    for (const end of this.#ends) if (!lost.includes(end)) this.#connect(end);
    for (const end of lost) this.#lose(end);
    if (lost.length > 0) this.#hurry();
  }

  #connect(end: End): void {
    const { url, protocols, listener } = end;
    try {
      end.real = this.#options.openSocket(url, protocols, {
        onOpen: () => {
          this.#show(end);
          this.#say({ type: 'open' });
        },
        onText: (text) => {
          if (this.#ends.has(end)) listener.onText(text);
          if (!this.#ends.has(end) || this.#echoes.isEcho(end, text)) return;
          this.#say({ type: 'in', text });
        },
        onClose: (code) => this.#lose(end, code),
      });
    } catch {
      this.#lose(end);
    }
  }

  #show(end: End): void {
    if (!this.#ends.has(end)) return;
    end.isOpen = true;
    end.listener.onOpen();
  }

  /** It ended by itself. */
  #lose(end: End, code = LOST): void {
    if (!this.#ends.has(end)) return;
    this.#end(end, false);
    end.listener.onClose(code);
  }

  /** The page is put to sleep: others may have one at once. */
  #sleep(): void {
    for (const end of this.#ends) {
      this.#drop(end);
      end.listener.onClose(LOST);
    }
  }

  /** This tab wants it no more. */
  #drop(end: End): void {
    if (this.#ends.has(end)) this.#end(end, true);
  }

  #end(end: End, isFree: boolean): void {
    this.#ends.delete(end);
    end.real?.close();
    const wasLast = end.isOpen && this.#newest() === undefined;
    if (wasLast && this.#isHolder()) this.#say({ type: 'gone', isFree });
    if (this.#ends.size === 0) this.#leave();
  }

  #leave(): void {
    const candidate = this.#candidate;
    if (!this.#isHolder()) this.#say({ type: 'bye', tab: this.#options.tabs.id });
    this.#candidate = null;
    this.#followers.clear();
    candidate?.close();
  }

  /** Throws where the frame must take another way: the client then asks over HTTP. */
  #send(end: End, text: string): void {
    const kind = kindOf(text);
    if (this.#isHolder()) {
      // The server tells all devices but the asking one, which would be all of these tabs.
      if (kind === 'asks' && this.hasFollowers) throw new Error('Ask over HTTP.');
      end.real?.send(text);
    } else if (!end.isOpen || kind === 'asks' || kind === 'sends') {
      throw new Error('Not over the socket of another tab.');
    } else this.#say({ type: 'out', text });
  }

  #hear(talk: SocketTalk): void {
    if (this.#isHolder()) this.#hearAsHolder(talk);
    else this.#hearAsFollower(talk);
  }

  #hearAsHolder(talk: SocketTalk): void {
    const open = this.#newest();
    if (talk.type === 'hello' || talk.type === 'here') this.#followers.add(talk.tab);
    if (talk.type === 'bye') this.#followers.delete(talk.tab);
    if (talk.type === 'hello' && open !== undefined) this.#say({ type: 'open' });
    if (talk.type === 'out') open?.real?.send(talk.text);
  }

  #hearAsFollower(talk: SocketTalk): void {
    if (talk.type === 'open') this.#onHolderOpen();
    else if (talk.type === 'in') this.#newest()?.listener.onText(talk.text);
    else if (talk.type === 'gone') {
      if (talk.isFree) this.#hurry();
      for (const end of this.#ends) if (end.isOpen) this.#lose(end);
    }
  }

  #onHolderOpen(): void {
    if (this.#ends.size === 0) {
      this.#hurry();
      return;
    }
    for (const end of this.#ends) if (!end.isOpen) this.#show(end);
    this.#say({ type: 'here', tab: this.#options.tabs.id });
  }

  /** During a renewal two are open; what comes in is told once. */
  #newest(): End | undefined {
    return [...this.#ends].findLast(({ isOpen }) => isOpen);
  }

  #hurry(): void {
    const { browser, onHurry } = this.#options;
    this.#cancelHurry?.();
    this.#cancelHurry = browser.after(HURRY_MS * Math.random(), onHurry);
  }

  #say(talk: SocketTalk): void {
    this.#options.tabs.channel.post(TOPIC, talk);
  }
}
