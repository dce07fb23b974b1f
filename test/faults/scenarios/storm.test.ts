/** Everybody's socket goes at once: a tenth of the full size, before a gateway that lets in a tenth of an account's rate. */
import { describe, expect, it } from 'vitest';

import { NEW_CONNECTIONS_PER_SECOND } from '../../../lib/local/throttle.ts';
import { playStorm } from '../storm/storm.ts';

const SEED = 20_261_130;
const CLIENTS = 500;
const PER_SECOND = NEW_CONNECTIONS_PER_SECOND / 10;

describe('500 clients, 50 handshakes per second', () => {
  it.each([
    ['lose their sockets', {}, 0],
    ['hear at the same moment that the network is back', { onlineAfterMs: 100 }, CLIENTS / 2],
    ['find nobody for 30 seconds', { outageMs: 30_000, onlineAfterMs: 30_100 }, CLIENTS],
    ['find an API that is busy for 30 seconds', { busyMs: 30_000 }, 0],
  ])('%s, and have all read what they missed within 120 s', async (_, weather, refused) => {
    const storm = { clients: CLIENTS, perSecond: PER_SECOND, seed: SEED, ...weather };
    const result = await playStorm(storm);
    expect(result.allMs).toBeLessThan(120_000);
    // They came back spread out: more than the gateway takes in a second is asked only by the signal for all.
    expect(result.median).toBeLessThanOrEqual(PER_SECOND);
    expect(result.refused).toBeGreaterThanOrEqual(refused);
  });
});
