/** The connection as a table: every state, every event, and what follows. Pure; timers are events. */
import type { ChatError } from '#protocol/errors.ts';
import { KEEP_ALIVE_MS } from '#protocol/limits.ts';

import type { DeviceSignal } from '../ports.ts';
import type {
  ConnectionEffect,
  ConnectionEvent,
  ConnectionState,
  ConnectionTimer,
  Step,
  Successor,
} from './connection-types.ts';

/** How long a handshake may take. */
const HANDSHAKE_MS = 10_000;
/** How long an outlived socket stays open: what is under way to it still arrives, and what was missed is read meanwhile. */
const RETIRE_MS = 5_000;
/** How long a probed socket may stay silent. */
const PROBE_MS = 5_000;
/** A socket that lived this long has proved itself: the next loss counts as the first. */
const SETTLED_MS = 10_000;

type StateOf<S extends ConnectionState['status']> = Extract<ConnectionState, { status: S }>;

/** Where every connection begins. */
export const INITIAL_CONNECTION: ConnectionState = { status: 'idle', sockets: 0 };

/** The next state, and what is to be done. An event that means nothing in a state changes nothing. */
export function transition(state: ConnectionState, event: ConnectionEvent): Step {
  if (event.type === 'disconnect') return letGo(state);
  switch (state.status) {
    case 'idle':
    case 'refused':
      return event.type === 'connect' ? authorize(state, 0) : stay(state);
    case 'waiting':
      return whileWaiting(state, event);
    case 'authorizing':
      return whileAuthorizing(state, event);
    case 'connecting':
      return whileConnecting(state, event);
    case 'diagnosing':
      return whileDiagnosing(state, event);
    case 'open':
      return whileOpen(state, event);
    default:
      return stay(state);
  }
}

function whileWaiting(state: StateOf<'waiting'>, event: ConnectionEvent): Step {
  const isDue =
    event.type === 'connect' ||
    (event.type === 'timer' && event.timer === 'retry') ||
    (event.type === 'device' && isWaking(event.signal));
  return isDue ? authorize(state, state.attempt) : stay(state);
}

function whileAuthorizing(state: StateOf<'authorizing'>, event: ConnectionEvent): Step {
  const { attempt, isFresh } = state;
  if (event.type === 'token_failed') {
    return wait(state, attempt + 1, event.error.retryable ? undefined : event.error);
  }
  if (event.type !== 'token') return stay(state);
  const socket = state.sockets + 1;
  return {
    state: {
      status: 'connecting',
      sockets: socket,
      attempt,
      isFresh,
      socket,
      renewInMs: event.renewInMs,
    },
    effects: [
      { type: 'openSocket', socket, token: event.token },
      { type: 'startTimer', timer: 'handshake', delayMs: HANDSHAKE_MS },
    ],
  };
}

function whileConnecting(state: StateOf<'connecting'>, event: ConnectionEvent): Step {
  const { attempt, isFresh, sockets, socket } = state;
  if (event.type === 'opened' && event.socket === socket) return opened(state);
  if (event.type === 'device' && event.signal === 'offline')
    return leave(state, wait(state, attempt));
  const isTooLate = event.type === 'timer' && event.timer === 'handshake';
  if (!isTooLate && !(event.type === 'closed' && event.socket === socket)) return stay(state);
  // A browser cannot see why a handshake failed, so HTTP is asked.
  return {
    state: { status: 'diagnosing', sockets, attempt, isFresh },
    effects: [{ type: 'closeSocket', socket }, { type: 'diagnose' }],
  };
}

function opened({ sockets, attempt, socket, renewInMs }: StateOf<'connecting'>): Step {
  return {
    state: {
      status: 'open',
      sockets,
      attempt,
      socket,
      isProbing: false,
      successor: { phase: 'none' },
      misses: 0,
      retiring: null,
    },
    effects: [
      { type: 'startTimer', timer: 'keepAlive', delayMs: KEEP_ALIVE_MS },
      { type: 'startTimer', timer: 'renew', delayMs: renewInMs },
      { type: 'startTimer', timer: 'settled', delayMs: SETTLED_MS },
      { type: 'synchronise', isSeamless: false },
    ],
  };
}

function whileDiagnosing(state: StateOf<'diagnosing'>, event: ConnectionEvent): Step {
  if (event.type !== 'diagnosed') return stay(state);
  const { verdict } = event;
  if (verdict.kind === 'refused') {
    return {
      state: { status: 'refused', sockets: state.sockets, error: verdict.error },
      effects: [],
    };
  }
  // One fresh token per try: a clock that is wrong must not make a storm.
  if (verdict.kind === 'stale_token' && !state.isFresh)
    return authorize(state, state.attempt, true);
  return wait(state, state.attempt + 1);
}

function whileOpen(state: StateOf<'open'>, event: ConnectionEvent): Step {
  switch (event.type) {
    case 'received':
      return event.socket === state.socket && state.isProbing
        ? only({ ...state, isProbing: false })
        : stay(state);
    case 'closed':
      return afterClose(state, event.socket);
    case 'device':
      return onDevice(state, event.signal);
    case 'timer':
      return onTimer(state, event.timer);
    case 'token':
    case 'token_failed':
    case 'opened':
      return whileRenewing(state, event);
    case 'connect':
    case 'disconnect':
    case 'diagnosed':
    default:
      return stay(state);
  }
}

function afterClose(state: StateOf<'open'>, socket: number): Step {
  const { successor, retiring } = state;
  if (socket === retiring) return only({ ...state, retiring: null });
  if (socket !== state.socket) {
    return successor.phase === 'socket' && socket === successor.socket
      ? renewLater(state)
      : stay(state);
  }
  // The one before still serves.
  if (retiring !== null) return renewLater({ ...state, socket: retiring, retiring: null });
  return successor.phase === 'socket' ? followAtOnce(state, successor) : wait(state, state.attempt);
}

/** The open socket ended before its successor was there, which is on its way already. */
function followAtOnce(
  { sockets, attempt }: StateOf<'open'>,
  { socket, renewInMs }: Extract<Successor, { phase: 'socket' }>,
): Step {
  return {
    state: { status: 'connecting', sockets, attempt, isFresh: false, socket, renewInMs },
    effects: [{ type: 'startTimer', timer: 'handshake', delayMs: HANDSHAKE_MS }],
  };
}

function onDevice(state: StateOf<'open'>, signal: DeviceSignal): Step {
  if (isWaking(signal)) return probe(state);
  // The network is gone: a socket that looks open would swallow what is sent.
  return signal === 'offline' ? leave(state, wait(state, 0)) : stay(state);
}

function onTimer(state: StateOf<'open'>, timer: ConnectionTimer): Step {
  switch (timer) {
    case 'keepAlive': {
      // Said to keep the socket alive, and answered to show that it is: a dead one may look open for ever.
      const step = probe(state);
      const next = { type: 'startTimer', timer: 'keepAlive', delayMs: KEEP_ALIVE_MS } as const;
      return { state: step.state, effects: [...step.effects, next] };
    }
    case 'settled':
      return only({ ...state, attempt: 0 });
    case 'renew':
      if (state.successor.phase !== 'none') return stay(state);
      return only(
        { ...state, successor: { phase: 'token' } },
        { type: 'fetchToken', isFresh: false },
      );
    case 'handshake':
      return state.successor.phase === 'socket' ? renewLater(state) : stay(state);
    case 'retire':
      return state.retiring === null
        ? stay(state)
        : only({ ...state, retiring: null }, { type: 'closeSocket', socket: state.retiring });
    case 'probe':
      return state.isProbing ? leave(state, authorize(state, 0)) : stay(state);
    case 'retry':
    default:
      return stay(state);
  }
}

function whileRenewing(
  state: StateOf<'open'>,
  event: Extract<ConnectionEvent, { type: 'token' | 'token_failed' | 'opened' }>,
): Step {
  const { successor } = state;
  if (event.type === 'opened') {
    const isReady = successor.phase === 'socket' && event.socket === successor.socket;
    return isReady ? handOver(state, successor) : stay(state);
  }
  if (successor.phase !== 'token') return stay(state);
  if (event.type === 'token_failed') return renewLater(state);
  const socket = state.sockets + 1;
  return only(
    {
      ...state,
      sockets: socket,
      successor: { phase: 'socket', socket, renewInMs: event.renewInMs },
    },
    { type: 'openSocket', socket, token: event.token },
    { type: 'startTimer', timer: 'handshake', delayMs: HANDSHAKE_MS },
  );
}

/** From one open socket to the next: for a moment both hear, so that nothing falls between them. */
function handOver(
  state: StateOf<'open'>,
  { socket, renewInMs }: Extract<Successor, { phase: 'socket' }>,
): Step {
  return only(
    {
      ...state,
      socket,
      isProbing: false,
      successor: { phase: 'none' },
      misses: 0,
      retiring: state.socket,
    },
    ...closeOne(state.retiring),
    { type: 'startTimer', timer: 'retire', delayMs: RETIRE_MS },
    { type: 'startTimer', timer: 'renew', delayMs: renewInMs },
    { type: 'synchronise', isSeamless: true },
  );
}

/** The open socket serves on; when it ends, the ordinary way back finds out why there is no new one. */
function renewLater(state: StateOf<'open'>): Step {
  const { successor, misses } = state;
  return only(
    { ...state, successor: { phase: 'none' }, misses: misses + 1 },
    ...closeSuccessor(successor),
    { type: 'backOff', timer: 'renew', attempt: misses },
  );
}

function probe(state: StateOf<'open'>): Step {
  if (state.isProbing) return stay(state);
  return only(
    { ...state, isProbing: true },
    { type: 'ping' },
    { type: 'startTimer', timer: 'probe', delayMs: PROBE_MS },
  );
}

function authorize(state: ConnectionState, attempt: number, isFresh = false): Step {
  const { sockets } = state;
  const error = 'error' in state ? state.error : undefined;
  return {
    state: { status: 'authorizing', sockets, attempt, isFresh, error },
    effects: [{ type: 'fetchToken', isFresh }],
  };
}

function wait({ sockets }: ConnectionState, attempt: number, error?: ChatError): Step {
  return {
    state: { status: 'waiting', sockets, attempt, error },
    effects: [{ type: 'backOff', timer: 'retry', attempt }],
  };
}

function letGo(state: ConnectionState): Step {
  if (state.status === 'idle') return stay(state);
  return { state: { status: 'idle', sockets: state.sockets }, effects: closeAll(state) };
}

/** A step that begins without any socket. */
function leave(state: ConnectionState, { state: next, effects }: Step): Step {
  return { state: next, effects: [...closeAll(state), ...effects] };
}

function closeAll(state: ConnectionState): ConnectionEffect[] {
  if (state.status === 'connecting') return closeOne(state.socket);
  if (state.status !== 'open') return [];
  const { socket, successor, retiring } = state;
  return [...closeOne(retiring), ...closeOne(socket), ...closeSuccessor(successor)];
}

function closeSuccessor(successor: Successor): ConnectionEffect[] {
  return closeOne(successor.phase === 'socket' ? successor.socket : null);
}

function closeOne(socket: number | null): ConnectionEffect[] {
  return socket === null ? [] : [{ type: 'closeSocket', socket }];
}

function isWaking(signal: DeviceSignal): boolean {
  return signal === 'online' || signal === 'visible';
}

function stay(state: ConnectionState): Step {
  return { state, effects: [] };
}

function only(state: ConnectionState, ...effects: ConnectionEffect[]): Step {
  return { state, effects };
}
