/** Suspensions, in `Profiles` beside everything else of a member. */
import type { GetCommandInput, PutCommandInput } from '@aws-sdk/lib-dynamodb';

import type { Account, GetSuspension, SuspendPorts } from '#core/accounts/suspension.ts';
import type { Suspension } from '#protocol/admin/suspension.ts';

import { suspensionKey, type Tables } from './keys.ts';
import { asStored, type Database } from './table.ts';

/** Everything the domain asks about suspensions. */
export type SuspensionStore = SuspendPorts['profiles'] & { getSuspension: GetSuspension };

/** Suspensions as the domain uses them. */
export function suspensionStore(db: Database): SuspensionStore {
  const { tables } = db;
  return {
    getSuspension: async (account, { consistent }) => {
      const item = await db.get(suspensionRequest(tables, account, consistent));
      return item === null ? null : asStored<Suspension>(item);
    },
    putSuspension: async (suspension) => {
      await db.put(putSuspensionRequest(tables, suspension));
    },
  };
}

/** Reads the last decision about an account. */
export function suspensionRequest(
  { profiles }: Tables,
  { member, user }: Account,
  consistent: boolean,
): GetCommandInput {
  return {
    TableName: profiles,
    Key: { member, item: suspensionKey(user) },
    ConsistentRead: consistent,
  };
}

/** Replaces it. A reinstatement stays too: it says who took back what. */
export function putSuspensionRequest(
  { profiles }: Tables,
  suspension: Suspension,
): PutCommandInput {
  return { TableName: profiles, Item: { ...suspension, item: suspensionKey(suspension.user) } };
}
