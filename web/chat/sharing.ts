/** What the tabs of one person have together: the socket, the election of the one that sends, and what is unsent, which outlives them. */
import type { Ports } from '#client/ports.ts';

import { type SharedOutbox, sharedOutbox } from './storage/shared-outbox.ts';
import { unsentDatabase } from './storage/unsent-database.ts';
import { flagUnsent } from './storage/unsent-flag.ts';
import { type TabBrowser, thisBrowser } from './tabs/browser.ts';
import { joinTabs } from './tabs/join-tabs.ts';
import { TabSocket } from './tabs/tab-socket.ts';
import type { OwnTabs } from './tabs/tabs.ts';

/** By this a logout reaches the other tabs. */
const ENDED = 'session ended';

/** One tab's part in it. */
export interface Sharing {
  readonly outbox: SharedOutbox;
  readonly openSocket: Ports['openSocket'];
  /** Whether what this tab does has to come back over its socket, for other tabs to hear. */
  readonly hasFollowers: () => boolean;
  /** Takes everything unsent away, here and in the other tabs: they keep nothing from now on. */
  readonly erase: () => void;
  readonly close: () => void;
}

export interface SharingOptions {
  /** Carries the API and the user. */
  readonly name: string;
  readonly tabs: OwnTabs;
  readonly openSocket: Ports['openSocket'];
  /** Whoever waits to reconnect need not wait longer. */
  readonly onHurry: () => void;
}

/** Joins the tabs of that name. */
export function shareSession(
  { name, onHurry, ...options }: SharingOptions,
  browser: TabBrowser = thisBrowser(),
): Sharing {
  const tabs = joinTabs(name, options.tabs, browser);
  const database = unsentDatabase(name, browser.databases);
  let isErased = false;
  const flag = (isUnsent: boolean) => {
    if (!isErased) flagUnsent(browser.flags, name, isUnsent);
  };
  const forget = () => {
    database.erase();
    flag(false);
    isErased = true;
  };
  const outbox = sharedOutbox({ tabs, database, flag });
  tabs.channel.hear(ENDED, forget);
  const socket =
    browser.locks === null
      ? null
      : new TabSocket({
          name,
          load: async () => (await import('./tabs/shared-socket.ts')).SharedSocket,
          tabs,
          browser,
          openSocket: options.openSocket,
          onHurry,
        });
  return {
    outbox,
    openSocket: socket?.open ?? options.openSocket,
    hasFollowers: () => socket?.hasFollowers ?? false,
    erase: () => {
      outbox.siblings.tell({ type: 'ended' });
      tabs.channel.post(ENDED, null);
      forget();
    },
    close: () => {
      socket?.close();
      database.close();
      tabs.leave();
    },
  };
}
