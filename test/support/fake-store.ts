/** The four tables in memory, with the same conditions as the real ones; every step may be delayed, lost or fatal. */
import type { RankedRoom, Walk } from '#core/lists/cursor.ts';
import type { StoredMessage } from '#core/message.ts';
import type { StoredPresence } from '#core/presence.ts';
import {
  type AboutChange,
  isMarked,
  type Lane,
  type Marks,
  type RoomAbout,
  type Side,
  SIDES,
  type StoredHead,
  type StoredMine,
} from '#core/room.ts';
import { applyChange, type HeadChange } from '#core/summary.ts';
import type { Connection } from '#core/fan-out.ts';
import type { Quota } from '#core/flood.ts';
import type { Member } from '#protocol/ids.ts';
import type { FirstAnswer } from '#core/vendor/reply-time.ts';
import type { StoredReplies } from '#core/vendor/saved-replies.ts';
import type { StoredShop } from '#core/vendor/shop.ts';
import type { ConnectionStore } from '#store/connections.ts';
import type { MessageStore } from '#store/messages.ts';
import type { Suspension } from '#protocol/admin/suspension.ts';
import type { NoteStore } from '#store/notes.ts';
import type { ProfileStore } from '#store/profiles.ts';
import type { RoomStore } from '#store/rooms.ts';
import type { ShopStore } from '#store/shops.ts';

import { applyMine, FakeNotes, fakeNotes } from './fake-notes.ts';

/** Everything that is stored. A head keeps its versions, for reads that lag. */
export class FakeTables {
  readonly heads = new Map<string, StoredHead[]>();
  readonly laneTimes = new Map<string, string>();
  readonly abouts = new Map<string, RoomAbout>();
  /** By room and member. */
  readonly mines = new Map<string, StoredMine>();
  readonly notes = new FakeNotes();
  readonly logs = new Map<string, Map<number, StoredMessage>>();
  readonly rows = new Map<string, Connection>();
  readonly shops = new Map<Member, StoredShop>();
  readonly savedReplies = new Map<Member, StoredReplies>();
  /** By vendor, room and seq. */
  readonly answers = new Map<string, FirstAnswer & { vendor: Member }>();
  /** By room. */
  readonly absences = new Map<string, string>();
  readonly presences = new Map<Member, StoredPresence>();
  readonly told = new Map<string, number>();
  /** By member and user. */
  readonly suspensions = new Map<string, Suspension>();
  readonly contacts = new Map<Member, { fullAtMs: number; roomId: string }>();
  /** By member and what is counted. */
  readonly quotas = new Map<string, number>();

  headOf(roomId: string): StoredHead | null {
    return this.heads.get(roomId)?.at(-1) ?? null;
  }

  putHead(head: StoredHead): void {
    this.heads.set(head.roomId, [...(this.heads.get(head.roomId) ?? []), head]);
  }

  logOf(roomId: string): StoredMessage[] {
    return [...(this.logs.get(roomId)?.values() ?? [])].toSorted((a, b) => a.seq - b.seq);
  }

  putMessage(message: StoredMessage): boolean {
    const log = this.logs.get(message.roomId) ?? new Map<number, StoredMessage>();
    this.logs.set(message.roomId, log);
    if (log.has(message.seq)) return false;
    log.set(message.seq, message);
    return true;
  }

  replaceMessage(message: StoredMessage): boolean {
    const log = this.logs.get(message.roomId);
    const current = log?.get(message.seq);
    if (current === undefined || (current.version ?? 0) !== (message.version ?? 0) - 1)
      return false;
    log?.set(message.seq, message);
    return true;
  }

  changeAbout(roomId: string, { names, pictures, product }: AboutChange): void {
    const before = this.abouts.get(roomId) ?? { roomId, names: {}, pictures: {} };
    this.abouts.set(roomId, {
      ...before,
      names: withoutNull({ ...before.names, ...names }),
      pictures: withoutNull({ ...before.pictures, ...pictures }),
      ...(product === undefined ? {} : { product }),
    });
  }

  putRow(row: Connection): void {
    this.rows.set(keyOf(row), row);
  }
}

function withoutNull(texts: Partial<Record<Side, string | null>>): Partial<Record<Side, string>> {
  const kept = SIDES.flatMap((side) => {
    const text = texts[side] ?? null;
    return text === null ? [] : [[side, text]];
  });
  return Object.fromEntries(kept);
}

/** How a caller meets the tables. */
export interface Access {
  /** Runs one request: may delay, refuse, or fail after it was applied. */
  readonly request?: <T>(work: () => T) => Promise<T>;
  /** Which of the versions an eventually consistent read of a head returns; the newest unless told. */
  readonly staleVersion?: (count: number) => number;
}

/** The stores over some tables. */
export interface FakeStore {
  readonly rooms: RoomStore;
  readonly notes: NoteStore;
  readonly messages: MessageStore;
  readonly connections: ConnectionStore;
  readonly profiles: ProfileStore;
}

export function fakeStore(tables: FakeTables, access: Access = {}): FakeStore {
  const request = access.request ?? (async (work) => work());
  return {
    rooms: fakeRooms(tables, request, access.staleVersion ?? ((count) => count - 1)),
    notes: fakeNotes(tables.notes, request),
    messages: fakeMessages(tables, request),
    connections: fakeConnections(tables, request),
    profiles: fakeProfiles(tables, request),
  };
}

type Request = NonNullable<Access['request']>;

function fakeRooms(
  tables: FakeTables,
  request: Request,
  staleVersion: (count: number) => number,
): RoomStore {
  const newest = () => [...tables.heads.keys()].flatMap((id) => tables.headOf(id) ?? []);
  return {
    getHead: (roomId, { consistent }) =>
      request(() => {
        const versions = tables.heads.get(roomId) ?? [];
        return versions[consistent ? versions.length - 1 : staleVersion(versions.length)] ?? null;
      }),
    getAbout: (roomId) => request(() => tables.abouts.get(roomId) ?? null),
    changeAbout: (roomId, change) => request(() => tables.changeAbout(roomId, change)),
    getMine: (roomId, member) => request(() => tables.mines.get(`${roomId} ${member}`) ?? null),
    getMines: (member, ids) =>
      request(() => {
        const found = ids.map((id) => [id, tables.mines.get(`${id} ${member}`)] as const);
        return new Map(found.flatMap(([id, mine]) => (mine === undefined ? [] : [[id, mine]])));
      }),
    changeMine: (roomId, member, change) =>
      request(() => applyMine(tables.mines, `${roomId} ${member}`, change)),
    createHead: (head) =>
      request(() => {
        if (tables.heads.has(head.roomId)) return false;
        tables.putHead(head);
        return true;
      }),
    changeHead: (change) =>
      request(() => {
        const head = tables.headOf(change.roomId);
        if (head === null || !fits(head, change)) return { changed: false, head };
        tables.putHead(applyChange(head, change));
        if (change.set?.lane) tables.laneTimes.set(change.roomId, change.set.lane.at);
        return { changed: true };
      }),
    getHeads: (ids) => request(() => ids.flatMap((id) => tables.headOf(id) ?? [])),
    getAbouts: (ids) => request(() => ids.flatMap((id) => tables.abouts.get(id) ?? [])),
    listByCustomer: (customer, limit) =>
      request(() =>
        newest()
          .filter((head) => head.customer === customer)
          .slice(0, limit)
          .map(({ roomId }) => roomId),
      ),
    walkByVendor: (vendor, walk) =>
      request(() => {
        const rooms = newest().filter((head) => head.vendor === vendor && head.seq > 0);
        return walkDown(
          rooms.map(({ roomId, lastActivityAt }) => ({
            roomId,
            rank: lastActivityAt.slice(0, 13),
          })),
          walk,
        );
      }),
    walkLane: (vendor, lane: Lane, walk) =>
      request(() => {
        const rooms = newest().filter((head) => head.vendor === vendor && head.lane === lane);
        return walkDown(
          rooms.map(({ roomId }) => ({ roomId, rank: tables.laneTimes.get(roomId) ?? '' })),
          walk,
        );
      }),
  };
}

function walkDown(rooms: RankedRoom[], { start, limit }: Walk): RankedRoom[] {
  // Within a rank the order is the index's own: here by id.
  const place = ({ rank, roomId }: RankedRoom) => `${rank} ${roomId}`;
  const sorted = rooms.toSorted((a, b) => (place(a) > place(b) ? -1 : 1));
  const rest = start === undefined ? sorted : sorted.filter((room) => place(room) < place(start));
  return rest.slice(0, limit);
}

/** A read mark does not stay where only system messages follow. */
function staysBehind({ said, seq: end }: StoredHead, seq: number): boolean {
  return said !== undefined && said <= seq && end > seq;
}

function fits(head: StoredHead, { expect, raise, spend }: HeadChange): boolean {
  const lower = (marks: Marks, wanted: Partial<Marks> = {}) =>
    Object.entries(wanted).every(
      ([side, seq]) => marks[side === 'vendor' ? 'vendor' : 'customer'] < seq,
    );
  return (
    (expect.seq === undefined || head.seq === expect.seq) &&
    (expect.seqBelow === undefined || head.seq < expect.seqBelow) &&
    (expect.status === undefined || head.status === expect.status) &&
    (expect.changes === undefined || head.changes === expect.changes) &&
    (expect.lane === undefined || (head.lane ?? null) === expect.lane) &&
    (spend?.wholeAtMs === undefined || head.flood[spend.side] <= spend.wholeAtMs) &&
    (expect.unmarked === undefined || !isMarked(head, expect.unmarked)) &&
    (expect.read?.customer ?? head.read.customer) === head.read.customer &&
    (expect.read?.vendor ?? head.read.vendor) === head.read.vendor &&
    !Object.values(raise?.read ?? {}).some((seq) => staysBehind(head, seq)) &&
    lower(head.read, raise?.read) &&
    lower(head.delivered, raise?.delivered)
  );
}

function fakeMessages(tables: FakeTables, request: Request): MessageStore {
  return {
    put: (message) => request(() => tables.putMessage(message)),
    replace: (message) => request(() => tables.replaceMessage(message)),
    listRange: ({ roomId, after, through = Infinity }) =>
      request(() => tables.logOf(roomId).filter(({ seq }) => seq > after && seq <= through)),
    listPage: ({ roomId, after = 0, before = Infinity, limit, from }) =>
      request(() => {
        const found = tables.logOf(roomId).filter(({ seq }) => seq > after && seq < before);
        return from === 'oldest' ? found.slice(0, limit) : found.slice(-limit);
      }),
    newestSeq: (roomId) => request(() => tables.logOf(roomId).at(-1)?.seq ?? 0),
  };
}

const keyOf = (row: Pick<Connection, 'member' | 'connectionId'>) =>
  `${row.member} ${row.connectionId}`;

function fakeConnections({ rows }: FakeTables, request: Request): ConnectionStore {
  return {
    list: (member) => request(() => [...rows.values()].filter((row) => row.member === member)),
    get: (key) => request(() => rows.get(keyOf(key)) ?? null),
    put: (row) => request(() => void rows.set(keyOf(row), row)),
    extend: (row, expiresAt) =>
      request(() => {
        const current = rows.get(keyOf(row));
        if (current === undefined) return false;
        rows.set(keyOf(row), { ...current, expiresAt });
        return true;
      }),
    remove: (row) => request(() => void rows.delete(keyOf(row))),
  };
}

function fakeProfiles(tables: FakeTables, request: Request): ProfileStore {
  return {
    ...fakeShops(tables, request),
    getTold: (member, { kind, roomId }) =>
      request(() => tables.told.get(`${member} ${kind} ${roomId}`) ?? 0),
    putTold: (member, { kind, roomId, seq }) =>
      request(() => {
        const key = `${member} ${kind} ${roomId}`;
        tables.told.set(key, Math.max(seq, tables.told.get(key) ?? 0));
      }),
    getSuspension: ({ member, user }) =>
      request(() => tables.suspensions.get(`${member} ${user}`) ?? null),
    putSuspension: (suspension) =>
      request(() => {
        tables.suspensions.set(`${suspension.member} ${suspension.user}`, suspension);
      }),
    getPresence: (member) => request(() => tables.presences.get(member) ?? null),
    movePresence: (member, { from, to }) =>
      request(() => {
        const current = tables.presences.get(member) ?? null;
        if (JSON.stringify(current) !== JSON.stringify(from)) return false;
        tables.presences.set(member, to);
        return true;
      }),
    roomQuota: (member) => fakeQuota(tables, request, `${member} rooms`),
    contactQuota: (member) => ({
      read: () => request(() => tables.contacts.get(member) ?? { fullAtMs: 0, roomId: null }),
      move: ({ from, to, roomId }) =>
        request(() => {
          if ((tables.contacts.get(member)?.fullAtMs ?? 0) !== from) return false;
          tables.contacts.set(member, { fullAtMs: to, roomId });
          return true;
        }),
    }),
    uploadQuota: (member) => fakeQuota(tables, request, `${member} uploads`),
  };
}

function fakeShops(tables: FakeTables, request: Request): ShopStore {
  const set = (vendor: Member, change: Partial<StoredShop>) =>
    void tables.shops.set(vendor, { ...tables.shops.get(vendor), ...change });
  return {
    getShop: (vendor) => request(() => tables.shops.get(vendor) ?? null),
    putSettings: (vendor, settings) =>
      request(() => {
        const version = tables.shops.get(vendor)?.settings?.version ?? 0;
        if (version !== settings.version - 1) return false;
        set(vendor, { settings });
        return true;
      }),
    putTokenName: (vendor, tokenName) => request(() => set(vendor, { tokenName })),
    moveReplyTime: (vendor, { from, to }) =>
      request(() => {
        if ((tables.shops.get(vendor)?.replyTime?.version ?? null) !== from) return false;
        set(vendor, { replyTime: to });
        return true;
      }),
    getReplies: (vendor) =>
      request(() => tables.savedReplies.get(vendor) ?? { version: 0, replies: [] }),
    putReplies: (vendor, replies) =>
      request(() => {
        if ((tables.savedReplies.get(vendor)?.version ?? 0) !== replies.version - 1) return false;
        tables.savedReplies.set(vendor, replies);
        return true;
      }),
    putAnswer: (vendor, answer) =>
      request(() => {
        const key = `${vendor} ${answer.roomId} ${answer.seq}`;
        tables.answers.set(key, { ...answer, vendor });
      }),
    listAnswers: (vendor, { since, limit }) =>
      request(() =>
        [...tables.answers.values()]
          .filter((answer) => answer.vendor === vendor && answer.at >= since)
          .toSorted((a, b) => (a.at < b.at ? 1 : -1))
          .slice(0, limit),
      ),
    getAnsweredAbsence: (_vendor, roomId) => request(() => tables.absences.get(roomId) ?? null),
    putAnsweredAbsence: (_vendor, { roomId, absence }) =>
      request(() => void tables.absences.set(roomId, absence)),
  };
}

function fakeQuota({ quotas }: FakeTables, request: Request, key: string): Quota {
  return {
    read: () => request(() => quotas.get(key) ?? 0),
    move: ({ from, to }) =>
      request(() => {
        if ((quotas.get(key) ?? 0) !== from) return false;
        quotas.set(key, to);
        return true;
      }),
  };
}
