/** Download addresses: asked for when one is needed, kept until shortly before they end. */
import type { Ports } from '../ports.ts';
import type { Requests } from '../wire/requests.ts';

/** An address is not given out for the last part of its life: what is shown needs time to load. */
const MARGIN_MS = 30_000;
/** How many are kept; the oldest go first. */
const MAX_KEPT = 500;

export interface AddressesOptions {
  readonly requests: Pick<Requests, 'getAttachment'>;
  readonly ports: Pick<Ports, 'now'>;
}

interface Kept {
  readonly url: Promise<string>;
  /** Infinity while it is on its way. */
  untilMs: number;
}

/** The addresses of one client. */
export class Addresses {
  readonly #options: AddressesOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: AddressesOptions) {
    this.#options = options;
  }

  /** The same promise for the same attachment as long as its address lives. @throws ChatError */
  get(roomId: string, key: string): Promise<string> {
    const name = `${roomId}/${key}`;
    const known = this.#kept.get(name);
    if (known && known.untilMs > this.#options.ports.now()) return known.url;
    const kept: Kept = { url: this.#ask(roomId, key, name), untilMs: Infinity };
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    const oldest = this.#kept.size > MAX_KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
    return kept.url;
  }

  async #ask(roomId: string, key: string, name: string): Promise<string> {
    try {
      const { url, expiresAt } = await this.#options.requests.getAttachment(roomId, key);
      const kept = this.#kept.get(name);
      if (kept) kept.untilMs = Date.parse(expiresAt) - MARGIN_MS;
      return url;
    } catch (error) {
      this.#kept.delete(name);
      throw error;
    }
  }
}
