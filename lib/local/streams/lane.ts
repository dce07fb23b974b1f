/** One of a shard's lanes: gathers records into batches, and delivers one batch at a time. */
import { deliver, type DeliveryOptions, type StreamRecord } from './delivery.ts';

/** A lane. The order of what goes into it is the order in which it is delivered. */
export class Lane {
  readonly #delivery: DeliveryOptions;
  readonly #onSettled: (batch: readonly StreamRecord[]) => void;
  /** Waits for a batch: at most one batch and a page. */
  #pending: StreamRecord[] = [];
  #pendingSince = 0;
  #working: Promise<void> | undefined;

  /** @param onSettled hears of each batch that is delivered or given up */
  constructor(delivery: DeliveryOptions, onSettled: (batch: readonly StreamRecord[]) => void) {
    this.#delivery = delivery;
    this.#onSettled = onSettled;
  }

  add(record: StreamRecord): void {
    if (this.#pending.length === 0) this.#pendingSince = Date.now();
    this.#pending.push(record);
  }

  /**
   * Starts what fills a batch or has waited for its window; resolves when less than a batch waits.
   * @throws AbortError when the runtime stops first
   */
  async flush(): Promise<void> {
    this.#start();
    while (this.#working && this.#pending.length >= this.#delivery.mapping.batchSize) {
      await this.#working;
    }
  }

  /** Delivers everything, whatever the window is. */
  async finish(): Promise<void> {
    this.#pendingSince = 0;
    this.#start();
    while (this.#working) await this.#working;
  }

  /** Resolves when nothing is in work; what waits is left. */
  async settled(): Promise<void> {
    this.#pending = [];
    await this.#working;
  }

  #start(): void {
    const { batchSize, batchWindowMs } = this.#delivery.mapping;
    const isDue = Date.now() - this.#pendingSince >= batchWindowMs;
    if (this.#working || this.#pending.length === 0) return;
    if (this.#pending.length < batchSize && !isDue) return;
    const batch = this.#pending.splice(0, batchSize);
    this.#working = this.#deliver(batch);
    // Whoever waits for it hears of it; nobody may be waiting yet.
    this.#working.catch(() => undefined);
  }

  async #deliver(batch: readonly StreamRecord[]): Promise<void> {
    await deliver(this.#delivery, batch);
    this.#onSettled(batch);
    this.#working = undefined;
    this.#start();
  }
}
