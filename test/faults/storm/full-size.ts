/** `npm run storm`: 5,000 clients lose their sockets at once before a gateway with an account's own rate, and one verdict. */
import { parseArgs } from 'node:util';

import { NEW_CONNECTIONS_PER_SECOND } from '../../../lib/local/throttle.ts';
import { playStorm } from './storm.ts';

const WITHIN_MS = 120_000;

/** What goes wrong besides. */
const WEATHERS = {
  'all sockets go': {},
  'and all devices hear at once that the network is back': { onlineAfterMs: 100 },
  'and nobody is let in for 30 s': { outageMs: 30_000 },
  'and nobody for 30 s, then all hear of it': { outageMs: 30_000, onlineAfterMs: 30_100 },
  'and every other HTTP request is refused for 30 s': { busyMs: 30_000 },
};

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
  },
});

for (const [name, weather] of Object.entries(WEATHERS)) {
  const result = await playStorm({
    clients: Number(values.clients),
    perSecond: NEW_CONNECTIONS_PER_SECOND,
    seed: Number(values.seed),
    ...weather,
  });
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  console.log(
    `${name}: whole after ${seconds(result.halfMs)} (half), ${seconds(result.mostMs)} (95 %), ${seconds(result.allMs)} (all); ` +
      `${result.handshakes} handshakes, ${result.refused} refused, ${result.peak} in the busiest second; ` +
      `${result.requests} requests, ${result.unserved} refused`,
  );
  if (result.allMs > WITHIN_MS) process.exitCode = 1;
}
