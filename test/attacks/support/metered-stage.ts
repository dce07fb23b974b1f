/** A stage that counts what its functions ask of the database. */
import type { LocalStackOptions } from '../../support/local-stack.ts';
import { type MeteringProxy, startMeteringProxy } from '../../bench/metering-proxy.ts';
import { type Stage, startStage } from './stage.ts';

export interface MeteredStage {
  readonly stage: Stage;
  readonly meter: MeteringProxy;
  stop(): Promise<void>;
}

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
    meter,
    stop: async () => {
      await stage.stop();
      await meter.stop();
    },
  };
}
