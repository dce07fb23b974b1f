/** The stack on which rounds run, with a sky over its database, its pushes and its environments. */
import { type LocalStack, startLocalStack } from '../../support/local-stack.ts';
import { databaseFaults, type Kill } from '../faults/database.ts';
import { invocationFaults } from '../faults/invocations.ts';
import { type FaultProxy, startFaultProxy } from '../faults/proxy.ts';
import { pushFaults } from '../faults/pushes.ts';
import { staleReads } from '../faults/stale-reads.ts';
import { Sky } from '../faults/weather.ts';

/** Far from what a round reaches. */
const LIMITS = {
  messagesPer10Seconds: 100_000,
  framesPer10Seconds: 100_000,
  roomsPerHour: 100_000,
  firstContactsPerHour: 100_000,
};

/** A stack under a sky. */
export interface Stand {
  readonly stack: LocalStack;
  readonly sky: Sky;
  /** Answers of the database that were behind. */
  readonly staleAnswers: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts it, under a clear sky. */
export async function openStand(): Promise<Stand> {
  const sky = new Sky();
  const stale = staleReads(() => sky.weather.staleMs);
  const running: { stack?: LocalStack; proxy?: FaultProxy } = {};
  const kill: Kill = (trace) => running.stack?.runtime.kill(trace) === true;
  const stack = await startLocalStack({
    limits: LIMITS,
    wrapInvoke: invocationFaults(sky),
    wrapPushes: pushFaults(sky, kill),
    functionsDatabase: async (endpoint) => {
      running.proxy = await startFaultProxy(endpoint, [...databaseFaults(sky, kill), stale.fault]);
      return running.proxy.url;
    },
    // every call would pass one process more; the roles are held in every other project
    enforcesRoles: false,
  });
  running.stack = stack;
  return {
    stack,
    sky,
    staleAnswers: stale.count,
    stop: async () => {
      await stack.stop();
      await running.proxy?.close();
    },
  };
}
