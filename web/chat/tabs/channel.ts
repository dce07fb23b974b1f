/** A channel between the tabs of one browser: what one posts, all others hear. */

/** One end of a broadcast, as the browser gives it. */
export interface Broadcast {
  readonly post: (data: unknown) => void;
  readonly close: () => void;
}

/** One end of a channel. Before it has a name, and after it is closed, nobody hears it. */
export interface Channel {
  /** Tells all others of a topic; plain data only. Never throws. */
  readonly post: (topic: string, body: unknown) => void;
  /** Hears what others tell of a topic. @returns what ends the listening */
  readonly hear: (topic: string, listener: (body: unknown) => void) => () => void;
  readonly open: (name: string, openBroadcast: OpenBroadcast) => void;
  readonly close: () => void;
}

/** An end of the broadcast of that name, or null where the browser has none. */
export type OpenBroadcast = (name: string, onData: (data: unknown) => void) => Broadcast | null;

/** An end without a name yet. */
export function createChannel(): Channel {
  const listeners = new Map<string, Set<(body: unknown) => void>>();
  let broadcast: Broadcast | null = null;
  const onData = (data: unknown) => {
    if (!isPost(data)) return;
    for (const listener of listeners.get(data.topic) ?? []) listener(data.body);
  };
  return {
    post: (topic, body) => {
      try {
        broadcast?.post({ topic, body });
      } catch {
        // No plain data, or the page is ending: nobody hears it, as if no other tab were there.
      }
    },
    hear: (topic, listener) => {
      const own = (body: unknown) => listener(body);
      const all = listeners.get(topic) ?? new Set();
      listeners.set(topic, all.add(own));
      return () => void all.delete(own);
    },
    open: (name, openBroadcast) => {
      broadcast ??= openBroadcast(name, onData);
    },
    close: () => {
      broadcast?.close();
      broadcast = null;
    },
  };
}

function isPost(data: unknown): data is { topic: string; body: unknown } {
  return typeof data === 'object' && data !== null && 'topic' in data && 'body' in data;
}
