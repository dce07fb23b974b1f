/** A dead letter of a stream: Lambda's own message, which says where the records are and not what they hold. */

/** Where records lie that a function gave up, and whose they are. Sequence numbers are decimal texts. */
export interface DeadLetter {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  readonly first: string;
  readonly last: string;
  /** When the first of them came, ISO 8601; a stream keeps it for a day. */
  readonly arrivedAt: string;
}

/** Reads a message of the queue; undefined for one that is no dead letter of a table's stream. */
export function deadLetterOf(body: string): DeadLetter | undefined {
  const message = objectIn(parse(body));
  const batch = objectIn(message['DDBStreamBatchInfo']);
  const letter = {
    functionArn: textIn(objectIn(message['requestContext'])['functionArn']),
    streamArn: textIn(batch['streamArn']),
    shardId: textIn(batch['shardId']),
    first: textIn(batch['startSequenceNumber']),
    last: textIn(batch['endSequenceNumber']),
    arrivedAt: textIn(batch['approximateArrivalOfFirstRecord']),
  };
  return Object.values(letter).every((text) => text !== '') ? letter : undefined;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // Whatever is no JSON is no letter.
  }
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
