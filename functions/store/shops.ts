/** A vendor's shop in `Profiles`: its settings, its saved replies, its answers, and which absences were answered. */
import type {
  GetCommandInput,
  PutCommandInput,
  QueryCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';

import type { ConnectPorts } from '#core/connections.ts';
import type { AwayPorts } from '#core/vendor/away.ts';
import type { ReplyTimePorts } from '#core/vendor/reply-time.ts';
import type { SavedRepliesPorts, StoredReplies } from '#core/vendor/saved-replies.ts';
import type { SettingsPorts } from '#core/vendor/settings.ts';
import type { StoredReplyTime, StoredSettings, StoredShop } from '#core/vendor/shop.ts';
import type { Member } from '#protocol/ids.ts';

import {
  ANSWERS,
  ANSWERS_END,
  answerKey,
  awayKey,
  REPLIES,
  SETTINGS,
  type Tables,
} from './keys.ts';
import { TTL_ATTRIBUTE } from './keys.ts';
import { asStored, type Database } from './table.ts';
import { UpdateBuilder } from './update.ts';

/** Everything the domain asks of shops. */
export type ShopStore = Pick<ConnectPorts['profiles'], 'getShop' | 'putTokenName'> &
  SettingsPorts['profiles'] &
  SavedRepliesPorts['profiles'] &
  ReplyTimePorts['profiles'] &
  AwayPorts['profiles'];

/** The shops of `Profiles` as the domain uses them. */
export function shopStore(db: Database): ShopStore {
  const { tables } = db;
  return {
    getShop: async (vendor, { consistent }) => {
      const item = await db.get(shopRequest(tables, vendor, consistent));
      if (item === null) return null;
      const { member: _member, item: _item, ...shop } = item;
      return asStored<StoredShop>(shop);
    },
    putSettings: (vendor, settings) => db.update(putSettingsRequest(tables, vendor, settings)),
    putTokenName: async (vendor, tokenName) => {
      await db.update(setShopRequest(tables, vendor, { tokenName }));
    },
    moveReplyTime: (vendor, move) => db.update(moveReplyTimeRequest(tables, vendor, move)),
    getReplies: async (vendor) => {
      const item = await db.get(itemRequest(tables, vendor, REPLIES));
      return item === null ? { version: 0, replies: [] } : asStored<StoredReplies>(item);
    },
    putReplies: (vendor, replies) => db.put(putRepliesRequest(tables, vendor, replies)),
    putAnswer: async (member, { roomId, seq, at, seconds }, expiresAtMs) => {
      const item = answerKey({ roomId, seq, at });
      const Item = { member, item, roomId, seq, at, seconds, ...expiry(expiresAtMs) };
      await db.put({ TableName: tables.profiles, Item });
    },
    listAnswers: async (vendor, { since, limit }) =>
      (await db.query(listAnswersRequest(tables, vendor, since), limit)).map(
        asStored<{ seconds: number }>,
      ),
    getAnsweredAbsence: async (vendor, roomId) => {
      const item = await db.get(itemRequest(tables, vendor, awayKey(roomId)));
      return item === null ? null : String(item['absence']);
    },
    putAnsweredAbsence: async (member, { roomId, absence, expiresAtMs }) => {
      const Item = { member, item: awayKey(roomId), absence, ...expiry(expiresAtMs) };
      await db.put({ TableName: tables.profiles, Item });
    },
  };
}

/** Reads a shop. */
export function shopRequest(
  { profiles }: Tables,
  vendor: Member,
  consistent: boolean,
): GetCommandInput {
  return {
    TableName: profiles,
    Key: { member: vendor, item: SETTINGS },
    ConsistentRead: consistent,
  };
}

/** Sets one thing of a shop, made if new, and leaves the others alone. */
export function setShopRequest(
  { profiles }: Tables,
  vendor: Member,
  changes: Partial<StoredShop>,
): UpdateCommandInput {
  const update = new UpdateBuilder();
  for (const [name, value] of Object.entries(changes)) update.set([name], value);
  return { TableName: profiles, Key: { member: vendor, item: SETTINGS }, ...update.build() };
}

/** Replaces the settings of the version before. */
export function putSettingsRequest(
  { profiles }: Tables,
  vendor: Member,
  settings: StoredSettings,
): UpdateCommandInput {
  const update = new UpdateBuilder();
  const path = ['settings', 'version'];
  if (settings.version === 1) update.expect('attribute_not_exists(#path)', path);
  else update.expect('#path = :value', path, settings.version - 1);
  update.set(['settings'], settings);
  return { TableName: profiles, Key: { member: vendor, item: SETTINGS }, ...update.build() };
}

/** Sets the reply time if nobody has computed it since. */
export function moveReplyTimeRequest(
  { profiles }: Tables,
  vendor: Member,
  { from, to }: { from: number | null; to: StoredReplyTime },
): UpdateCommandInput {
  const update = new UpdateBuilder();
  if (from === null) update.expect('attribute_not_exists(#path)', ['replyTime']);
  else update.expect('#path = :value', ['replyTime', 'version'], from);
  update.set(['replyTime'], to);
  return { TableName: profiles, Key: { member: vendor, item: SETTINGS }, ...update.build() };
}

/** Replaces the saved replies of the version before. */
export function putRepliesRequest(
  { profiles }: Tables,
  vendor: Member,
  { version, replies }: StoredReplies,
): PutCommandInput {
  const names = { ExpressionAttributeNames: { '#version': 'version' } };
  return {
    TableName: profiles,
    Item: { member: vendor, item: REPLIES, version, replies },
    ...(version === 1
      ? { ConditionExpression: 'attribute_not_exists(#version)', ...names }
      : {
          ConditionExpression: '#version = :before',
          ...names,
          ExpressionAttributeValues: { ':before': version - 1 },
        }),
  };
}

/** A vendor's answers since a time, the newest first. TTL deletes late, so the time is part of the key. */
export function listAnswersRequest(
  { profiles }: Tables,
  vendor: Member,
  since: string,
): QueryCommandInput {
  return {
    TableName: profiles,
    ConsistentRead: true,
    KeyConditionExpression: '#member = :member AND #item BETWEEN :since AND :end',
    ExpressionAttributeNames: { '#member': 'member', '#item': 'item' },
    ExpressionAttributeValues: {
      ':member': vendor,
      ':since': `${ANSWERS}${since}`,
      ':end': ANSWERS_END,
    },
    ScanIndexForward: false,
  };
}

function itemRequest({ profiles }: Tables, member: Member, item: string): GetCommandInput {
  return { TableName: profiles, Key: { member, item }, ConsistentRead: true };
}

function expiry(expiresAtMs: number): Record<string, number> {
  return { [TTL_ATTRIBUTE]: Math.ceil(expiresAtMs / 1000) };
}
