/** The connections' stream: who has come or gone, told to the peers. */
import type { DynamoDBRecord } from 'aws-lambda';

import { settlePresence } from '#core/presence.ts';
import { isMember, type Member } from '#protocol/ids.ts';
import { ports } from '#runtime/compose.ts';
import { streamHandler, textKey } from '#runtime/stream/stream-handler.ts';

interface Change {
  readonly member: Member;
  /** When a connection went; undefined for one that came. */
  readonly removedAtMs: number | undefined;
}

/** TTL deletes late: a row that had expired went with its expiry. */
function wentAtMs({ dynamodb }: DynamoDBRecord): number {
  const removedAt = dynamodb?.ApproximateCreationDateTime ?? 0;
  const expiresAt = Number(dynamodb?.OldImage?.['expiresAt']?.N ?? removedAt);
  return Math.min(removedAt, expiresAt) * 1000;
}

export const handler = streamHandler<Change>({
  read: (record) => {
    // Moving a row's expiry says nothing about presence.
    if (record.eventName === 'MODIFY') return null;
    const member = textKey(record, 'member');
    if (!isMember(member)) throw new Error('The record is not of a member.');
    return { member, removedAtMs: record.eventName === 'REMOVE' ? wentAtMs(record) : undefined };
  },
  keyOf: ({ member }) => member,
  settle: async (changes) => {
    const last = changes.at(-1);
    if (last === undefined) return;
    const removals = changes.flatMap(({ removedAtMs }) => removedAtMs ?? []);
    const { member } = last;
    await settlePresence(
      ports,
      removals.length === 0 ? { member } : { member, removedAtMs: Math.max(...removals) },
    );
  },
  // A batch's members wait out their grace together: 10 s, however many they are.
  maxParallel: 100,
});
