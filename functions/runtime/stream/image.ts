/** Items as a table's stream carries them, read without a request to the table. */
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';

/** The item before or after a change; null where there was or is none. @throws Error for a type that is not stored here */
export function imageOf(
  { dynamodb }: DynamoDBRecord,
  which: 'OldImage' | 'NewImage',
): Record<string, unknown> | null {
  const image = dynamodb?.[which];
  return image === undefined ? null : mapOf(image);
}

function mapOf(map: Record<string, AttributeValue>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, valueOf(value)]));
}

/** DynamoDB's notation of a value: one key, its type. Binary and number sets are in none of the tables. */
function valueOf(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.M !== undefined) return mapOf(value.M);
  if (value.L !== undefined) return value.L.map(valueOf);
  if (value.SS !== undefined) return value.SS;
  throw new Error(`The image has a value of type ${Object.keys(value).join()}.`);
}
