/** Of which messages members were reminded, in `Profiles`, so that a reminder that comes twice tells once. */
import type { GetCommandInput, PutCommandInput } from '@aws-sdk/lib-dynamodb';

import type { Reminder } from '#core/reminders/reminder.ts';
import type { RemindPorts } from '#core/reminders/remind.ts';
import type { Member } from '#protocol/ids.ts';

import { type Tables, toldKey, TTL_ATTRIBUTE } from './keys.ts';
import type { Database } from './table.ts';

/** What was told, as the domain uses it. */
export function toldStore(db: Database): RemindPorts['profiles'] {
  const { tables } = db;
  return {
    getTold: async (member, of) => {
      const item = await db.get(toldRequest(tables, member, of));
      return Number(item?.['seq'] ?? 0);
    },
    putTold: async (member, told, expiresAtMs) => {
      await db.put(tellRequest(tables, { ...told, member, expiresAtMs }));
    },
  };
}

/** Reads consistently: the twin of a reminder may come a moment after it. */
export function toldRequest(
  { profiles }: Tables,
  member: Member,
  { kind, roomId }: Pick<Reminder, 'kind' | 'roomId'>,
): GetCommandInput {
  return {
    TableName: profiles,
    Key: { member, item: toldKey(kind, roomId) },
    ConsistentRead: true,
  };
}

/** Raises what was told; a higher seq stays. */
export function tellRequest(
  { profiles }: Tables,
  told: Pick<Reminder, 'kind' | 'roomId' | 'seq'> & { member: Member; expiresAtMs: number },
): PutCommandInput {
  const { member, kind, roomId, seq, expiresAtMs } = told;
  const expiry = { [TTL_ATTRIBUTE]: Math.ceil(expiresAtMs / 1_000) };
  return {
    TableName: profiles,
    Item: { member, item: toldKey(kind, roomId), seq, ...expiry },
    ConditionExpression: 'attribute_not_exists(seq) OR seq < :seq',
    ExpressionAttributeValues: { ':seq': seq },
  };
}
