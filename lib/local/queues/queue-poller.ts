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
  const { mapping, queue, clock } = options;
  const working = new Set<Promise<void>>();
  let cancel: (() => void) | undefined;
  let isStopped = false;
  /** When the batch at hand began to gather. */
  let gatheringSince: number | undefined;

  const schedule = () => {
    cancel?.();
    const at = queue.nextVisibleAt();
    if (isStopped || at === undefined) return;
    const due = Math.max(at, (gatheringSince ?? clock.now()) + windowOf(gatheringSince));
    cancel = clock.after(Math.max(0, due - clock.now()), work);
  };
  const windowOf = (since: number | undefined) => (since === undefined ? 0 : mapping.batchWindowMs);
  const work = () => {
    while (!isStopped && working.size < (mapping.maxConcurrency ?? DEFAULT_CONCURRENCY)) {
      const { visible } = queue.counts();
      if (visible === 0) break;
      gatheringSince ??= clock.now();
      const isFull = visible >= mapping.batchSize;
      if (!isFull && clock.now() - gatheringSince < mapping.batchWindowMs) break;
      gatheringSince = undefined;
      start(queue.receive(mapping.batchSize));
    }
    if (working.size < (mapping.maxConcurrency ?? DEFAULT_CONCURRENCY)) schedule();
  };
  const start = (batch: readonly ReceivedMessage[]) => {
    // All of them may have gone to the dead letters.
    if (batch.length === 0) return;
    const done = deliver(options, batch).finally(() => {
      working.delete(done);
      work();
    });
    working.add(done);
  };
  const unsubscribe = queue.onChange(work);
  work();
  return {
    async stop() {
      isStopped = true;
      unsubscribe();
      cancel?.();
      await Promise.all(working);
    },
  };
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
