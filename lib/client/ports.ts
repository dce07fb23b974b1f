/** Ports: what the client needs of the world, and the real thing as default. */
import type { ErrorCode } from '#protocol/errors.ts';
import type { Attachment, Message, OutgoingMessage } from '#protocol/message.ts';

import type { Store } from './store.ts';
import type { UploadPort } from './uploads/upload-port.ts';

/** An open or opening socket of text frames. */
export interface SocketPort {
  send(text: string): void;
  close(): void;
}

/** What a socket tells; `onClose` comes exactly once, also when it never opened. */
export interface SocketListener {
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
  readonly onClose: (code: number) => void;
}

/** The part of `fetch` that the client uses. */
export type FetchPort = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
    readonly signal: AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

/** News of the device: its network, its screen. */
export type DeviceSignal = 'online' | 'offline' | 'visible' | 'hidden';

/** One message on its way. Plain data: it can be stored and read back. */
export interface OutboxEntry {
  readonly roomId: string;
  readonly message: OutgoingMessage;
  /** ISO time of the tap. */
  readonly queuedAt: string;
  /** The last seq the client had when it first tried this id; null before that, or when it had read nothing. */
  readonly after: number | null;
  /** Why it was refused for good; null while it waits. */
  readonly failure: { readonly code: ErrorCode; readonly message: string } | null;
  /** Messages leave in this order: a number that grows with every one written, in whatever tab. */
  readonly order?: number;
  /** What the message attaches, in the order of its attachments; their bytes are not kept. */
  readonly files?: readonly Omit<Attachment, 'key'>[];
}

/** Where unsent messages outlive a reload. A failing storage is reported and otherwise ignored. */
export interface OutboxStorage {
  /** Everything stored, in any order. */
  load(): Promise<readonly OutboxEntry[]>;
  /** Stores one entry or replaces the one with its id. */
  put(entry: OutboxEntry): Promise<void>;
  remove(id: string): Promise<void>;
  /** The other clients at this storage, where there may be some. */
  readonly siblings?: OutboxSiblings;
  /** The client uses it no more. */
  close?(): void;
}

/** Other clients at the same storage, most often other tabs: one of them sends, the others show how far it is. */
export interface OutboxSiblings {
  /** Whether this client is the one that sends. */
  readonly isSender: Store<boolean>;
  /** Tells all others. */
  readonly tell: (news: OutboxNews) => void;
  /** Hears what another tells. @returns what ends the listening */
  readonly hear: (listener: (news: OutboxNews) => void) => () => void;
}

/** What clients at the same storage tell one another. Plain data. */
export type OutboxNews =
  /** A message waits, or waits otherwise than before. */
  | { readonly type: 'put'; readonly entry: OutboxEntry }
  | { readonly type: 'removed'; readonly id: string }
  | {
      readonly type: 'stored';
      readonly entry: OutboxEntry;
      readonly message: Message;
      readonly isDelivered: boolean;
    }
  /** A rate limit holds a room up until then, or (null) no longer. */
  | { readonly type: 'paced'; readonly roomId: string; readonly untilMs: number | null }
  /** Somebody waits: try again now. */
  | { readonly type: 'nudge' }
  /** Its writer logged out: none of it is sent any more. */
  | { readonly type: 'ended' };

export interface Ports {
  readonly openSocket: (url: string, protocols: string[], listener: SocketListener) => SocketPort;
  readonly fetch: FetchPort;
  readonly upload: UploadPort;
  /** Runs something later, once. @returns what cancels it */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** A new UUID. */
  readonly newId: () => string;
  /** The outbox's storage by its name, which carries the API's address and the user. */
  readonly storage: (name: string) => OutboxStorage;
  /** Hears of the device's network and screen. @returns what ends the listening */
  readonly watchDevice: (listener: (signal: DeviceSignal) => void) => () => void;
}

/** The ports that a client runs on; how files go up comes with their own part where it is not given. */
export type RunningPorts = Omit<Ports, 'upload'> & Partial<Pick<Ports, 'upload'>>;

/** The ports of this runtime (browser or Node), with an outbox in memory. */
export const DEFAULT_PORTS: Omit<Ports, 'upload'> = {
  openSocket,
  fetch: (url, init) => globalThis.fetch(url, init),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
  random: () => Math.random(),
  newId: () => crypto.randomUUID(),
  storage: () => memoryStorage(),
  watchDevice,
};

/** An outbox storage that forgets everything with the page. */
export function memoryStorage(): OutboxStorage {
  const entries = new Map<string, OutboxEntry>();
  return {
    load: async () => [...entries.values()],
    put: async (entry) => void entries.set(entry.message.id, entry),
    remove: async (id) => void entries.delete(id),
  };
}

/** A storage that everybody may use already, and that works once it is opened. */
export interface LazyStorage extends OutboxStorage {
  readonly open: (storage: OutboxStorage) => void;
}

/** A storage for as long as it is not known whose it is. */
export function lazyStorage(): LazyStorage {
  const waiting: LazyStorage['open'][] = [];
  const opening = new Promise<OutboxStorage>((resolve) => {
    waiting.push(resolve);
  });
  return {
    open: (storage) => waiting.shift()?.(storage),
    load: async () => (await opening).load(),
    put: async (entry) => (await opening).put(entry),
    remove: async (id) => (await opening).remove(id),
  };
}

function openSocket(url: string, protocols: string[], listener: SocketListener): SocketPort {
  const socket = new WebSocket(url, protocols);
  socket.addEventListener('open', () => listener.onOpen());
  socket.addEventListener('message', (event) => {
    if (typeof event.data === 'string') listener.onText(event.data);
  });
  socket.addEventListener('close', (event) => listener.onClose(event.code));
  return { send: (text) => socket.send(text), close: () => socket.close() };
}

/** The part of a browser's window and document that tells of network and screen; Node has neither. */
interface DeviceScope {
  addEventListener?: (name: string, run: () => void) => void;
  removeEventListener?: (name: string, run: () => void) => void;
  document?: {
    readonly visibilityState: string;
    addEventListener(name: string, run: () => void): void;
    removeEventListener(name: string, run: () => void): void;
  };
}

function watchDevice(listener: (signal: DeviceSignal) => void): () => void {
  const scope: DeviceScope = globalThis;
  const { document } = scope;
  const onOnline = () => listener('online');
  const onOffline = () => listener('offline');
  const onVisibility = () =>
    listener(document?.visibilityState === 'hidden' ? 'hidden' : 'visible');
  scope.addEventListener?.('online', onOnline);
  scope.addEventListener?.('offline', onOffline);
  document?.addEventListener('visibilitychange', onVisibility);
  return () => {
    scope.removeEventListener?.('online', onOnline);
    scope.removeEventListener?.('offline', onOffline);
    document?.removeEventListener('visibilitychange', onVisibility);
  };
}
