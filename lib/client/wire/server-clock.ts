/** Times of the server on the clock of this device, which may be hours wrong. */
import type { FetchPort, Ports } from '../ports.ts';

/** A wrong clock is wrong by more than this; the date of a cached answer by less. */
const TOLERANCE_MS = 600_000;

export interface ServerClock {
  /** What the device's clock shows at a time of the server, both ISO 8601; null for none. */
  readonly here: (at: string | null) => string | null;
  /** Fetches as the port does, and learns from the answer's `date` how wrong the clock is. */
  readonly fetch: FetchPort;
}

/** The clock of one API. An answer that shows no date, as to a foreign origin, is believed to come from a right one. */
export function createServerClock({ fetch, now }: Pick<Ports, 'fetch' | 'now'>): ServerClock {
  let aheadMs = 0;
  return {
    here: (at) => at && new Date(Date.parse(at) + aheadMs).toISOString(),
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      const ms = now() - Date.parse(answer.headers.get('date') ?? '');
      aheadMs = Math.abs(ms) > TOLERANCE_MS ? ms : 0;
      return answer;
    },
  };
}
