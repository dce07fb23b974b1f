import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { INITIAL_CONNECTION, transition } from '#client/state/connection.ts';
import type { ConnectionEvent, ConnectionState } from '#client/state/connection-types.ts';
import { ChatError } from '#protocol/errors.ts';

const RENEW_MS = 3_540_000;
const refusal = new ChatError('blocked');

/** Every state, by a name for the table. */
const STATES: Record<string, ConnectionState> = {
  idle: INITIAL_CONNECTION,
  waiting: { status: 'waiting', sockets: 1, attempt: 2 },
  authorizing: { status: 'authorizing', sockets: 1, attempt: 2, isFresh: false },
  connecting: {
    status: 'connecting',
    sockets: 1,
    attempt: 2,
    isFresh: false,
    socket: 1,
    renewInMs: RENEW_MS,
  },
  diagnosing: { status: 'diagnosing', sockets: 1, attempt: 2, isFresh: false },
  diagnosingFresh: { status: 'diagnosing', sockets: 1, attempt: 2, isFresh: true },
  open: {
    status: 'open',
    sockets: 1,
    attempt: 2,
    socket: 1,
    isProbing: false,
    successor: { phase: 'none' },
    misses: 0,
    retiring: null,
  },
  probing: {
    status: 'open',
    sockets: 1,
    attempt: 2,
    socket: 1,
    isProbing: true,
    successor: { phase: 'none' },
    misses: 0,
    retiring: null,
  },
  renewing: {
    status: 'open',
    sockets: 1,
    attempt: 2,
    socket: 1,
    isProbing: false,
    successor: { phase: 'token' },
    misses: 3,
    retiring: null,
  },
  succeeding: {
    status: 'open',
    sockets: 2,
    attempt: 2,
    socket: 1,
    isProbing: false,
    successor: { phase: 'socket', socket: 2, renewInMs: RENEW_MS },
    misses: 3,
    retiring: null,
  },
  handedOver: {
    status: 'open',
    sockets: 2,
    attempt: 2,
    socket: 2,
    isProbing: false,
    successor: { phase: 'none' },
    misses: 0,
    retiring: 1,
  },
  refused: { status: 'refused', sockets: 1, error: refusal },
};

const EVENTS: Record<string, ConnectionEvent> = {
  connect: { type: 'connect' },
  disconnect: { type: 'disconnect' },
  token: { type: 'token', token: 't', renewInMs: RENEW_MS },
  token_failed: { type: 'token_failed', error: new ChatError('unavailable') },
  'signed out': { type: 'token_failed', error: new ChatError('unauthorized') },
  'opened 1': { type: 'opened', socket: 1 },
  'opened 2': { type: 'opened', socket: 2 },
  'received 1': { type: 'received', socket: 1 },
  'closed 1': { type: 'closed', socket: 1 },
  'closed 2': { type: 'closed', socket: 2 },
  'diagnosed passing': { type: 'diagnosed', verdict: { kind: 'passing' } },
  'diagnosed stale': { type: 'diagnosed', verdict: { kind: 'stale_token' } },
  'diagnosed refused': { type: 'diagnosed', verdict: { kind: 'refused', error: refusal } },
  visible: { type: 'device', signal: 'visible' },
  online: { type: 'device', signal: 'online' },
  offline: { type: 'device', signal: 'offline' },
  hidden: { type: 'device', signal: 'hidden' },
  retry: { type: 'timer', timer: 'retry' },
  handshake: { type: 'timer', timer: 'handshake' },
  keepAlive: { type: 'timer', timer: 'keepAlive' },
  probe: { type: 'timer', timer: 'probe' },
  renew: { type: 'timer', timer: 'renew' },
  retire: { type: 'timer', timer: 'retire' },
  settled: { type: 'timer', timer: 'settled' },
};

/** What changes: the next status and the effects in short. Every other pair of state and event changes nothing. */
const TABLE: Record<string, Record<string, string>> = {
  idle: { connect: 'authorizing: fetchToken' },
  refused: { connect: 'authorizing: fetchToken', disconnect: 'idle:' },
  waiting: {
    connect: 'authorizing: fetchToken',
    retry: 'authorizing: fetchToken',
    visible: 'authorizing: fetchToken',
    online: 'authorizing: fetchToken',
    disconnect: 'idle:',
  },
  authorizing: {
    token: 'connecting: openSocket 2, startTimer handshake',
    token_failed: 'waiting: backOff retry 3',
    'signed out': 'waiting: backOff retry 3',
    disconnect: 'idle:',
  },
  connecting: {
    'opened 1': 'open: startTimer keepAlive, startTimer renew, startTimer settled, synchronise',
    'closed 1': 'diagnosing: closeSocket 1, diagnose',
    handshake: 'diagnosing: closeSocket 1, diagnose',
    offline: 'waiting: closeSocket 1, backOff retry 2',
    disconnect: 'idle: closeSocket 1',
  },
  diagnosing: {
    'diagnosed passing': 'waiting: backOff retry 3',
    'diagnosed stale': 'authorizing: fetchToken fresh',
    'diagnosed refused': 'refused:',
    disconnect: 'idle:',
  },
  diagnosingFresh: {
    'diagnosed passing': 'waiting: backOff retry 3',
    'diagnosed stale': 'waiting: backOff retry 3',
    'diagnosed refused': 'refused:',
    disconnect: 'idle:',
  },
  open: {
    'closed 1': 'waiting: backOff retry 2',
    visible: 'open probing: ping, startTimer probe',
    online: 'open probing: ping, startTimer probe',
    offline: 'waiting: closeSocket 1, backOff retry 0',
    keepAlive: 'open probing: ping, startTimer probe, startTimer keepAlive',
    renew: 'open successor token: fetchToken',
    settled: 'open:',
    disconnect: 'idle: closeSocket 1',
  },
  probing: {
    'received 1': 'open:',
    'closed 1': 'waiting: backOff retry 2',
    offline: 'waiting: closeSocket 1, backOff retry 0',
    keepAlive: 'open probing: startTimer keepAlive',
    probe: 'authorizing: closeSocket 1, fetchToken',
    renew: 'open probing successor token: fetchToken',
    settled: 'open probing:',
    disconnect: 'idle: closeSocket 1',
  },
  renewing: {
    token: 'open successor socket: openSocket 2, startTimer handshake',
    token_failed: 'open: backOff renew 3',
    'signed out': 'open: backOff renew 3',
    'closed 1': 'waiting: backOff retry 2',
    visible: 'open probing successor token: ping, startTimer probe',
    online: 'open probing successor token: ping, startTimer probe',
    offline: 'waiting: closeSocket 1, backOff retry 0',
    keepAlive: 'open probing successor token: ping, startTimer probe, startTimer keepAlive',
    settled: 'open successor token:',
    disconnect: 'idle: closeSocket 1',
  },
  succeeding: {
    'opened 2': 'open retiring 1: startTimer retire, startTimer renew, synchronise seamless',
    'closed 1': 'connecting: startTimer handshake',
    'closed 2': 'open: closeSocket 2, backOff renew 3',
    handshake: 'open: closeSocket 2, backOff renew 3',
    visible: 'open probing successor socket: ping, startTimer probe',
    online: 'open probing successor socket: ping, startTimer probe',
    offline: 'waiting: closeSocket 1, closeSocket 2, backOff retry 0',
    keepAlive: 'open probing successor socket: ping, startTimer probe, startTimer keepAlive',
    settled: 'open successor socket:',
    disconnect: 'idle: closeSocket 1, closeSocket 2',
  },
  handedOver: {
    retire: 'open: closeSocket 1',
    'closed 1': 'open:',
    'closed 2': 'open: backOff renew 0',
    visible: 'open probing retiring 1: ping, startTimer probe',
    online: 'open probing retiring 1: ping, startTimer probe',
    offline: 'waiting: closeSocket 1, closeSocket 2, backOff retry 0',
    keepAlive: 'open probing retiring 1: ping, startTimer probe, startTimer keepAlive',
    renew: 'open successor token retiring 1: fetchToken',
    settled: 'open retiring 1:',
    disconnect: 'idle: closeSocket 1, closeSocket 2',
  },
};

function describeStep(before: ConnectionState, event: ConnectionEvent): string | null {
  const { state, effects } = transition(before, event);
  if (state === before && effects.length === 0) return null;
  const shape = [
    state.status,
    state.status === 'open' && state.isProbing ? 'probing' : '',
    state.status === 'open' && state.successor.phase !== 'none'
      ? `successor ${state.successor.phase}`
      : '',
    state.status === 'open' && state.retiring !== null ? `retiring ${state.retiring}` : '',
  ];
  const done = effects.map((effect) => {
    const { type } = effect;
    if (type === 'startTimer') return `${type} ${effect.timer}`;
    if (type === 'backOff') return `${type} ${effect.timer} ${effect.attempt}`;
    if (type === 'synchronise') return effect.isSeamless ? `${type} seamless` : type;
    if (type === 'fetchToken') return effect.isFresh ? `${type} fresh` : type;
    return 'socket' in effect ? `${type} ${effect.socket}` : type;
  });
  return `${shape.filter((part) => part !== '').join(' ')}: ${done.join(', ')}`.trim();
}

const pairs = Object.keys(STATES).flatMap((state) =>
  Object.keys(EVENTS).map((event) => [state, event] as const),
);

describe('the transition table', () => {
  it.each(pairs)('%s on %s', (stateName, eventName) => {
    const state = STATES[stateName];
    const event = EVENTS[eventName];
    if (!state || !event) throw new Error('The table names what is not there.');
    expect(describeStep(state, event)).toBe(TABLE[stateName]?.[eventName] ?? null);
  });

  it('knows of who is signed out until a token comes, and of nobody where only the network is gone', () => {
    const retry = { type: 'timer', timer: 'retry' } as const;
    const course = ['connect', 'token_failed', retry, 'signed out', retry, 'token_failed', retry];
    const known: unknown[] = [];
    let state: ConnectionState = INITIAL_CONNECTION;
    for (const step of [...course, 'signed out', retry, 'token']) {
      const event = typeof step === 'string' ? EVENTS[step] : step;
      if (!event) throw new Error('The course names what is not there.');
      state = transition(state, event).state;
      known.push('error' in state && state.error?.code);
    }
    const [none, out] = [undefined, 'unauthorized'];
    expect(known).toEqual([none, none, none, out, out, none, none, out, out, false]);
  });

  it('counts a socket that settled as good: the next loss is the first', () => {
    const { open } = STATES;
    if (!open) throw new Error('No open state.');
    const { state } = transition(open, { type: 'timer', timer: 'settled' });
    expect(describeStep(state, { type: 'closed', socket: 1 })).toBe('waiting: backOff retry 0');
  });
});

describe('any course of events', () => {
  const events = fc.array(fc.constantFrom(...Object.values(EVENTS)), { maxLength: 60 });

  it('never leaves a socket behind that nobody will close', () => {
    fc.assert(
      fc.property(events, (course) => {
        const opened = new Set<number>();
        let state: ConnectionState = INITIAL_CONNECTION;
        for (const event of [...course, { type: 'disconnect' } as const]) {
          const { state: next, effects } = transition(state, event);
          if (event.type === 'closed') opened.delete(event.socket);
          for (const effect of effects) {
            if (effect.type === 'openSocket') opened.add(effect.socket);
            if (effect.type === 'closeSocket') opened.delete(effect.socket);
          }
          state = next;
        }
        expect([...opened]).toEqual([]);
        expect(state.status).toBe('idle');
      }),
    );
  });

  it('always starts what will end the status it enters', () => {
    const needed: Record<string, string> = {
      waiting: 'backOff',
      authorizing: 'fetchToken',
      diagnosing: 'diagnose',
      connecting: 'startTimer',
    };
    fc.assert(
      fc.property(events, (course) => {
        const stuck: string[] = [];
        let state: ConnectionState = INITIAL_CONNECTION;
        for (const event of course) {
          const { state: next, effects } = transition(state, event);
          const wanted = next.status === state.status ? undefined : needed[next.status];
          const isStarted = effects.some(({ type }) => type === wanted);
          if (wanted !== undefined && !isStarted) stuck.push(`${state.status} → ${next.status}`);
          state = next;
        }
        expect(stuck).toEqual([]);
      }),
    );
  });
});
