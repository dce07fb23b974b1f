/** The faults between the gateways and the functions, as a sky sends them: environments that take long to start, and farewells that never come or come late. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Invoke } from '../../../lib/local/model.ts';
import type { Sky } from './weather.ts';

/** For `wrapInvoke` of the runtime. */
export function invocationFaults(sky: Sky): (invoke: Invoke) => Invoke {
  return (invoke) => async (functionId, event) => {
    const { weather } = sky;
    const what = [functionId];
    if (isFarewell(event)) {
      if (sky.strikes('farewell lost', weather.lostFarewells, what)) {
        return { ok: true, payload: { statusCode: 200 } };
      }
      if (sky.strikes('farewell late', weather.lostFarewells, what)) await lag(sky, 'farewell');
    } else if (sky.strikes('slow start', weather.slowStarts, what)) await lag(sky, functionId);
    return invoke(functionId, event);
  };
}

function lag(sky: Sky, what: string): Promise<void> {
  return sleep(sky.roll('how late', what) * sky.weather.slowStartMs);
}

/** The `$disconnect` of a socket. */
function isFarewell(event: unknown): boolean {
  const { requestContext: { routeKey = '' } = {} } = event as {
    requestContext?: { routeKey?: string };
  };
  return routeKey === '$disconnect';
}
