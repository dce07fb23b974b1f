/** The queue of reminders. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import type { QueueReminder } from '#core/reminders/reminder.ts';

import { clientDefaults, DEFAULT_TIMEOUT_MS } from './client-defaults.ts';

/** @param queueUrl the queue's address, from the configuration */
export function createReminderQueue(
  queueUrl: string,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): QueueReminder {
  // The SDK would rather call the host that the address names than the endpoint it was given.
  const client = new SQSClient({ ...clientDefaults(timeoutMs), useQueueUrlAsEndpoint: false });
  return async (reminder, delaySeconds) => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(reminder),
        DelaySeconds: delaySeconds,
      }),
    );
  };
}
