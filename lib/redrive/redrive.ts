/** What an operator does after a failure is mended: settles what was given up meanwhile, and puts reminders back. */
import { SendMessageCommand } from '@aws-sdk/client-sqs';

import type { Clients } from './clients.ts';
import { replay } from './consumer.ts';
import { deadLetterOf } from './dead-letter.ts';
import { goThrough, type Outcome, type Tally } from './queue.ts';
import { recordsOf } from './stream-records.ts';
import type { RedrivePlaces } from './places.ts';

/**
 * Settles the records behind every dead letter of the streams: each is read again and handed to its function,
 * whose steps are safe to repeat.
 */
export function redriveRecords(
  { sqs, streams, lambda }: Clients,
  { failedRecords }: RedrivePlaces,
): Promise<Tally> {
  return goThrough(sqs, failedRecords, async (body): Promise<Outcome> => {
    const letter = deadLetterOf(body);
    if (letter === undefined) return `This is no letter of a stream: ${body.slice(0, 200)}`;
    const where = `${letter.shardId} ${letter.first}–${letter.last} of ${letter.arrivedAt}`;
    const records = await recordsOf(streams, letter);
    if (records === undefined) {
      return `${where}: the stream has it no longer. The function's log of that time names the rooms as "not settled": mend each with --room.`;
    }
    const outcome = await replay(lambda, letter.functionArn, records);
    return outcome.settled ? null : `${where}: ${outcome.reason}`;
  });
}

/** Puts reminders that failed for good back into their queue; one that is no longer true tells nobody. */
export function redriveReminders(
  { sqs }: Clients,
  { failedReminders, reminders }: RedrivePlaces,
): Promise<Tally> {
  return goThrough(sqs, failedReminders, async (body) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: reminders, MessageBody: body }));
    return null;
  });
}
