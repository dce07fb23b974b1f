/** One of a shard's lanes: gathers records into batches, and delivers one batch at a time. */
import { MAX_EVENT_BYTES } from '../lambda/event-size.ts';
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
    if (this.#working || this.#pending.length === 0) return;
    const size = Math.min(batchSize, countFitting(this.#pending));
    const isFull = size === batchSize || size < this.#pending.length;
    const isDue = Date.now() - this.#pendingSince >= batchWindowMs;
    if (!isFull && !isDue) return;
    const batch = this.#pending.splice(0, size);
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

/** What stands around the records of an event. */
const ENVELOPE_BYTES = Buffer.byteLength(JSON.stringify({ Records: [] }));

/** How many of the first records one event holds: at least one, for none is as large as an event. */
function countFitting(records: readonly StreamRecord[]): number {
  let bytes = ENVELOPE_BYTES;
  const first = records.findIndex((record) => {
    // And a comma.
    bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
    return bytes > MAX_EVENT_BYTES;
  });
  return first < 0 ? records.length : Math.max(1, first);
}
