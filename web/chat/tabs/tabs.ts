/** The tabs of one person in one browser: one is elected, all hear one another, and none ever meets another person's. */
import { createStore, type Store, type WritableStore } from '#client/store.ts';

import { type Channel, createChannel } from './channel.ts';

/** The tabs of one person, seen from one of them. Before the first token names the person it is alone and not elected. */
export interface Tabs {
  /** A random name of this tab. */
  readonly id: string;
  /** True in one tab of this person at a time: it sends what is unsent. */
  readonly isElected: Store<boolean>;
  /** Tells the person's other tabs, and hears them. */
  readonly channel: Pick<Channel, 'post' | 'hear'>;
}

/** Tabs that are still to be joined. */
export interface OwnTabs extends Tabs {
  readonly isElected: WritableStore<boolean>;
  readonly channel: Channel;
}

/** Tabs without a name yet. Nothing is asked of the browser before they are joined. */
export function createTabs(id: string): OwnTabs {
  return { id, isElected: createStore(false), channel: createChannel() };
}
