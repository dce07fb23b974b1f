import { afterEach, describe, expect, it } from 'vitest';

import { ChatError } from '#protocol/errors.ts';
import { Connection, connectionStatusOf } from '#client/connection-driver.ts';
import type { SocketListener } from '#client/ports.ts';
import type { ConnectionState } from '#client/state/connection-types.ts';

import { FakeClock, settled } from '../support/fake-ports.ts';

const MINUTE = 60_000;

let connection: Connection | undefined;

afterEach(() => connection?.close());

interface Options {
  readonly isUrgent?: boolean;
  readonly tokenMinutes?: number;
  readonly random?: () => number;
}

const PING = JSON.stringify({ action: 'ping', ref: 'probe' });
const PONG = JSON.stringify({ event: 'pong', ref: 'probe' });

/** A connection whose sockets the test opens and closes; they answer a ping. Tokens live an hour and are renewed a minute before. */
function setUp({ isUrgent = false, tokenMinutes = 60, random = () => 0.999 }: Options = {}) {
  const clock = new FakeClock();
  const sockets: {
    listener: SocketListener;
    sent: string[];
    isClosed: boolean;
    /** Nothing comes through any more, and nobody says so. */
    isDead: boolean;
    url: string;
    protocols: string[];
  }[] = [];
  const statuses: string[] = [];
  const texts: string[] = [];
  let synchronised = 0;
  connection = new Connection({
    url: 'wss://chat.example/ws?stage=x',
    device: 'phone',
    tokens: {
      get: async () => ({
        text: `token-${sockets.length}`,
        renewAtMs: clock.now() + (tokenMinutes - 1) * MINUTE,
        identity: { role: 'customer', member: 'customer:42', name: null, user: '42', person: null },
        session: null,
      }),
    },
    ports: {
      after: clock.after,
      now: clock.now,
      random,
      watchDevice: () => () => {},
      openSocket: (url, protocols, listener) => {
        const sent: string[] = [];
        const socket = { url, protocols, listener, sent, isClosed: false, isDead: false };
        sockets.push(socket);
        return {
          send: (text) => {
            sent.push(text);
            if (text === PING && !socket.isDead) listener.onText(PONG);
          },
          close: () => {
            socket.isClosed = true;
          },
        };
      },
    },
    diagnose: async () => ({ kind: 'passing' }),
    isUrgent: () => isUrgent,
    onText: (text) => text !== PONG && texts.push(text),
    onSynchronise: () => {
      synchronised += 1;
    },
    onState: (state) => statuses.push(state.status),
    onError: (error) => {
      throw error;
    },
  });
  return { clock, sockets, statuses, texts, connection, synchronised: () => synchronised };
}

describe('a connection', () => {
  it('offers version and token as subprotocols and keeps the token out of the address', async () => {
    const { sockets, connection, synchronised } = setUp();
    connection.connect();
    await settled();
    expect(sockets[0]?.protocols).toEqual(['parley.v1', 'token-0']);
    expect(sockets[0]?.url).toBe('wss://chat.example/ws?stage=x&device=phone');
    expect(connection.send('early')).toBe(false);
    sockets[0]?.listener.onOpen();
    expect(connection.send('hello')).toBe(true);
    expect([sockets[0]?.sent, synchronised()]).toEqual([['hello'], 1]);
  });

  it('asks for a sign of life every nine minutes', async () => {
    const { clock, sockets, connection } = setUp();
    connection.connect();
    await settled();
    sockets[0]?.listener.onOpen();
    await clock.advance(28 * MINUTE);
    expect(sockets.map(({ sent }) => sent)).toEqual([[PING, PING, PING]]);
  });

  it('leaves a socket that gives none, though it looks open', async () => {
    const { clock, sockets, connection, synchronised } = setUp();
    connection.connect();
    await settled();
    const [first] = sockets;
    first?.listener.onOpen();
    await clock.advance(9 * MINUTE);
    if (first) first.isDead = true;
    await clock.advance(9 * MINUTE + 5_000);
    expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    sockets[1]?.listener.onOpen();
    expect(synchronised()).toBe(2);
  });

  it('opens the new socket before the token ends and closes the old one after', async () => {
    const { clock, sockets, connection, synchronised } = setUp();
    connection.connect();
    await settled();
    sockets[0]?.listener.onOpen();
    await clock.advance(59 * MINUTE);
    expect([sockets.length, sockets[0]?.isClosed]).toEqual([2, false]);
    sockets[1]?.listener.onOpen();
    connection.send('on the new one');
    expect(sockets[1]?.sent).toEqual(['on the new one']);
    expect(sockets[0]?.isClosed).toBe(false);
    await clock.advance(5_000);
    expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect(synchronised()).toBe(2);
  });

  it.each([
    [0, 100],
    [0.5, 107.5],
    [0.999, 114.985],
  ])(
    'follows a socket with the next before the gateway cuts it (chance %d)',
    async (chance, minutes) => {
      const { clock, sockets, statuses, connection } = setUp({
        tokenMinutes: 600,
        random: () => chance,
      });
      connection.connect();
      await settled();
      sockets[0]?.listener.onOpen();
      await clock.advance(minutes * MINUTE - 1_000);
      expect(sockets).toHaveLength(1);
      await clock.advance(1_000);
      expect(sockets).toHaveLength(2);
      statuses.length = 0;
      sockets[1]?.listener.onOpen();
      await clock.advance(5_000);
      expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true, false]);
      expect(new Set(statuses)).toEqual(new Set(['open']));
      await clock.advance(minutes * MINUTE);
      expect(sockets).toHaveLength(3);
    },
  );

  it('passes on once what both sockets bring, and speaks over the new one', async () => {
    const { clock, sockets, texts, connection } = setUp();
    connection.connect();
    await settled();
    sockets[0]?.listener.onOpen();
    await clock.advance(59 * MINUTE);
    sockets[1]?.listener.onOpen();
    sockets[0]?.listener.onText('both');
    sockets[1]?.listener.onText('both');
    sockets[0]?.listener.onText('only the old one');
    expect(texts).toEqual(['both', 'only the old one']);
  });

  it('keeps a socket whose follower hangs, and tries again ever more seldom', async () => {
    const { clock, sockets, statuses, connection } = setUp({ tokenMinutes: 600 });
    connection.connect();
    await settled();
    sockets[0]?.listener.onOpen();
    await clock.advance(115 * MINUTE);
    expect(sockets).toHaveLength(2);
    await clock.advance(10_000);
    expect(sockets.map(({ isClosed }) => isClosed)).toEqual([false, true]);
    await clock.advance(5 * MINUTE);
    const tries = sockets.length - 2;
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(10);
    expect(statuses.at(-1)).toBe('open');
  });

  it('goes on with a follower that is on its way when the socket before it is cut', async () => {
    const { clock, sockets, statuses, connection } = setUp();
    connection.connect();
    await settled();
    sockets[0]?.listener.onOpen();
    await clock.advance(59 * MINUTE);
    sockets[0]?.listener.onClose(1001);
    sockets[1]?.listener.onOpen();
    expect([sockets.length, statuses.slice(-2)]).toEqual([2, ['connecting', 'open']]);
  });

  it.each([
    [true, 2_000],
    [false, 15_000],
  ])('comes back in time when urgent is %s', async (isUrgent, withinMs) => {
    const { clock, sockets, connection } = setUp({ isUrgent });
    connection.connect();
    await settled();
    sockets[0]?.listener.onOpen();
    await clock.advance(11_000);
    sockets[0]?.listener.onClose(1006);
    await clock.advance(withinMs - 100);
    expect(sockets).toHaveLength(1);
    await clock.advance(100);
    expect(sockets).toHaveLength(2);
  });

  it('leaves no timer and no socket behind', async () => {
    const { clock, sockets, connection } = setUp();
    connection.connect();
    await settled();
    sockets[0]?.listener.onOpen();
    connection.close();
    expect([clock.pending, sockets[0]?.isClosed]).toEqual([0, true]);
  });
});

describe('connectionStatusOf', () => {
  it.each<[ConnectionState, string]>([
    [{ status: 'idle', sockets: 0 }, 'idle'],
    [{ status: 'authorizing', sockets: 0, attempt: 0, isFresh: false }, 'connecting'],
    [{ status: 'authorizing', sockets: 3, attempt: 2, isFresh: false }, 'waiting'],
    [{ status: 'waiting', sockets: 1, attempt: 0 }, 'waiting'],
  ])('of %o is %s', (state, expected) => {
    expect(connectionStatusOf(state)).toEqual({ connection: expected, error: null });
  });

  it.each(['waiting', 'authorizing'] as const)(
    'of one who is signed out while %s is refused',
    (status) => {
      const error = new ChatError('unauthorized');
      const state = { status, sockets: 1, attempt: 2, isFresh: false, error };
      expect(connectionStatusOf(state)).toEqual({ connection: 'refused', error });
    },
  );
});
