/** The connections' stream: who has come or gone, told to the peers. */
import { settlePresence } from '#core/presence.ts';
import { isMember, type Member } from '#protocol/ids.ts';
import { ports } from '#runtime/compose.ts';
import { streamHandler, textKey } from '#runtime/stream-handler.ts';

interface Change {
  readonly member: Member;
  /** When a connection went; undefined for one that came. */
  readonly removedAtMs: number | undefined;
}

export const handler = streamHandler<Change>({
  read: (record) => {
    // Moving a row's expiry says nothing about presence.
    if (record.eventName === 'MODIFY') return null;
    const member = textKey(record, 'member');
    if (!isMember(member)) throw new Error('The record is not of a member.');
    const changedAtMs = (record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000;
    return { member, removedAtMs: record.eventName === 'REMOVE' ? changedAtMs : undefined };
  },
  keyOf: ({ member }) => member,
  settle: async (changes) => {
    const last = changes.at(-1);
    if (last === undefined) return;
    const removedAtMs = changes.findLast((change) => change.removedAtMs !== undefined)?.removedAtMs;
    await settlePresence(ports, {
      member: last.member,
      ...(removedAtMs === undefined ? {} : { removedAtMs }),
    });
  },
  // A batch's members wait out their grace together: 10 s, however many they are.
  maxParallel: 100,
});
