/** What is kept of a member: presence, quotas, suspensions, and of a vendor its shop. */
import type { GetCommandInput, PutCommandInput } from '@aws-sdk/lib-dynamodb';

import type { ContactQuota } from '#core/accounts/contacts.ts';
import type { UploadPorts } from '#core/attachments/upload.ts';
import type { Quota } from '#core/flood.ts';
import type { OpenRoomPorts } from '#core/open-room.ts';
import type { SendPorts } from '#core/send.ts';
import type { SettlePresencePorts, StoredPresence } from '#core/presence.ts';
import type { RemindPorts } from '#core/reminders/remind.ts';
import type { Member } from '#protocol/ids.ts';

import {
  CONTACT_QUOTA,
  PRESENCE,
  ROOM_QUOTA,
  type Tables,
  TTL_ATTRIBUTE,
  UPLOAD_QUOTA,
} from './keys.ts';
import { type ShopStore, shopStore } from './shops.ts';
import { asStored, type Database, type Item } from './table.ts';
import { type SuspensionStore, suspensionStore } from './suspensions.ts';
import { toldStore } from './told.ts';

/** Everything the domain asks of `Profiles`. */
export type ProfileStore = ShopStore &
  SuspensionStore &
  OpenRoomPorts['profiles'] &
  SettlePresencePorts['profiles'] &
  RemindPorts['profiles'] &
  UploadPorts['profiles'] &
  SendPorts['profiles'];

/** The `Profiles` table as the domain uses it. */
export function profileStore(db: Database): ProfileStore {
  const { tables } = db;
  const read = (member: Member, item: string) => db.get(profileRequest(tables, member, item));
  const quota = (member: Member, item: string): Quota => ({
    read: async () => Number((await read(member, item))?.['fullAtMs'] ?? 0),
    move: (move) => db.put(moveQuotaRequest(tables, { member, item }, move)),
  });
  return {
    ...shopStore(db),
    ...suspensionStore(db),
    ...toldStore(db),
    getPresence: async (member) => {
      const item = await read(member, PRESENCE);
      return item === null ? null : toPresence(item);
    },
    movePresence: (member, move) => db.put(movePresenceRequest(tables, member, move)),
    roomQuota: (member) => quota(member, ROOM_QUOTA),
    contactQuota: (member) => contactQuota(db, member),
    uploadQuota: (member) => quota(member, UPLOAD_QUOTA),
  };
}

/** A quota that remembers which room took from it last. */
function contactQuota(db: Database, member: Member): ContactQuota {
  const { tables } = db;
  return {
    read: async () => {
      const item = await db.get(profileRequest(tables, member, CONTACT_QUOTA));
      const roomId = item?.['roomId'];
      return {
        fullAtMs: Number(item?.['fullAtMs'] ?? 0),
        roomId: typeof roomId === 'string' ? roomId : null,
      };
    },
    move: ({ roomId, ...move }) => {
      const request = moveQuotaRequest(tables, { member, item: CONTACT_QUOTA }, move);
      return db.put({ ...request, Item: { ...request.Item, roomId } });
    },
  };
}

/** One item of a member, read consistently: what is read here is changed on the condition that it still holds. */
export function profileRequest(
  { profiles }: Tables,
  member: Member,
  item: string,
): GetCommandInput {
  return { TableName: profiles, Key: { member, item }, ConsistentRead: true };
}

/** Replaces what peers were told, if it is still what it was. */
export function movePresenceRequest(
  { profiles }: Tables,
  member: Member,
  { from, to }: { from: StoredPresence | null; to: StoredPresence },
): PutCommandInput {
  const request = { TableName: profiles, Item: { member, item: PRESENCE, ...to } };
  if (from === null) return { ...request, ConditionExpression: 'attribute_not_exists(lastSeenAt)' };
  return {
    ...request,
    ConditionExpression: '#online = :online AND onlineUntil = :until AND lastSeenAt = :seen',
    ExpressionAttributeNames: { '#online': 'online' },
    ExpressionAttributeValues: {
      ':online': from.online,
      ':until': from.onlineUntil,
      ':seen': from.lastSeenAt,
    },
  };
}

/** Moves a quota on, if nobody else has; the item goes by itself once the quota is whole again. */
export function moveQuotaRequest(
  { profiles }: Tables,
  { member, item }: { member: Member; item: string },
  { from, to }: { from: number; to: number },
): PutCommandInput {
  const expiry = { [TTL_ATTRIBUTE]: Math.ceil(to / 1000) };
  return {
    TableName: profiles,
    Item: { member, item, fullAtMs: to, ...expiry },
    ...(from === 0
      ? { ConditionExpression: 'attribute_not_exists(fullAtMs)' }
      : {
          ConditionExpression: 'fullAtMs = :from',
          ExpressionAttributeValues: { ':from': from },
        }),
  };
}

function toPresence({ online, onlineUntil, lastSeenAt }: Item): StoredPresence {
  return asStored<StoredPresence>({ online, onlineUntil, lastSeenAt });
}
