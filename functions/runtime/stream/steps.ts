/** Steps of which one that fails does not stop the others, and still fails the whole. */
import { ChatError } from '#protocol/errors.ts';

import { refusalOf } from '../invocation.ts';

/** Runs steps one after the other and remembers which failed. */
export class Steps {
  #failures = 0;

  /** Runs a step. @returns what it came to; null where it failed, which is in the log then */
  async run<T>(name: string, step: () => Promise<T>): Promise<T | null> {
    try {
      return await step();
    } catch (error) {
      refusalOf(error, name);
      this.#failures += 1;
      return null;
    }
  }

  /** @throws ChatError `unavailable` where one failed, so that all of them are repeated */
  finish(): void {
    if (this.#failures > 0) throw new ChatError('unavailable');
  }
}
