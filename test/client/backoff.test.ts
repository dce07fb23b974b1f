import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { backoffMs, CALM_RECONNECT, REQUEST_RETRY, URGENT_RECONNECT } from '#client/backoff.ts';

describe('backoffMs', () => {
  it.each([
    ['urgent', URGENT_RECONNECT, 2_000],
    ['calm', CALM_RECONNECT, 15_000],
  ])('comes back within the first wait of the %s plan', (_, plan, highest) => {
    expect(backoffMs(plan, 0, 0)).toBe(plan.floorMs);
    expect(backoffMs(plan, 0, 0.999_999)).toBeLessThanOrEqual(highest);
    expect(backoffMs(plan, 0, 0.999_999)).toBeGreaterThan(highest - 100);
  });

  it('spreads over the whole range between floor and cap, whatever the attempt', () => {
    const plans = fc.constantFrom(URGENT_RECONNECT, CALM_RECONNECT, REQUEST_RETRY);
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(plans, fc.nat(5_000), chance, (plan, attempt, random) => {
        const delayMs = backoffMs(plan, attempt, random);
        expect(delayMs).toBeGreaterThanOrEqual(plan.floorMs);
        expect(delayMs).toBeLessThanOrEqual(plan.capMs);
        expect(backoffMs(plan, attempt + 1, random)).toBeGreaterThanOrEqual(delayMs);
      }),
    );
  });
});
