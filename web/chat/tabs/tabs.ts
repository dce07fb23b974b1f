/** The tabs of one person in one browser: one is elected, all hear one another, and none ever meets another person's. */
import { createStore, type Store } from '#client/store.ts';

import { type TabBrowser, thisBrowser } from './browser.ts';
import { type Channel, createChannel } from './channel.ts';
import { type Candidate, electedTab } from './election.ts';

/** The tabs of one person, seen from one of them. Before the first token names the person it is alone and not elected. */
export interface Tabs {
  /** True in one tab of this person at a time: it sends what is unsent, and makes the sounds. */
  readonly isElected: Store<boolean>;
  /** Tells the person's other tabs, and hears them. */
  readonly channel: Pick<Channel, 'post' | 'hear'>;
  /** Whether any tab of this person is on the screen. */
  readonly isLooking: () => Promise<boolean>;
  /** Runs when the tabs are named, at once where they are; the name carries the API and the user. */
  readonly whenNamed: (run: (name: string) => void) => void;
}

/** Tabs that a session names, and leaves. */
export interface OwnTabs extends Tabs {
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
  readonly #waiting: ((name: string) => void)[] = [];
  readonly #ends: (() => void)[] = [];
  readonly channel: Channel;
  #name: string | null = null;

  constructor(browser: TabBrowser) {
    this.#browser = browser;
    this.channel = createChannel(browser.openBroadcast);
  }

  get isElected(): Store<boolean> {
    return this.#isElected;
  }

  readonly isLooking = async (): Promise<boolean> => {
    const { locks } = this.#browser;
    if (this.#name === null || locks === null) return this.#browser.isVisible();
    return (await locks.held()).has(lookingName(this.#name));
  };

  readonly whenNamed = (run: (name: string) => void): void => {
    if (this.#name === null) this.#waiting.push(run);
    else run(this.#name);
  };

  readonly join = (name: string): void => {
    if (this.#name !== null) return;
    this.#name = name;
    this.channel.open(name);
    const candidate = electedTab({ ...this.#browser, name, channel: this.channel });
    this.#follow(candidate);
    this.#ends.push(() => candidate.close(), this.#look(lookingName(name)));
    for (const run of this.#waiting.splice(0)) run(name);
  };

  readonly leave = (): void => {
    for (const end of this.#ends.splice(0)) end();
    this.channel.close();
  };

  #follow({ isElected }: Candidate): void {
    const follow = () => this.#isElected.set(isElected.getState());
    isElected.subscribe(follow);
    follow();
  }

  /** Holds a lock together with every other visible tab, so that a tab that dies looks no more. */
  #look(name: string): () => void {
    const { locks, isVisible, watchVisibility } = this.#browser;
    let letGo: (() => void) | undefined;
    const look = () => {
      letGo?.();
      letGo = isVisible() ? locks?.hold(name, SILENT, { mode: 'shared' }) : undefined;
    };
    look();
    const stop = watchVisibility(look);
    return () => {
      stop();
      letGo?.();
    };
  }
}

const SILENT = { onHeld: () => {}, onLost: () => {} };

function lookingName(name: string): string {
  return `${name} looking`;
}
