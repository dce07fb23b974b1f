/** SQS as the SDK calls it: sending, singly and in batches, and what a receiver of its own needs. */
import { createHash } from 'node:crypto';

import { createJsonApi, ServiceError, type JsonApi, type Operation } from '../aws/json-api.ts';
import type { Access } from '../aws/signature.ts';
import type { Guard } from '../iam/roles.ts';
import { jsonOf, listOf, numberOf, textOf, type Json } from '../json.ts';
import type { Clock } from '../model.ts';
import type { Queue, ReceivedMessage } from './queue.ts';
import type { Queues } from './queues.ts';

/** What the API stands before. */
export interface SqsApiOptions {
  readonly queues: Queues;
  readonly access: Access;
  readonly guard: Guard;
  readonly clock: Clock;
}

const MAX_DELAY_SECONDS = 900;
const MAX_VISIBILITY_SECONDS = 43_200;
const MAX_WAIT_SECONDS = 20;
const MAX_BATCH = 10;
/** Of a message, and of all messages of a batch. */
const MAX_BYTES = 1_048_576;

/** Builds the API. */
export function createSqsApi({ queues, access, guard, clock }: SqsApiOptions): JsonApi {
  /** An operation on the queue that the call names. */
  const on =
    (operation: (queue: Queue, input: Json) => unknown): Operation =>
    (input) =>
      operation(queueOf(queues, input), input);
  return createJsonApi({
    target: 'AmazonSQS',
    access,
    guard,
    rightsOf: (name, input) => {
      const queue = queues.named(queueNameIn(input));
      // a batch needs what its entries need
      return queue
        ? [{ action: `sqs:${name.replace(/Batch$/u, '')}`, resource: queue.model.arn }]
        : [];
    },
    operations: {
      SendMessage: on(sendMessage),
      SendMessageBatch: on((queue, input) => batch(queue, input, sendMessage)),
      DeleteMessage: on(deleteMessage),
      DeleteMessageBatch: on((queue, input) => batch(queue, input, deleteMessage)),
      ReceiveMessage: on((queue, input) => receiveMessage(queue, input, clock)),
      ChangeMessageVisibility: on(changeVisibility),
      GetQueueAttributes: on(attributesOf),
    },
  });
}

function queueOf(queues: Queues, input: Json): Queue {
  const queue = queues.named(queueNameIn(input));
  if (queue) return queue;
  throw new ServiceError(
    'QueueDoesNotExist',
    'The specified queue does not exist.',
    'AWS.SimpleQueueService.NonExistentQueue',
  );
}

function queueNameIn(input: Json): string {
  return textOf(input['QueueUrl']).split('/').pop() ?? '';
}

function sendMessage(queue: Queue, input: Json) {
  const body = textOf(input['MessageBody']);
  if (body === '') throw new ServiceError('MissingParameter', 'MessageBody is missing or empty.');
  if (Buffer.byteLength(body) > MAX_BYTES) {
    throw invalid(`Message must be shorter than ${MAX_BYTES} bytes.`);
  }
  if (Object.keys(jsonOf(input['MessageAttributes'])).length > 0) {
    throw invalid('The local runtime keeps no message attributes.');
  }
  const delay = input['DelaySeconds'];
  const seconds = within(delay, { name: 'DelaySeconds', min: 0, max: MAX_DELAY_SECONDS });
  const { messageId } = queue.send(body, delay === undefined ? undefined : seconds * 1_000);
  return { MessageId: messageId, MD5OfMessageBody: md5(body) };
}

function deleteMessage(queue: Queue, input: Json) {
  queue.delete(textOf(input['ReceiptHandle']));
  return {};
}

function changeVisibility(queue: Queue, input: Json) {
  const rule = { name: 'VisibilityTimeout', min: 0, max: MAX_VISIBILITY_SECONDS };
  const seconds = within(input['VisibilityTimeout'], rule);
  if (queue.changeVisibility(textOf(input['ReceiptHandle']), seconds * 1_000)) return {};
  throw new ServiceError('MessageNotInflight', 'The message is not in flight.');
}

async function receiveMessage(queue: Queue, input: Json, clock: Clock) {
  const max = within(input['MaxNumberOfMessages'] ?? 1, {
    name: 'MaxNumberOfMessages',
    min: 1,
    max: MAX_BATCH,
  });
  const wait = { name: 'WaitTimeSeconds', min: 0, max: MAX_WAIT_SECONDS };
  const waitMs = within(input['WaitTimeSeconds'], wait) * 1_000;
  const timeout = input['VisibilityTimeout'];
  const seconds = within(timeout, {
    name: 'VisibilityTimeout',
    min: 0,
    max: MAX_VISIBILITY_SECONDS,
  });
  const visibilityMs = timeout === undefined ? undefined : seconds * 1_000;
  const until = clock.now() + waitMs;
  let received = queue.receive(max, visibilityMs);
  while (received.length === 0 && clock.now() < until) {
    await somethingVisible(queue, clock, until);
    received = queue.receive(max, visibilityMs);
  }
  return received.length === 0 ? {} : { Messages: received.map(messageOf) };
}

/** Resolves when a message may have come, or at the end of the wait. */
function somethingVisible(queue: Queue, clock: Clock, until: number): Promise<void> {
  return new Promise((resolve) => {
    const at = Math.min(until, queue.nextVisibleAt() ?? until);
    const unsubscribe = queue.onChange(done);
    const cancel = clock.after(Math.max(0, at - clock.now()), done);
    function done() {
      unsubscribe();
      cancel();
      resolve();
    }
  });
}

function messageOf(message: ReceivedMessage) {
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    },
  };
}

function attributesOf(queue: Queue) {
  const { visible, inFlight, delayed } = queue.counts();
  const { arn, delayMs, visibilityTimeoutMs, retentionMs } = queue.model;
  return {
    Attributes: {
      QueueArn: arn,
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      DelaySeconds: String(delayMs / 1_000),
      VisibilityTimeout: String(visibilityTimeoutMs / 1_000),
      MessageRetentionPeriod: String(retentionMs / 1_000),
    },
  };
}

/** The batch as a whole is refused for its form, an entry for what it asks. */
function batch(queue: Queue, input: Json, operation: (queue: Queue, entry: Json) => object) {
  const entries = listOf(input['Entries']).map(jsonOf);
  requireBatch(entries);
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    const Id = textOf(entry['Id']);
    try {
      Successful.push({ Id, ...operation(queue, entry) });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      Failed.push({ Id, SenderFault: true, Code: error.legacyName, Message: error.message });
    }
  }
  return { Successful, Failed };
}

function requireBatch(entries: readonly Json[]): void {
  if (entries.length === 0) throw batchError('EmptyBatchRequest', 'There is no entry.');
  if (entries.length > MAX_BATCH) {
    throw batchError('TooManyEntriesInBatchRequest', `At most ${MAX_BATCH} entries are permitted.`);
  }
  if (new Set(entries.map((it) => it['Id'])).size < entries.length) {
    throw batchError('BatchEntryIdsNotDistinct', 'Two entries have the same Id.');
  }
  const bytes = entries.reduce((sum, it) => sum + Buffer.byteLength(textOf(it['MessageBody'])), 0);
  if (bytes > MAX_BYTES) {
    throw batchError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAX_BYTES} bytes.`,
    );
  }
}

function batchError(name: string, message: string): ServiceError {
  return new ServiceError(name, message, `AWS.SimpleQueueService.${name}`);
}

interface Range {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/** A whole number within its range; 0 where there is none. */
function within(value: unknown, { name, min, max }: Range): number {
  const number = numberOf(value, 0);
  if (Number.isSafeInteger(number) && number >= min && number <= max) return number;
  throw invalid(
    `Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: must be between ${min} and ${max}, if provided.`,
  );
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message, 'InvalidParameterValue');
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
