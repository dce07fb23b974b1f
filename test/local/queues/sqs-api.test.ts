import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Guard, Right } from '../../../lib/local/iam/roles.ts';
import { createSqsApi } from '../../../lib/local/queues/sqs-api.ts';
import { twoQueues } from '../fixtures/queues.ts';
import { ACCESS, clientOptions, listen, refusalOf, type Listening } from '../fixtures/services.ts';

let setup: ReturnType<typeof twoQueues>;
/** What the queue's callers were judged for. */
const judged: Right[] = [];
const guard: Guard = (key, rights) => {
  judged.push(...rights);
  return key === 'local.stranger' ? 'No policy allows it.' : undefined;
};
let service: Listening;
let client: SQSClient;
let QueueUrl: string;
beforeEach(async () => {
  setup = twoQueues();
  const { queues, clock } = setup;
  service = await listen(createSqsApi({ queues, access: ACCESS, guard, clock }));
  client = new SQSClient(clientOptions(service.url));
  QueueUrl = `${service.url}/local/sqs/000000000000/work`;
});
afterEach(async () => {
  client.destroy();
  await service.stop();
});

const send = (MessageBody: string, more: object = {}) =>
  client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const sendAll = (Entries: { Id: string; MessageBody: string; DelaySeconds?: number }[]) =>
  client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
const receive = async (more: object = {}) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, ...more }))).Messages ?? [];

describe('SQS', () => {
  it('takes a message and hands it out', async () => {
    const { MessageId } = await send('hello ბ');
    expect(await receive()).toMatchObject([
      { MessageId, Body: 'hello ბ', Attributes: { ApproximateReceiveCount: '1' } },
    ]);
  });

  it.each([1, 900])('holds a message back for %i seconds', async (DelaySeconds) => {
    await send('a', { DelaySeconds });
    setup.clock.advance(DelaySeconds * 1_000 - 1);
    expect(await receive()).toHaveLength(0);
    setup.clock.advance(1);
    expect(await receive()).toHaveLength(1);
  });

  it('hands out at once what asks for no delay', async () => {
    await send('a', { DelaySeconds: 0 });
    expect(await receive()).toHaveLength(1);
  });

  it.each([-1, 901, 1.5])('refuses a delay of %d seconds', async (DelaySeconds) => {
    expect(await refusalOf(send('a', { DelaySeconds }))).toMatchObject({
      name: 'InvalidParameterValue',
      status: 400,
      message: expect.stringContaining('DelaySeconds'),
    });
    expect(setup.work.messages()).toEqual([]);
  });

  it('takes a message of 1 MiB, and none larger', async () => {
    await send('x'.repeat(1_048_576));
    expect(await refusalOf(send('x'.repeat(1_048_577)))).toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  it('refuses what it could not keep', async () => {
    const MessageAttributes = { a: { DataType: 'String', StringValue: 'b' } };
    expect(await refusalOf(send('a', { MessageAttributes }))).toMatchObject({
      message: expect.stringContaining('attributes'),
    });
    expect(await refusalOf(send(''))).toMatchObject({ name: 'MissingParameter' });
  });

  it('takes the good ones of a batch, and says which are not', async () => {
    const answer = await sendAll([
      { Id: '1', MessageBody: 'a' },
      { Id: '2', MessageBody: 'b', DelaySeconds: 901 },
    ]);
    expect(answer.Successful).toMatchObject([{ Id: '1', MessageId: expect.any(String) }]);
    expect(answer.Failed).toMatchObject([
      { Id: '2', SenderFault: true, Code: 'InvalidParameterValue' },
    ]);
    expect(setup.work.messages().map(({ body }) => body)).toEqual(['a']);
  });

  it('refuses a batch for its form', async () => {
    const entry = (at: number) => ({ Id: String(at), MessageBody: 'a' });
    const entries = (count: number) => Array.from({ length: count }, (_, at) => entry(at));
    await sendAll(entries(10));
    expect(await refusalOf(sendAll(entries(11)))).toMatchObject({
      name: 'TooManyEntriesInBatchRequest',
    });
    expect(await refusalOf(sendAll([]))).toMatchObject({ name: 'EmptyBatchRequest' });
    expect(await refusalOf(sendAll([entry(1), entry(1)]))).toMatchObject({
      name: 'BatchEntryIdsNotDistinct',
    });
    const half = 'x'.repeat(524_289);
    const large = sendAll([
      { Id: '1', MessageBody: half },
      { Id: '2', MessageBody: half },
    ]);
    expect(await refusalOf(large)).toMatchObject({ name: 'BatchRequestTooLong' });
  });

  it('deletes by the receipt, also in batches', async () => {
    await sendAll([
      { Id: '1', MessageBody: 'a' },
      { Id: '2', MessageBody: 'b' },
    ]);
    const [first, second] = await receive({ MaxNumberOfMessages: 10 });
    const { ReceiptHandle } = first ?? {};
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const Entries = [{ Id: '1', ReceiptHandle: second?.ReceiptHandle }];
    await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    expect(setup.work.messages()).toEqual([]);
  });

  it('lets a message be seen again at another time', async () => {
    await send('a');
    const [message] = await receive({ VisibilityTimeout: 5 });
    const { ReceiptHandle } = message ?? {};
    const change = (VisibilityTimeout: number, handle = ReceiptHandle) =>
      client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: handle, VisibilityTimeout }),
      );
    await change(43_200);
    setup.clock.advance(6_000);
    expect(await receive()).toEqual([]);
    await change(0);
    expect(await receive()).toHaveLength(1);
    expect(await refusalOf(change(43_201))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await refusalOf(change(0, 'lost'))).toMatchObject({ name: 'MessageNotInflight' });
  });

  it('lets a receiver wait for what comes', async () => {
    const waiting = receive({ WaitTimeSeconds: 20 });
    await expect.poll(() => setup.clock.waiting()).toBe(1);
    await send('a');
    expect(await waiting).toHaveLength(1);
    expect(setup.clock.waiting()).toBe(0);
  });

  it('lets a receiver go when nothing came', async () => {
    const waiting = receive({ WaitTimeSeconds: 20 });
    await expect.poll(() => setup.clock.waiting()).toBe(1);
    setup.clock.advance(20_000);
    expect(await waiting).toEqual([]);
  });

  it('counts what waits', async () => {
    await send('a');
    await send('b', { DelaySeconds: 5 });
    const AttributeNames = ['All' as const];
    const answer = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    expect(answer.Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      VisibilityTimeout: '30',
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:work',
    });
  });

  it('names a queue that is not in the template', async () => {
    expect(await refusalOf(send('a', { QueueUrl: `${service.url}/0/lost` }))).toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  it('names an operation that it does not know', async () => {
    const call = client.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await refusalOf(call)).toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('AmazonSQS.PurgeQueue'),
    });
  });

  it('judges the caller for the queue, a batch as its entries', async () => {
    judged.length = 0;
    await client.send(
      new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'a' }] }),
    );
    expect(judged).toEqual([
      { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:000000000000:work' },
    ]);
  });

  it('refuses a function without the right, and takes nothing of it', async () => {
    const credentials = { ...ACCESS, accessKeyId: 'local.stranger' };
    const stranger = new SQSClient(clientOptions(service.url, credentials));
    const call = stranger.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    expect(await refusalOf(call)).toMatchObject({ name: 'AccessDeniedException', status: 400 });
    expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
  });
});
