/** The transition table in a world that answers it: only what it asked for happens, though in any order and with any luck. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { INITIAL_CONNECTION, transition } from '#client/state/connection.ts';
import type {
  ConnectionEffect,
  ConnectionEvent,
  ConnectionState,
  ConnectionTimer,
} from '#client/state/connection-types.ts';
import { ChatError } from '#protocol/errors.ts';

const TOKEN = { type: 'token', token: 't', renewInMs: 6_000_000 } as const;
const PASSING = { type: 'diagnosed', verdict: { kind: 'passing' } } as const;
const NO_TOKEN = { type: 'token_failed', error: new ChatError('unavailable') } as const;
const SIGNED_OUT = { type: 'token_failed', error: new ChatError('unauthorized') } as const;
const REFUSED = {
  type: 'diagnosed',
  verdict: { kind: 'refused', error: new ChatError('blocked') },
} as const;

/** What the table asked for and has not been answered yet. */
class World {
  state: ConnectionState = INITIAL_CONNECTION;
  readonly sockets = new Map<number, 'opening' | 'open'>();
  readonly timers = new Set<ConnectionTimer>();
  #tokens = 0;
  #diagnoses = 0;

  /** Everything that may happen now; what was asked for more often than what comes from outside. */
  possible(): ConnectionEvent[] {
    const signals = ['online', 'offline', 'visible', 'hidden'] as const;
    const asked: ConnectionEvent[] = [
      ...(this.#tokens > 0 ? [TOKEN, TOKEN, NO_TOKEN, SIGNED_OUT] : []),
      ...(this.#diagnoses > 0 ? [PASSING, REFUSED] : []),
      ...[...this.sockets].flatMap(([socket, phase]) => [
        { type: phase === 'open' ? 'received' : 'opened', socket } as const,
        { type: 'closed', socket } as const,
      ]),
      ...[...this.timers].map((timer) => ({ type: 'timer', timer }) as const),
    ];
    const outside = signals.map((signal) => ({ type: 'device', signal }) as const);
    return [{ type: 'connect' }, ...outside, ...asked, ...asked, ...asked, ...asked];
  }

  /** What happens next where everything goes well; undefined once nothing is left to wait for. */
  good(): ConnectionEvent | undefined {
    if (this.state.status === 'idle' || this.state.status === 'refused') return { type: 'connect' };
    if (this.#tokens > 0) return TOKEN;
    if (this.#diagnoses > 0) return PASSING;
    const opening = [...this.sockets].find(([, phase]) => phase === 'opening');
    if (opening) return { type: 'opened', socket: opening[0] };
    const due = (['retry', 'retire'] as const).find((timer) => this.timers.has(timer));
    return due && { type: 'timer', timer: due };
  }

  take(event: ConnectionEvent): void {
    if (event.type === 'token' || event.type === 'token_failed') this.#tokens -= 1;
    if (event.type === 'diagnosed') this.#diagnoses -= 1;
    if (event.type === 'opened') this.sockets.set(event.socket, 'open');
    if (event.type === 'closed') this.sockets.delete(event.socket);
    if (event.type === 'timer') this.timers.delete(event.timer);
    const { state, effects } = transition(this.state, event);
    if (state.status !== this.state.status) this.timers.clear();
    this.state = state;
    for (const effect of effects) this.#run(effect);
  }

  #run(effect: ConnectionEffect): void {
    if (effect.type === 'fetchToken') this.#tokens += 1;
    if (effect.type === 'diagnose') this.#diagnoses += 1;
    if (effect.type === 'openSocket') this.sockets.set(effect.socket, 'opening');
    if (effect.type === 'closeSocket') this.sockets.delete(effect.socket);
    if (effect.type === 'startTimer' || effect.type === 'backOff') this.timers.add(effect.timer);
  }
}

/** A world after some of what may happen, chosen by numbers; `look` sees it after each step. */
function worldAfter(choices: readonly number[], look: (world: World) => void = () => {}): World {
  const world = new World();
  for (const choice of choices) {
    const events = world.possible();
    const event = events[choice % events.length];
    if (event) world.take(event);
    look(world);
  }
  return world;
}

const courses = fc.array(fc.nat(1_000), { maxLength: 120 });

describe('a connection through any luck', () => {
  it('never holds two sockets without a timer that ends one of them', () => {
    fc.assert(
      fc.property(courses, (choices) => {
        worldAfter(choices, ({ sockets, timers }) => {
          const isEnding = timers.has('handshake') || timers.has('retire');
          expect(sockets.size < 2 || isEnding).toBe(true);
          expect(sockets.size).toBeLessThanOrEqual(3);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('is open only while it holds the socket that it speaks over', () => {
    fc.assert(
      fc.property(courses, (choices) => {
        worldAfter(choices, ({ state, sockets }) => {
          const phase = state.status === 'open' ? sockets.get(state.socket) : 'open';
          expect(phase).toBe('open');
        });
      }),
      { numRuns: 500 },
    );
  });

  it('has the next socket planned, or on its way, as long as it is open', () => {
    fc.assert(
      fc.property(courses, (choices) => {
        worldAfter(choices, ({ state, timers }) => {
          const isBare = state.status === 'open' && state.successor.phase === 'none';
          expect(isBare && !timers.has('renew')).toBe(false);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('ends with exactly one open socket, and a follower planned, once everything goes well', () => {
    fc.assert(
      fc.property(courses, (choices) => {
        const world = worldAfter(choices);
        let steps = 0;
        for (let event = world.good(); event && steps < 50; event = world.good()) {
          world.take(event);
          steps += 1;
        }
        const { state, sockets, timers } = world;
        expect(state.status).toBe('open');
        expect([...sockets.values()]).toEqual(['open']);
        expect(timers.has('renew') && timers.has('keepAlive')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('stays open from the first socket to the last while each is followed in time', () => {
    const world = new World();
    const statuses: string[] = [];
    const settle = () => {
      for (let event = world.good(); event; event = world.good()) {
        world.take(event);
        statuses.push(world.state.status);
      }
    };
    settle();
    statuses.length = 0;
    for (let life = 0; life < 20; life += 1) {
      world.take({ type: 'timer', timer: 'renew' });
      settle();
    }
    expect(new Set(statuses)).toEqual(new Set(['open']));
    expect([...world.sockets.keys()]).toEqual([21]);
  });
});
