/** What the tabs need of their browser, and the real thing. */
import { DEFAULT_PORTS } from '#client/ports.ts';

import type { Broadcast, OpenBroadcast } from './channel.ts';
import { type Locks, webLocks } from './locks.ts';

/** What a tab needs of its browser. */
export interface TabBrowser {
  /** Null where there are none: every tab is alone then. */
  readonly locks: Locks | null;
  readonly openBroadcast: OpenBroadcast;
  /** Runs something later, once. @returns what cancels it */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Hears when the browser puts the page to sleep and wakes it. @returns what ends the listening */
  readonly watchSleep: (listener: (isAsleep: boolean) => void) => () => void;
  /** Where unsent messages are kept. Throws where the browser forbids it, as `flags` does. */
  readonly databases: () => IDBFactory;
  /** What can be read at once, before anybody signs in. */
  readonly flags: () => Pick<Storage, 'setItem' | 'removeItem'>;
}

/** This browser. */
export function thisBrowser(): TabBrowser {
  return {
    locks: webLocks(),
    openBroadcast,
    after: DEFAULT_PORTS.after,
    watchSleep,
    databases: () => indexedDB,
    flags: () => localStorage,
  };
}

function openBroadcast(name: string, onData: (data: unknown) => void): Broadcast | null {
  try {
    const broadcast = new BroadcastChannel(name);
    broadcast.addEventListener('message', ({ data }: MessageEvent<unknown>) => onData(data));
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a broadcast has no target
      post: (data) => broadcast.postMessage(data),
      close: () => broadcast.close(),
    };
  } catch {
    // An old browser, or one that keeps this frame apart from everything.
    return null;
  }
}

/** Frozen in the background, or kept for the back button: such a page must hold nothing that others wait for. */
function watchSleep(listener: (isAsleep: boolean) => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const sleep = () => listener(true);
  const wake = () => listener(false);
  document.addEventListener('freeze', sleep, { signal });
  document.addEventListener('resume', wake, { signal });
  addEventListener('pagehide', sleep, { signal });
  addEventListener('pageshow', wake, { signal });
  return () => ending.abort();
}
