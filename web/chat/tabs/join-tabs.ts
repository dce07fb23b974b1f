/** A tab among the others of its person: it stands for election, and is seen to live. */
import type { TabBrowser } from './browser.ts';
import { electedTab } from './election.ts';
import type { OwnTabs, Tabs } from './tabs.ts';

/** Tabs that were joined. */
export interface JoinedTabs extends Tabs {
  /** The ids of all tabs of this person that live now, this one included. */
  readonly living: () => Promise<ReadonlySet<string>>;
  readonly leave: () => void;
}

const SILENT = { onHeld: () => {}, onLost: () => {}, onRefused: () => {} };

/** @param name carries the API and the user */
export function joinTabs(name: string, tabs: OwnTabs, browser: TabBrowser): JoinedTabs {
  const { id, isElected, channel } = tabs;
  const { locks } = browser;
  // held by a tab for as long as it lives
  const prefix = `${name} tab `;
  channel.open(name, browser.openBroadcast);
  const letGo = locks?.hold(prefix + id, SILENT);
  const candidate = electedTab({ ...browser, name, channel });
  const follow = () => isElected.set(candidate.isElected.getState());
  candidate.isElected.subscribe(follow);
  follow();
  return {
    ...tabs,
    living: async () => {
      const held = (await locks?.held().catch(() => [])) ?? [];
      const others = held.filter((lock) => lock.startsWith(prefix));
      return new Set([id, ...others.map((lock) => lock.slice(prefix.length))]);
    },
    leave: () => {
      candidate.close();
      letGo?.();
      channel.close();
    },
  };
}
