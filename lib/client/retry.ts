/** Repeating what may succeed later: a bounded number of tries, and an end when the client closes. */
import { ChatError } from '#protocol/errors.ts';

import { backoffMs, REQUEST_RETRY } from './backoff.ts';
import type { Ports } from './ports.ts';

/** How often one thing is tried. */
const MAX_TRIES = 5;
/** A server that asks for more patience than this gets none: somebody waits for the answer. */
const MAX_WAIT_MS = 60_000;

/** Tries of one client; it ends them all when it closes. */
export class Retries {
  readonly #ports: Pick<Ports, 'after' | 'random'>;
  readonly #waits = new Set<() => void>();
  #isClosed = false;

  constructor(ports: Pick<Ports, 'after' | 'random'>) {
    this.#ports = ports;
  }

  /** @throws ChatError what the last try threw; anything else it throws counts as `internal` */
  async run<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        const reason = asChatError(error);
        const delayMs = this.#delayMs(reason, tries);
        if (delayMs === null) throw reason;
        await this.#wait(delayMs);
        if (this.#isClosed) throw reason;
      }
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const end of this.#waits) end();
  }

  #delayMs(error: ChatError, tries: number): number | null {
    if (!error.retryable || tries >= MAX_TRIES || this.#isClosed) return null;
    const delayMs = retryDelayMs(error, tries - 1, this.#ports.random());
    return delayMs > MAX_WAIT_MS ? null : delayMs;
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        this.#waits.delete(end);
        resolve();
      };
      const cancel = this.#ports.after(delayMs, end);
      this.#waits.add(end);
    });
  }
}

/** How long to wait before a request is repeated: as long as the server asks for, and no less than the backoff. */
export function retryDelayMs(error: ChatError, failures: number, random: number): number {
  const askedMs = (error.details.retryAfter ?? 0) * 1000;
  return Math.max(askedMs, backoffMs(REQUEST_RETRY, failures, random));
}

/** What was thrown, as the one error. */
export function asChatError(error: unknown): ChatError {
  return error instanceof ChatError ? error : new ChatError('internal', {}, { cause: error });
}

/** Whether another token may help: it ended, or the issuer signs with another key now. */
export function isOfToken(error: unknown): boolean {
  return (
    error instanceof ChatError && (error.code === 'token_expired' || error.code === 'unauthorized')
  );
}
