/** The tabs of one person in one browser: one is elected, all hear one another, and none ever meets another person's. */
import { createStore, type Store } from '#client/store.ts';

import { type TabBrowser, thisBrowser } from './browser.ts';
import { type Channel, createChannel } from './channel.ts';
import { electedTab } from './election.ts';

/** The tabs of one person, seen from one of them. Before the first token names the person it is alone and not elected. */
export interface Tabs {
  /** A random name of this tab. */
  readonly id: string;
  /** True in one tab of this person at a time: it sends what is unsent. */
  readonly isElected: Store<boolean>;
  /** Tells the person's other tabs, and hears them. */
  readonly channel: Pick<Channel, 'post' | 'hear'>;
  /** The ids of all tabs of this person that live now, this one included. */
  readonly living: () => Promise<ReadonlySet<string>>;
}

/** Tabs that a session names, and leaves. */
export interface OwnTabs extends Tabs {
  /** The name carries the API and the user. */
  readonly join: (name: string) => void;
  readonly leave: () => void;
}

/** Tabs without a name yet. Nothing is asked of the browser before `join`. */
export function createTabs(browser: TabBrowser = thisBrowser()): OwnTabs {
  return new JoinedTabs(browser);
}

class JoinedTabs implements OwnTabs {
  readonly #browser: TabBrowser;
  readonly #isElected = createStore(false);
  readonly #ends: (() => void)[] = [];
  readonly channel: Channel;
  readonly id: string;
  #name: string | null = null;

  constructor(browser: TabBrowser) {
    this.#browser = browser;
    this.id = browser.newId();
    this.channel = createChannel(browser.openBroadcast);
  }

  get isElected(): Store<boolean> {
    return this.#isElected;
  }

  readonly living = async (): Promise<ReadonlySet<string>> => {
    const { locks } = this.#browser;
    const held = await locks?.held().catch(() => []);
    const prefix = tabLock(this.#name ?? '', '');
    const names = (held ?? []).filter((name) => name.startsWith(prefix));
    return new Set([this.id, ...names.map((name) => name.slice(prefix.length))]);
  };

  readonly join = (name: string): void => {
    if (this.#name !== null) return;
    this.#name = name;
    this.channel.open(name);
    const { locks } = this.#browser;
    const letGo = locks?.hold(tabLock(name, this.id), SILENT);
    const candidate = electedTab({ ...this.#browser, name, channel: this.channel });
    this.#ends.push(candidate.close, () => letGo?.());
    const follow = () => this.#isElected.set(candidate.isElected.getState());
    candidate.isElected.subscribe(follow);
    follow();
  };

  readonly leave = (): void => {
    for (const end of this.#ends.splice(0)) end();
    this.channel.close();
  };
}

const SILENT = { onHeld: () => {}, onLost: () => {}, onRefused: () => {} };

/** Held by a tab for as long as it lives. */
function tabLock(name: string, id: string): string {
  return `${name} tab ${id}`;
}
