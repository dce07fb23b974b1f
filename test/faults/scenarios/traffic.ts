/** Everything that is under way between devices, gateways and functions: a clock that leaps waits for it. */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

import type { WirePorts } from '../history/recording.ts';
import { DEFAULT_PORTS } from '#client/ports.ts';
import type { Invoke } from '../../../lib/local/model.ts';

/** What passes between the sockets of one process takes a few turns of its loop, however busy the machine is. */
const QUIET_TURNS = 10;

export class Traffic {
  #underWay = 0;

  /** For `wrapInvoke` of the runtime. What streams and queues set off goes on by itself. */
  readonly wrapInvoke =
    (invoke: Invoke): Invoke =>
    (functionId, event) => {
      const work = invoke(functionId, event);
      return 'requestContext' in (event as object) ? this.during(work) : work;
    };

  /** Puts itself before the ports of a device. */
  ports({ fetch, openSocket }: WirePorts = DEFAULT_PORTS): WirePorts {
    return {
      fetch: (url, init) => this.during(fetch(url, init)),
      openSocket: (url, protocols, listener) => {
        const opening = Promise.withResolvers<void>();
        void this.during(opening.promise);
        return openSocket(url, protocols, {
          ...listener,
          onOpen: () => {
            listener.onOpen();
            opening.resolve();
          },
          onClose: (code) => {
            listener.onClose(code);
            opening.resolve();
          },
        });
      },
    };
  }

  /** Counts this work too. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work;
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Until nothing is under way any more. */
  readonly settled = async (): Promise<void> => {
    for (let turns = 0; turns < QUIET_TURNS; turns += 1) {
      await setImmediate();
      if (this.#underWay === 0) continue;
      await sleep(1);
      turns = 0;
    }
  };
}
