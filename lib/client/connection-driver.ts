/** The connection at work: runs what the transition table asks for, with real sockets and timers. */
import { SUBPROTOCOL } from '#protocol/close-codes.ts';

import type { ClientState, ConnectionStatus } from './chat.ts';
import { backoffMs, CALM_RECONNECT, URGENT_RECONNECT } from './backoff.ts';
import { Echoes } from './wire/echoes.ts';
import { INITIAL_CONNECTION, transition } from './state/connection.ts';
import type {
  ConnectionEffect,
  ConnectionEvent,
  ConnectionState,
  ConnectionTimer,
  Verdict,
} from './state/connection-types.ts';
import type { Ports, SocketListener, SocketPort } from './ports.ts';
import { asChatError } from './retry.ts';
import type { Tokens } from './wire/tokens.ts';

/** A token that is always about to end must not make a storm of sockets. */
const MIN_RENEW_MS = 10_000;
/** The gateway cuts after two hours: the next socket is there before, and not everybody's at the same moment. */
const SOCKET_LIFE_MS = 100 * 60_000;
const SOCKET_LIFE_SPREAD_MS = 15 * 60_000;

export interface ConnectionOptions {
  readonly url: string;
  readonly device: string;
  readonly tokens: Tokens;
  readonly ports: Pick<Ports, 'openSocket' | 'after' | 'now' | 'random' | 'watchDevice'>;
  /** Asks an HTTP route why a handshake with that token failed. */
  readonly diagnose: (token: string | undefined) => Promise<Verdict>;
  /** True while somebody looks at something unsent. */
  readonly isUrgent: () => boolean;
  readonly onText: (text: string) => void;
  /** A socket opened: fetch what was missed. `isSeamless`: it followed one that still hears along. */
  readonly onSynchronise: (isSeamless: boolean) => void;
  readonly onState: (state: ConnectionState) => void;
  readonly onError: (error: unknown) => void;
}

/** A connection; it is not asked to connect yet. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #sockets = new Map<number, SocketPort>();
  readonly #timers = new Map<ConnectionTimer, () => void>();
  readonly #echoes = new Echoes(() => this.#sockets.size);
  readonly #queue: ConnectionEvent[] = [];
  readonly #stopWatching: () => void;
  #state = INITIAL_CONNECTION;
  #lastToken: string | undefined;
  #isRunning = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#stopWatching = options.ports.watchDevice((signal) =>
      this.#dispatch({ type: 'device', signal }),
    );
  }

  connect(): void {
    this.#dispatch({ type: 'connect' });
  }

  disconnect(): void {
    this.#dispatch({ type: 'disconnect' });
  }

  /** Ends everything, listening to the device too. */
  close(): void {
    this.#stopWatching();
    this.disconnect();
    for (const socket of this.#sockets.keys()) this.#closeSocket(socket);
  }

  /** @returns whether a socket was open to take it, which does not mean that it arrived */
  send(text: string): boolean {
    const socket =
      this.#state.status === 'open' ? this.#sockets.get(this.#state.socket) : undefined;
    if (!socket) return false;
    try {
      socket.send(text);
      return true;
    } catch {
      // Closing already: its close event follows.
      return false;
    }
  }

  /** Effects may dispatch at once; the queue keeps one transition after the other. */
  #dispatch(event: ConnectionEvent): void {
    this.#queue.push(event);
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) this.#step(next);
    } finally {
      this.#isRunning = false;
    }
  }

  #step(event: ConnectionEvent): void {
    const before = this.#state;
    const { state, effects } = transition(before, event);
    if (state.status !== before.status) this.#stopTimers();
    this.#state = state;
    for (const effect of effects) this.#run(effect);
    if (state !== before) this.#options.onState(state);
  }

  #run(effect: ConnectionEffect): void {
    switch (effect.type) {
      case 'fetchToken':
        this.#fetchToken(effect.isFresh);
        break;
      case 'openSocket':
        this.#openSocket(effect.socket, effect.token);
        break;
      case 'closeSocket':
        this.#closeSocket(effect.socket);
        break;
      case 'ping':
        this.send(JSON.stringify({ action: 'ping', ref: 'probe' }));
        break;
      case 'startTimer':
        this.#startTimer(effect.timer, effect.delayMs);
        break;
      case 'backOff':
        this.#backOff(effect.timer, effect.attempt);
        break;
      case 'diagnose':
        this.#diagnose();
        break;
      case 'synchronise':
        this.#options.onSynchronise(effect.isSeamless);
        break;
      default:
    }
  }

  #fetchToken(isFresh: boolean): void {
    const { tokens, ports, onError } = this.#options;
    tokens.get(isFresh ? this.#lastToken : undefined).then(
      (token) => {
        this.#lastToken = token.text;
        const lifeMs = SOCKET_LIFE_MS + ports.random() * SOCKET_LIFE_SPREAD_MS;
        const renewInMs = Math.max(MIN_RENEW_MS, Math.min(lifeMs, token.renewAtMs - ports.now()));
        this.#dispatch({ type: 'token', token: token.text, renewInMs });
      },
      (error: unknown) => {
        onError(error);
        this.#dispatch({ type: 'token_failed', error: asChatError(error) });
      },
    );
  }

  #openSocket(socket: number, token: string): void {
    const { url, device, ports, onError } = this.#options;
    const address = new URL(url);
    address.searchParams.set('device', device);
    try {
      const opened = ports.openSocket(address.href, [SUBPROTOCOL, token], this.#listenerOf(socket));
      this.#sockets.set(socket, opened);
    } catch (error) {
      onError(error);
      this.#dispatch({ type: 'closed', socket });
    }
  }

  #listenerOf(socket: number): SocketListener {
    return {
      onOpen: () => this.#dispatch({ type: 'opened', socket }),
      onText: (text) => {
        // What a dropped socket still says is fetched again anyway.
        if (!this.#sockets.has(socket)) return;
        this.#dispatch({ type: 'received', socket });
        if (!this.#echoes.isEcho(socket, text)) this.#options.onText(text);
      },
      onClose: () => {
        this.#sockets.delete(socket);
        this.#dispatch({ type: 'closed', socket });
      },
    };
  }

  #closeSocket(socket: number): void {
    this.#sockets.get(socket)?.close();
    this.#sockets.delete(socket);
  }

  #diagnose(): void {
    const passing = { kind: 'passing' } as const;
    this.#options.diagnose(this.#lastToken).then(
      (verdict) => this.#dispatch({ type: 'diagnosed', verdict }),
      () => this.#dispatch({ type: 'diagnosed', verdict: passing }),
    );
  }

  #backOff(timer: 'retry' | 'renew', attempt: number): void {
    const { isUrgent, ports } = this.#options;
    const plan = timer === 'retry' && isUrgent() ? URGENT_RECONNECT : CALM_RECONNECT;
    this.#startTimer(timer, backoffMs(plan, attempt, ports.random()));
  }

  #startTimer(timer: ConnectionTimer, delayMs: number): void {
    this.#timers.get(timer)?.();
    const fire = () => this.#dispatch({ type: 'timer', timer });
    this.#timers.set(timer, this.#options.ports.after(delayMs, fire));
  }

  #stopTimers(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }
}

/** What the connection says to an application. */
export function connectionStatusOf(
  state: ConnectionState,
): Pick<ClientState, 'connection' | 'error'> {
  const error = ('error' in state && state.error) || null;
  return { connection: error === null ? statusOf(state) : 'refused', error };
}

function statusOf(state: ConnectionState): ConnectionStatus {
  switch (state.status) {
    case 'idle':
    case 'waiting':
    case 'refused':
      return state.status;
    case 'open':
      return 'online';
    case 'authorizing':
    case 'connecting':
    case 'diagnosing':
    default:
      // A second and later try looks like waiting: a bar must not blink with every one.
      return state.attempt > 0 ? 'waiting' : 'connecting';
  }
}
