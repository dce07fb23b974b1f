/** A stage that counts what its functions ask of the database. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { LocalStackOptions } from '../../support/local-stack.ts';
import { type Meter, type MeteringProxy, startMeteringProxy } from '../../bench/metering-proxy.ts';
import { type Stage, startStage } from './stage.ts';

export interface MeteredStage {
  readonly stage: Stage;
  /** What is asked of the database for `work`, and for what follows from it until nothing more is written. */
  spentFor(work: () => Promise<unknown>): Promise<Meter>;
  stop(): Promise<void>;
}

/** Streams that wrote nothing for so long have nothing more to do. */
const QUIET_MS = 1_500;

/** In one environment: frames are counted by environment, see adr/0006, and so every limit is exact. */
export async function startMeteredStage(
  limits: LocalStackOptions['limits'] = {},
): Promise<MeteredStage> {
  const metering = Promise.withResolvers<MeteringProxy>();
  const stage = await startStage({
    limits,
    maxEnvironments: 1,
    functionsDatabase: async (endpoint) => {
      metering.resolve(await startMeteringProxy(endpoint));
      return (await metering.promise).endpoint;
    },
  });
  const meter = await metering.promise;
  return {
    stage,
    spentFor: async (work) => {
      await untilQuiet(meter);
      await work();
      return untilQuiet(meter);
    },
    stop: async () => {
      await stage.stop();
      await meter.stop();
    },
  };
}

/** What was used since the meter was last read. */
async function untilQuiet(meter: MeteringProxy): Promise<Meter> {
  const spent: Meter = { writeUnits: 0, readUnits: 0, calls: {} };
  for (;;) {
    await sleep(QUIET_MS);
    const { writeUnits, readUnits, calls } = meter.take();
    spent.writeUnits += writeUnits;
    spent.readUnits += readUnits;
    for (const [name, { count, units }] of Object.entries(calls)) {
      const used = (spent.calls[name] ??= { count: 0, units: 0 });
      used.count += count;
      used.units += units;
    }
    if (writeUnits === 0) return spent;
  }
}
