import { describe, expect, it } from 'vitest';

import { invocationFaults } from './invocations.ts';
import { FINE, Sky, type Weather } from './weather.ts';

const FRAME = { requestContext: { routeKey: 'send' } };
const FAREWELL = { requestContext: { routeKey: '$disconnect' } };

/** Invokes once under a weather: what became of it, and what was counted. */
async function invoke(weather: Partial<Weather>, event: object) {
  const sky = new Sky();
  sky.change({ ...FINE, ...weather }, 1);
  const reached: unknown[] = [];
  const startedMs = performance.now();
  const result = await invocationFaults(sky)(async (_, it) => {
    reached.push(it);
    return { ok: true, payload: 'done' };
  })('f', event);
  return {
    result,
    reached: reached.length,
    lateMs: performance.now() - startedMs,
    counts: Object.fromEntries(sky.counts),
  };
}

describe('the faults of invocations', () => {
  it('lose a farewell, which the gateway takes for said', async () => {
    expect(await invoke({ lostFarewells: 1 }, FAREWELL)).toMatchObject({
      result: { ok: true, payload: { statusCode: 200 } },
      reached: 0,
      counts: { 'farewell lost': 1 },
    });
  });

  it('let an environment take long to start, and the invocation comes through', async () => {
    const { lateMs, ...slow } = await invoke({ slowStarts: 1, slowStartMs: 200 }, FRAME);
    expect(slow).toMatchObject({ reached: 1, counts: { 'slow start': 1 } });
    expect(lateMs).toBeGreaterThan(5);
  });

  it('stay away under a clear sky, and from frames where farewells are lost', async () => {
    for (const event of [FRAME, FAREWELL]) {
      expect(await invoke({}, event)).toMatchObject({ reached: 1, counts: {} });
    }
    expect(await invoke({ lostFarewells: 1 }, FRAME)).toMatchObject({ reached: 1, counts: {} });
  });
});
