import { afterEach, describe, expect, it } from 'vitest';

import type { InvokeResult, QueueMappingModel } from '../../../lib/local/model.ts';
import { startQueuePoller, type QueuePoller } from '../../../lib/local/queues/queue-poller.ts';
import { twoQueues, WORK } from '../fixtures/queues.ts';

const MAPPING: QueueMappingModel = {
  logicalId: 'Chat/Mapping',
  queueId: WORK.logicalId,
  functionId: 'Chat/Frame',
  batchSize: 2,
  batchWindowMs: 0,
  reportsItemFailures: true,
  maxConcurrency: undefined,
};

interface Event {
  readonly Records: readonly { messageId: string; body: string; attributes: object }[];
}

const DONE: InvokeResult = { ok: true, payload: null };

const pollers: QueuePoller[] = [];
afterEach(() => Promise.all(pollers.splice(0).map((it) => it.stop())));

/** Two queues and a poller of the first; `answer` is the function. */
function poll(
  answer: (event: Event) => InvokeResult | Promise<InvokeResult> = () => DONE,
  more: Partial<QueueMappingModel> = {},
) {
  const setup = twoQueues();
  const events: Event[] = [];
  const poller = startQueuePoller({
    mapping: { ...MAPPING, ...more },
    queue: setup.work,
    clock: setup.clock,
    invoke: async (functionId, event) => {
      expect(functionId).toBe('Chat/Frame');
      events.push(event as Event);
      return answer(event as Event);
    },
  });
  pollers.push(poller);
  const batches = () => events.map(({ Records }) => Records.map(({ body }) => body));
  return { ...setup, poller, events, batches };
}

/** Lets what was started come to its end. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a queue mapping', () => {
  it('hands a message over as Lambda does, and deletes it', async () => {
    const { work, clock, events } = poll();
    const { messageId } = work.send('{"a":1}');
    await settle();
    expect(events).toEqual([
      {
        Records: [
          {
            messageId,
            receiptHandle: expect.any(String),
            body: '{"a":1}',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: String(clock.now()),
              SenderId: expect.any(String),
              ApproximateFirstReceiveTimestamp: String(clock.now()),
            },
            messageAttributes: {},
            md5OfBody: 'bb6cb5c68df4652941caf652a366f2d8',
            eventSource: 'aws:sqs',
            eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:work',
            awsRegion: 'us-east-1',
          },
        ],
      },
    ]);
    expect(work.messages()).toEqual([]);
  });

  it('waits for the delay of a message, not a tick longer', async () => {
    const { work, clock, batches } = poll();
    work.send('a', 60_000);
    clock.advance(59_999);
    await settle();
    expect(batches()).toEqual([]);
    clock.advance(1);
    await settle();
    expect(batches()).toEqual([['a']]);
  });

  it('never makes a batch larger than the mapping says', async () => {
    const { work, clock, batches } = poll();
    for (const body of ['a', 'b', 'c']) work.send(body, 10);
    clock.advance(10);
    await settle();
    expect(batches()).toEqual([['a', 'b'], ['c']]);
  });

  it('gathers for its window while a batch is not full', async () => {
    const { work, clock, batches } = poll(undefined, { batchWindowMs: 5_000 });
    work.send('a');
    clock.advance(4_999);
    expect(batches()).toEqual([]);
    clock.advance(1);
    expect(batches()).toEqual([['a']]);
    work.send('b');
    work.send('c');
    await settle();
    expect(batches()).toEqual([['a'], ['b', 'c']]);
  });

  it('begins the window anew with each batch', async () => {
    const { work, clock, batches } = poll(undefined, { batchWindowMs: 5_000 });
    work.send('a');
    clock.advance(5_000);
    await settle();
    clock.advance(60_000);
    work.send('b');
    clock.advance(4_999);
    expect(batches()).toEqual([['a']]);
    clock.advance(1);
    expect(batches()).toEqual([['a'], ['b']]);
  });

  it('brings a failed batch again when its visibility times out, and buries it at last', async () => {
    const { work, dead, clock, batches } = poll(() => ({
      ok: false,
      errorType: 'Error',
      errorMessage: 'x',
    }));
    work.send('a');
    await settle();
    clock.advance(29_999);
    await settle();
    expect(batches()).toEqual([['a']]);
    clock.advance(1);
    await settle();
    expect(batches()).toEqual([['a'], ['a']]);
    clock.advance(30_000);
    await settle();
    expect(batches()).toHaveLength(2);
    expect(dead.messages().map(({ body }) => body)).toEqual(['a']);
  });

  it('deletes what did not fail of a batch', async () => {
    const { work, clock, batches } = poll(({ Records }) => ({
      ok: true,
      payload: { batchItemFailures: [{ itemIdentifier: Records.at(-1)?.messageId }] },
    }));
    work.send('good', 10);
    work.send('bad', 10);
    clock.advance(10);
    await settle();
    expect(work.messages().map(({ body }) => body)).toEqual(['bad']);
    clock.advance(30_000);
    await settle();
    expect(batches()).toEqual([['good', 'bad'], ['bad']]);
  });

  it.each<[string, unknown, number]>([
    ['an unknown identifier', { batchItemFailures: [{ itemIdentifier: 'lost' }] }, 2],
    ['no identifier', { batchItemFailures: [{}] }, 2],
    ['an empty list', { batchItemFailures: [] }, 0],
    ['nothing', null, 0],
  ])('takes %s as Lambda does', async (_, payload, left) => {
    const { work, clock } = poll(() => ({ ok: true, payload }));
    work.send('a', 10);
    work.send('b', 10);
    clock.advance(10);
    await settle();
    expect(work.messages()).toHaveLength(left);
  });

  it('ignores reported failures where the mapping does not ask for them', async () => {
    const answer = ({ Records }: Event): InvokeResult => ({
      ok: true,
      payload: { batchItemFailures: [{ itemIdentifier: Records[0]?.messageId }] },
    });
    const { work } = poll(answer, { reportsItemFailures: false });
    work.send('a');
    await settle();
    expect(work.messages()).toEqual([]);
  });

  it('has no more batches in work than the mapping says', async () => {
    const { promise, resolve } = Promise.withResolvers<InvokeResult>();
    const { work, batches } = poll(() => promise, { maxConcurrency: 2, batchSize: 1 });
    for (const body of ['a', 'b', 'c']) work.send(body);
    await settle();
    expect(batches()).toEqual([['a'], ['b']]);
    resolve(DONE);
    await settle();
    expect(batches()).toEqual([['a'], ['b'], ['c']]);
  });

  it('waits at its end for what is in work, and takes nothing more', async () => {
    const { promise, resolve } = Promise.withResolvers<InvokeResult>();
    const { work, poller, batches, clock } = poll(() => promise);
    work.send('a');
    work.send('later', 10);
    let isStopped = false;
    const stopping = poller.stop().then(() => (isStopped = true));
    await settle();
    expect(isStopped).toBe(false);
    resolve(DONE);
    await stopping;
    clock.advance(10);
    work.send('b');
    await settle();
    expect(batches()).toEqual([['a']]);
    expect(clock.waiting()).toBe(0);
  });
});
