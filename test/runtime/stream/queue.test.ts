/** The queue of reminders, asked in SQS's protocol. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createReminderQueue } from '#runtime/stream/queue.ts';

import { aReminder } from '../../support/builders.ts';
import { type FakeAws, startFakeAws } from '../../support/fake-aws.ts';

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: aws.url,
  });
});
afterAll(() => aws.stop());

/** Another host than the endpoint's, as a queue's own address has it. */
const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/reminders';

describe('the queue', () => {
  it('gets the reminder with its delay, at the endpoint that was configured', async () => {
    const reminder = aReminder();
    await createReminderQueue(QUEUE_URL)(reminder, 300);
    expect(aws.queued).toEqual([{ reminder, delaySeconds: 300 }]);
  });

  it('fails where SQS refuses, or does not answer in time', async () => {
    const queue = createReminderQueue(QUEUE_URL, 50);
    aws.refused.add('SendMessage');
    await expect(queue(aReminder(), 0)).rejects.toThrow('refuses');
    aws.hanging.add('SendMessage');
    await expect(queue(aReminder(), 0)).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
