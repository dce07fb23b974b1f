/** Processes over the same tables: each request waits for its turn, may be the last one, or lose its answer. */
import { portsOver, World } from './builders-ports.ts';
import { rulesWith } from './builders.ts';
import { fakeStore, type FakeTables } from './fake-store.ts';

/** What goes wrong in a process. Steps count its requests. */
export interface Fate {
  /** The request before or after which the process dies; 99: none. */
  readonly diesAt: number;
  /** The request whose answer is lost after it was applied; 99: none. */
  readonly losesAt: number;
  /** How many versions each eventually consistent read lags. */
  readonly lag: readonly number[];
}

export class Death extends Error {}

/** A process of its own: its ports, and whether it lives. What a dead one says, nobody hears. */
export function processOf(tables: FakeTables, fate: Fate, turn: () => Promise<void>) {
  const life = { requests: 0, dead: false };
  const step = async () => {
    await turn();
    if (life.dead) throw new Death();
  };
  const request = async <T>(work: () => T): Promise<T> => {
    const number = life.requests;
    life.requests += 1;
    await step();
    // Dies before its request on even numbers, after it on odd ones.
    if (number === fate.diesAt && number % 2 === 0) life.dead = true;
    if (life.dead) throw new Death();
    const answer = work();
    if (number === fate.diesAt) life.dead = true;
    await step();
    if (number === fate.losesAt) throw new Error('The answer was lost.');
    return answer;
  };
  const staleVersion = (count: number) =>
    Math.max(0, count - 1 - (fate.lag[life.requests % fate.lag.length] ?? 0));
  const store = fakeStore(tables, { request, staleVersion });
  const ports = portsOver(store, new World(), rulesWith({ messagesPer10Seconds: 100_000 }));
  return { life, step, ports: { ...ports, wait: step } };
}
