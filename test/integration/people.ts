/** People at a running stack: headless clients whose network a test can take away. */
import { expect, vi } from 'vitest';

import { createChatClient } from '#client/chat-client.ts';
import type { ChatClient } from '#client/chat.ts';
import {
  DEFAULT_PORTS,
  type DeviceSignal,
  memoryStorage,
  type OutboxStorage,
  type Ports,
  type SocketPort,
} from '#client/ports.ts';

import type { LocalStack, TokenClaims } from '../support/local-stack.ts';

/** A customer nobody has seen yet. */
export function aCustomer(): TokenClaims {
  return { sub: crypto.randomUUID(), role: 'customer', name: 'ნინო' };
}

/** A shop nobody has seen yet, and Ana who works there. */
export function aVendor() {
  const vendorId = `v-${crypto.randomUUID()}`;
  return { sub: `ana-${vendorId}`, role: 'vendor', vendor_id: vendorId, name: 'Ana' } as const;
}

export interface PersonAtDevice {
  readonly client: ChatClient;
  /** Pulls the plug, or puts it back. */
  readonly setNetwork: (isUp: boolean) => void;
  /** What the outbox keeps; hand it to the next client of this device for a reload. */
  readonly storage: OutboxStorage;
  /** How many sockets it holds, opening ones too. */
  readonly countSockets: () => number;
}

/** A client of that person. Close it in the test's end. */
export function personAt(
  stack: LocalStack,
  claims: TokenClaims,
  options: { storage?: OutboxStorage; sendOver?: 'http' | 'socket'; after?: Ports['after'] } = {},
): PersonAtDevice {
  const { storage = memoryStorage(), sendOver = 'http', after = DEFAULT_PORTS.after } = options;
  const sockets = new Set<SocketPort>();
  const listeners = new Set<(signal: DeviceSignal) => void>();
  let isUp = true;
  const client = createChatClient({
    api: `${stack.url}/v1`,
    socket: stack.socketUrl,
    token: () => stack.token(claims),
    sendOver,
    ports: {
      storage: () => storage,
      after,
      fetch: async (url, init) => {
        if (!isUp) throw new TypeError('The plug is pulled.');
        return fetch(url, init);
      },
      openSocket: (url, protocols, listener) => {
        const socket = DEFAULT_PORTS.openSocket(isUp ? url : 'ws://127.0.0.1:9', protocols, {
          ...listener,
          onClose: (code) => {
            sockets.delete(socket);
            listener.onClose(code);
          },
        });
        sockets.add(socket);
        return socket;
      },
      watchDevice: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  });
  const setNetwork = (next: boolean) => {
    isUp = next;
    if (!isUp) for (const socket of sockets) socket.close();
    for (const listener of listeners) listener(isUp ? 'online' : 'offline');
  };
  return { client, setNetwork, storage, countSockets: () => sockets.size };
}

/** Waits until something is so; says what is wrong when it never gets so. */
export function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 10_000, interval: 20 });
}

/** Connects and waits for the socket. */
export async function connected(client: ChatClient): Promise<void> {
  client.connect();
  await eventually(() => expect(client.getState().connection).toBe('online'));
}

/** The texts of a room as a client shows them. */
export function textsOf(client: ChatClient, roomId: string): (string | null)[] {
  return client
    .room(roomId)
    .getState()
    .messages.map(({ text }) => text);
}

/** The statuses of a room's messages as a client shows them; null for those of others. */
export function statusesOf(client: ChatClient, roomId: string): (string | null)[] {
  return client
    .room(roomId)
    .getState()
    .messages.map(({ status }) => status);
}
