/** A record of the log's stream as the change it tells of. */
import type { DynamoDBRecord } from 'aws-lambda';

import type { LogChange } from '#core/bus/facts.ts';
import type { StoredMessage } from '#core/message.ts';

import { imageOf } from './image.ts';
import { numberKey, textKey } from './stream-handler.ts';

/**
 * What a record says of its message; null where it was removed, which nobody but an operator does.
 * @throws Error naming what a record lacks that is of no message
 */
export function logChangeOf(record: DynamoDBRecord): LogChange | null {
  if (record.eventName === 'REMOVE') return null;
  const message = messageIn(record, 'NewImage');
  if (message === null) throw new Error('The record has no image of its message.');
  const { ApproximateCreationDateTime: seconds = 0, SequenceNumber: sequence = '' } =
    record.dynamodb ?? {};
  return {
    message,
    before: record.eventName === 'MODIFY' ? messageIn(record, 'OldImage') : null,
    at: new Date(seconds * 1_000).toISOString(),
    // A row that was rewritten by hand has no version, and its record still a number of its own.
    version: String(message.version ?? sequence),
  };
}

/** Its key is checked, for everything is found by it; the rest is what the message store put there. */
function messageIn(record: DynamoDBRecord, which: 'OldImage' | 'NewImage'): StoredMessage | null {
  const image = imageOf(record, which);
  if (image === null) return null;
  const key = { roomId: textKey(record, 'roomId'), seq: numberKey(record, 'seq') };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where images get a type
  return { ...image, ...key } as StoredMessage;
}
