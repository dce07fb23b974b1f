/** A queue mapping at work: batches of what is due, each to its function, deleted when that went well. */
import { createHash } from 'node:crypto';

import { isJson, jsonOf, listOf, textOf } from '../json.ts';
import type { Clock, Invoke, InvokeResult, QueueMappingModel } from '../model.ts';
import { PLACE } from '../template/resource-types.ts';
import type { Queue, ReceivedMessage } from './queue.ts';

/** What a poller works with. */
export interface QueuePollerOptions {
  readonly mapping: QueueMappingModel;
  readonly queue: Queue;
  readonly invoke: Invoke;
  readonly clock: Clock;
}

/** A running poller. */
export interface QueuePoller {
  /** Takes no more; resolves when what is in work is done. What failed by then is in the queue. */
  stop(): Promise<void>;
}

/** Lambda begins with five batches at once. */
const DEFAULT_CONCURRENCY = 5;

/** Starts reading: no polling, but a timer for the next message that falls due. */
export function startQueuePoller(options: QueuePollerOptions): QueuePoller {
  const reader = new Reader(options);
  const unsubscribe = options.queue.onChange(() => reader.read());
  reader.read();
  return {
    stop() {
      unsubscribe();
      return reader.stop();
    },
  };
}

class Reader {
  readonly #options: QueuePollerOptions;
  readonly #working = new Set<Promise<void>>();
  /** When the batch at hand began to gather. */
  #gatheringSince: number | undefined;
  #cancelTimer: (() => void) | undefined;
  #isStopped = false;

  constructor(options: QueuePollerOptions) {
    this.#options = options;
  }

  /** Takes what is due, as far as others are not in work already, and waits for the rest. */
  read(): void {
    const { queue, mapping } = this.#options;
    while (this.#mayWork() && this.#isBatchReady()) {
      this.#gatheringSince = undefined;
      this.#start(queue.receive(mapping.batchSize));
    }
    if (this.#mayWork()) this.#schedule();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    await Promise.all(this.#working);
  }

  #mayWork(): boolean {
    const most = this.#options.mapping.maxConcurrency ?? DEFAULT_CONCURRENCY;
    return !this.#isStopped && this.#working.size < most;
  }

  /** Full, or gathered for as long as the window is. */
  #isBatchReady(): boolean {
    const { queue, mapping, clock } = this.#options;
    const { visible } = queue.counts();
    if (visible === 0) return false;
    this.#gatheringSince ??= clock.now();
    return (
      visible >= mapping.batchSize || clock.now() - this.#gatheringSince >= mapping.batchWindowMs
    );
  }

  #schedule(): void {
    const { queue, mapping, clock } = this.#options;
    this.#cancelTimer?.();
    const next = queue.nextVisibleAt();
    if (next === undefined) return;
    const since = this.#gatheringSince;
    const due = since === undefined ? next : Math.max(next, since + mapping.batchWindowMs);
    this.#cancelTimer = clock.after(Math.max(0, due - clock.now()), () => this.read());
  }

  #start(batch: readonly ReceivedMessage[]): void {
    // All of them may have gone to the dead letters.
    if (batch.length === 0) return;
    const done = deliver(this.#options, batch).finally(() => {
      this.#working.delete(done);
      this.read();
    });
    this.#working.add(done);
  }
}

/** What failed stays hidden until its visibility times out, and comes again then. */
async function deliver(
  { mapping, queue, invoke }: QueuePollerOptions,
  batch: readonly ReceivedMessage[],
): Promise<void> {
  const Records = batch.map((message) => recordOf(message, queue.model.arn));
  const result = await invoke(mapping.functionId, { Records });
  const failed = failedIds(mapping, batch, result);
  for (const { messageId, receiptHandle } of batch) {
    if (!failed.has(messageId)) queue.delete(receiptHandle);
  }
}

function failedIds(
  { reportsItemFailures }: QueueMappingModel,
  batch: readonly ReceivedMessage[],
  result: InvokeResult,
): ReadonlySet<string> {
  const all = new Set(batch.map(({ messageId }) => messageId));
  if (!result.ok) return all;
  if (!reportsItemFailures) return new Set();
  const failures = listOf(jsonOf(result.payload)['batchItemFailures']);
  const ids = failures.map((it) => (isJson(it) ? textOf(it['itemIdentifier']) : ''));
  // Lambda takes an unknown identifier for a failure of the whole batch.
  return ids.every((id) => all.has(id)) ? new Set(ids) : all;
}

/** A message as the function gets it. */
function recordOf(message: ReceivedMessage, queueArn: string) {
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(message.body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: PLACE.region,
  };
}
