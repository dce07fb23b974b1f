/** Rooms: heads and what they are about, and the three lists. */
import type {
  GetCommandInput,
  PutCommandInput,
  QueryCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';

import type { ListPorts } from '#core/lists.ts';
import type { RankedRoom, Walk } from '#core/lists/cursor.ts';
import type { OpenRoomPorts } from '#core/open-room.ts';
import {
  type AboutChange,
  MARKED_BY,
  MINE_OF,
  type RoomAbout,
  SIDES,
  type StoredHead,
  type StoredMine,
} from '#core/room.ts';
import type { SendPorts } from '#core/send.ts';
import type { MineChange, MinePorts } from '#core/staff/mine.ts';
import type { HeadChange, RaisedMarks, Spending } from '#core/summary.ts';
import type { Member } from '#protocol/ids.ts';

import { ABOUT, bucketKey, HEAD, laneKey, laneName, mineKey, type Tables } from './keys.ts';
import { asStored, type Database, type Item } from './table.ts';
import { UpdateBuilder } from './update.ts';

/** Everything the domain asks of `Rooms`. */
export type RoomStore = SendPorts['rooms'] &
  OpenRoomPorts['rooms'] &
  ListPorts['rooms'] &
  MinePorts['rooms'];

const MAX_BATCH = 100;

/** The `Rooms` table as the domain uses it. */
export function roomStore(db: Database): RoomStore {
  const { tables } = db;
  const getParts = async (roomIds: readonly string[], part: string) => {
    const batches = chunksOf(roomIds, MAX_BATCH).map((ids) =>
      db.batchGet(
        tables.rooms,
        ids.map((roomId) => ({ roomId, part })),
      ),
    );
    return (await Promise.all(batches)).flat();
  };
  const getHead: RoomStore['getHead'] = async (roomId, { consistent }) => {
    const item = await db.get(partRequest(tables, { roomId, part: HEAD, consistent }));
    return item === null ? null : toHead(item);
  };
  return {
    getHead,
    getAbout: async (roomId) => {
      // Consistent, for whoever reads it writes what differs.
      const item = await db.get(partRequest(tables, { roomId, part: ABOUT, consistent: true }));
      return item === null ? null : toAbout(item);
    },
    changeAbout: async (roomId, change) => {
      await db.update(changeAboutRequest(tables, roomId, change));
    },
    getMine: async (roomId, member) => {
      const part = mineKey(member);
      const item = await db.get(partRequest(tables, { roomId, part, consistent: true }));
      return item === null ? null : toMine(item);
    },
    getMines: async (member, roomIds) =>
      new Map(
        (await getParts(roomIds, mineKey(member))).map((one) => [roomIdOf(one), toMine(one)]),
      ),
    changeMine: async (roomId, member, change) => {
      await db.update(changeMineRequest(tables, { roomId, member, change }));
    },
    createHead: (head) => db.put(createHeadRequest(tables, head)),
    changeHead: async (change) => {
      if (await db.update(changeHeadRequest(tables, change))) return { changed: true };
      return { changed: false, head: await getHead(change.roomId, { consistent: true }) };
    },
    getHeads: async (roomIds) => (await getParts(roomIds, HEAD)).map(toHead),
    getAbouts: async (roomIds) => (await getParts(roomIds, ABOUT)).map(toAbout),
    listByCustomer: async (customer, limit) =>
      (await db.query(byCustomerRequest(tables, customer), limit)).map(roomIdOf),
    walkByVendor: async (vendor, walk) =>
      (await db.query(byVendorRequest(tables, vendor, walk), walk.limit)).map((item) =>
        toRanked(item, 'bucket'),
      ),
    walkLane: async (vendor, lane, walk) =>
      (await db.query(laneRequest(tables, laneKey(vendor, lane), walk), walk.limit)).map((item) =>
        toRanked(item, 'laneAt'),
      ),
  };
}

/** Reads one part of a room. */
export function partRequest(
  { rooms }: Tables,
  { roomId, part, consistent }: { roomId: string; part: string; consistent: boolean },
): GetCommandInput {
  return { TableName: rooms, Key: { roomId, part }, ConsistentRead: consistent };
}

/** Stores a head where none is. It carries neither bucket nor lane: nobody has written. */
export function createHeadRequest({ rooms }: Tables, head: StoredHead): PutCommandInput {
  const { lane: _lane, ...rest } = head;
  return {
    TableName: rooms,
    Item: { ...rest, part: HEAD },
    ConditionExpression: 'attribute_not_exists(roomId)',
  };
}

/**
 * One conditional write of a head. The bucket follows the last activity; as the same text it costs its index nothing.
 */
export function changeHeadRequest({ rooms }: Tables, change: HeadChange): UpdateCommandInput {
  const update = new UpdateBuilder();
  update.expect('attribute_exists(#path)', ['roomId']);
  expectHead(update, change);
  raiseMarks(update, change.raise ?? {});
  for (const side of SIDES) {
    const isMarked = change.mark?.[side];
    if (isMarked === true) update.set([MARKED_BY[side]], true);
    else if (isMarked === false) update.remove([MARKED_BY[side]]);
  }
  if (change.keep !== undefined) update.set([MINE_OF[change.keep]], true);
  if (change.spend !== undefined) spend(update, change.spend);
  setHead(update, change);
  return {
    TableName: rooms,
    Key: { roomId: change.roomId, part: HEAD },
    ...update.build(),
  };
}

function expectHead(update: UpdateBuilder, { vendor, expect }: HeadChange): void {
  const { unmarked, seq, seqBelow, status, lane, read = {} } = expect;
  if (seq !== undefined) update.expect('#path = :value', ['seq'], seq);
  if (seqBelow !== undefined) update.expect('#path < :value', ['seq'], seqBelow);
  if (status !== undefined) update.expect('#path = :value', ['status'], status);
  if (expect.changes !== undefined) update.expect('#path = :value', ['changes'], expect.changes);
  if (lane === null) update.expect('attribute_not_exists(#path)', ['lane']);
  else if (lane !== undefined) update.expect('#path = :value', ['lane'], laneKey(vendor, lane));
  if (unmarked !== undefined) {
    update.expect('attribute_not_exists(#path)', [MARKED_BY[unmarked]]);
  }
  for (const [side, mark] of Object.entries(read)) {
    update.expect('#path = :value', ['read', side], mark);
  }
}

function raiseMarks(update: UpdateBuilder, { read = {}, delivered = {} }: RaisedMarks): void {
  for (const [side, seq] of Object.entries(delivered)) raise(update, ['delivered', side], seq);
  for (const [side, seq] of Object.entries(read)) {
    raise(update, ['read', side], seq);
    // A mark does not stay where only system messages follow: a plan made of the newer head takes it on.
    update.expectNotAll([
      ['#path <= :value', ['said'], seq],
      ['#path > :value', ['seq'], seq],
    ]);
  }
}

function raise(update: UpdateBuilder, path: readonly string[], seq: number): void {
  update.expect('#path < :value', path, seq);
  update.set(path, seq);
}

function spend(update: UpdateBuilder, { side, costMs, wholeAtMs }: Spending): void {
  const path = ['flood', side];
  if (wholeAtMs === undefined) {
    update.add(path, costMs);
    return;
  }
  update.expect('#path <= :value', path, wholeAtMs);
  update.set(path, wholeAtMs + costMs);
}

function setHead(update: UpdateBuilder, { vendor, set = {} }: HeadChange): void {
  const { lane, ...plain } = set;
  for (const [name, value] of Object.entries(plain)) update.set([name], value);
  if (plain.lastActivityAt !== undefined) update.set(['bucket'], bucketKey(plain.lastActivityAt));
  if (lane === null) {
    update.remove(['lane']);
    update.remove(['laneAt']);
  } else if (lane !== undefined) {
    update.set(['lane'], laneKey(vendor, lane.name));
    update.set(['laneAt'], lane.at);
  }
}

/** Sets or takes away each attribute that changes, in an item that need not be there yet. */
export function changeAboutRequest(
  { rooms }: Tables,
  roomId: string,
  { names = {}, pictures = {}, product }: AboutChange,
): UpdateCommandInput {
  const update = new UpdateBuilder();
  for (const side of SIDES) {
    put(update, `${side}Name`, names[side]);
    put(update, `${side}Picture`, pictures[side]);
  }
  put(update, 'product', product);
  return { TableName: rooms, Key: { roomId, part: ABOUT }, ...update.build() };
}

/** Likewise for what a member keeps to itself; what is as in a new room is not stored. */
export function changeMineRequest(
  { rooms }: Tables,
  { roomId, member, change }: { roomId: string; member: Member; change: MineChange },
): UpdateCommandInput {
  const { muted, labels, assignee } = change;
  const update = new UpdateBuilder();
  put(update, 'muted', muted === false ? null : muted);
  put(update, 'labels', labels?.length === 0 ? null : labels);
  put(update, 'assignee', assignee);
  return { TableName: rooms, Key: { roomId, part: mineKey(member) }, ...update.build() };
}

/** Undefined leaves an attribute, null removes it. */
function put(update: UpdateBuilder, name: string, value: unknown): void {
  if (value === null) update.remove([name]);
  else if (value !== undefined) update.set([name], value);
}

/** A customer's rooms, from its index. */
export function byCustomerRequest({ rooms }: Tables, customer: Member): QueryCommandInput {
  return {
    TableName: rooms,
    IndexName: 'byCustomer',
    KeyConditionExpression: 'customer = :customer',
    ExpressionAttributeValues: { ':customer': customer },
  };
}

/** A vendor's rooms, the latest hour first. */
export function byVendorRequest(
  { rooms }: Tables,
  vendor: Member,
  { start }: Walk,
): QueryCommandInput {
  return {
    TableName: rooms,
    IndexName: 'byVendor',
    KeyConditionExpression: 'vendor = :vendor',
    ExpressionAttributeValues: { ':vendor': vendor },
    ScanIndexForward: false,
    ...(start && {
      ExclusiveStartKey: { vendor, bucket: start.rank, roomId: start.roomId, part: HEAD },
    }),
  };
}

/** The rooms of a lane, the latest to enter it first. */
export function laneRequest({ rooms }: Tables, lane: string, { start }: Walk): QueryCommandInput {
  return {
    TableName: rooms,
    IndexName: 'byLane',
    KeyConditionExpression: 'lane = :lane',
    ExpressionAttributeValues: { ':lane': lane },
    ScanIndexForward: false,
    ...(start && {
      ExclusiveStartKey: { lane, laneAt: start.rank, roomId: start.roomId, part: HEAD },
    }),
  };
}

/** The head without the keys of its indexes, its lane by name. */
function toHead(item: Item): StoredHead {
  const { part: _part, bucket: _bucket, laneAt: _laneAt, lane, ...rest } = item;
  const named = typeof lane === 'string' ? { lane: laneName(lane) } : {};
  return asStored<StoredHead>({ ...rest, ...named });
}

function toAbout(item: Item): RoomAbout {
  const { roomId, product } = item;
  const texts = (kind: 'Name' | 'Picture') =>
    Object.fromEntries(
      SIDES.flatMap((side) => {
        const text = item[`${side}${kind}`];
        return typeof text === 'string' ? [[side, text]] : [];
      }),
    );
  const about = { roomId, names: texts('Name'), pictures: texts('Picture') };
  return asStored<RoomAbout>(product === undefined ? about : { ...about, product });
}

function toMine({ roomId: _room, part: _part, ...mine }: Item): StoredMine {
  return asStored<StoredMine>(mine);
}

function toRanked(item: Item, rank: 'bucket' | 'laneAt'): RankedRoom {
  return { roomId: roomIdOf(item), rank: String(item[rank]) };
}

function roomIdOf(item: Item): string {
  return String(item['roomId']);
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}
