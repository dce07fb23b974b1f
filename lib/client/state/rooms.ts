/** What is known of the caller's rooms, and how events change it and move them in lists. Pure. */
import type { RoomFilter } from '#protocol/http-routes.ts';
import { isMember, type Member, roleOfMember } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

/** Characters of a preview made here; the server's own is a little longer. */
const PREVIEW_LENGTH = 120;

/** The room after one of its messages came in; the same object for one that it knows. */
export function roomWithMessage(room: Room, message: Message, me: Member | null): Room {
  const { seq, type, at, system } = message;
  if (seq <= room.seq) return room;
  const sender = message.sender?.member ?? null;
  const isFromCustomer = sender !== null && roleOfMember(sender) === 'customer';
  const next: Room = {
    ...room,
    seq,
    status: statusAfter(room, message),
    // what a closed shop answers by itself does not hide the question
    ...(system?.event !== 'away' && {
      lastMessage: { seq, type, preview: previewOf(message), sender, at },
    }),
    lastActivityAt: at > room.lastActivityAt ? at : room.lastActivityAt,
    ...(isFromCustomer && message.product && { product: message.product }),
  };
  // Sending reads along, unless something unread lies before it; nothing of the system is unread by itself.
  const readers = sender === null ? room.members.map(({ member }) => member) : [sender];
  const delivered = sender === null ? 0 : seq;
  const read = readers
    .filter((member) => (room.read[member] ?? 0) >= seq - 1)
    .reduce(
      (before, member) => roomWithRead(before, { member, seq, delivered }, me),
      countUnread(next, me),
    );
  // Nobody has looked: what was marked as unread by hand stays so.
  return sender === null ? { ...read, mine: room.mine } : read;
}

/** A member's message reopens; system messages tell of what was done by hand. */
function statusAfter({ status }: Room, { sender, system }: Message): Room['status'] {
  if (sender !== null || system?.event === 'reopened') return 'open';
  return system?.event === 'closed' ? 'closed' : status;
}

/** The room after a member's marks moved; they only grow, and reading takes back the mark of unread. */
export function roomWithRead(
  room: Room,
  { member, seq, delivered }: Pick<ServerFrame<'read'>, 'member' | 'seq' | 'delivered'>,
  me: Member | null,
): Room {
  const hasGrown = seq > (room.read[member] ?? 0) || delivered > (room.delivered[member] ?? 0);
  if (!hasGrown) return room;
  const isReading = member === me && seq > (room.read[member] ?? 0);
  const higher = (marks: Room['read'], mark: number) => ({
    ...marks,
    [member]: Math.max(marks[member] ?? 0, mark),
  });
  const next = {
    ...room,
    read: higher(room.read, seq),
    delivered: higher(room.delivered, delivered),
    ...(isReading && { mine: { ...room.mine, markedUnread: false } }),
  };
  return countUnread(next, me);
}

/** The room after a message in it was edited or deleted. */
export function roomWithUpdate(room: Room, message: Message, changes: number): Room {
  if (changes <= room.changes) return room;
  return { ...roomWithPreview(room, message), changes };
}

/** The room with a state of a message that its counter does not tell of: a change of mine, as it was answered. */
export function roomWithPreview(room: Room, message: Message): Room {
  const { lastMessage } = room;
  const preview = previewOf(message);
  if (lastMessage?.seq !== message.seq || lastMessage.preview === preview) return room;
  return { ...room, lastMessage: { ...lastMessage, preview } };
}

/** What two sources say of one room, together: an older answer must not take back an event. */
export function newerRoom(known: Room | undefined, told: Room, me: Member | null): Room {
  if (!known) return told;
  if (told.seq < known.seq || told.changes < known.changes) return known;
  return Object.keys(known.read)
    .filter(isMember)
    .reduce((room, member) => {
      const seq = known.read[member] ?? 0;
      return roomWithRead(room, { member, seq, delivered: known.delivered[member] ?? 0 }, me);
    }, told);
}

function countUnread(room: Room, me: Member | null): Room {
  const unread = me === null ? room.unread : Math.max(0, room.seq - (room.read[me] ?? 0));
  return unread === room.unread ? room : { ...room, unread };
}

function previewOf(message: Message): string {
  if (message.deletedAt !== null) return '';
  const text = message.text ?? message.product?.title ?? message.attachments[0]?.name ?? '';
  return text.replaceAll(/\s+/gu, ' ').slice(0, PREVIEW_LENGTH).toWellFormed();
}

/** Whether a list of that filter shows the room; null where this client cannot know. */
export function isShown(room: Room, filter: RoomFilter): boolean | null {
  switch (filter) {
    case 'unread':
      return room.unread > 0 || room.mine.markedUnread;
    case 'closed':
      return room.status === 'closed';
    case 'waiting': {
      if (room.status === 'closed' || !room.lastMessage) return false;
      const { sender } = room.lastMessage;
      // a system message says nothing of who is waiting
      return sender === null ? null : roleOfMember(sender) === 'customer';
    }
    case 'all':
    default:
      return true;
  }
}

/**
 * The list with a room where it belongs now; the same list where nothing changes.
 * @param isWanted whether the list shows it; null leaves it in or out, as it was
 */
export function placeRoom(
  rooms: readonly Room[],
  room: Room,
  isWanted: boolean | null,
): readonly Room[] {
  const index = rooms.findIndex(({ roomId }) => roomId === room.roomId);
  const shown = isWanted ?? index >= 0;
  if (index < 0 && !shown) return rooms;
  if (rooms[index] === room) return rooms;
  const others = index < 0 ? rooms : rooms.toSpliced(index, 1);
  return shown ? withRoom(others, room) : others;
}

/** The list with a room that nobody heard of before: it need not be looked for among ten thousand. */
export function insertRoom(
  rooms: readonly Room[],
  room: Room,
  isWanted: boolean | null,
): readonly Room[] {
  return isWanted === true ? withRoom(rooms, room) : rooms;
}

/** The list with a further page, which shows rooms of which this client cannot know whether they belong there. */
export function appendPage(
  rooms: readonly Room[],
  items: readonly Room[],
  filter: RoomFilter,
): readonly Room[] {
  const known = new Set(rooms.map(({ roomId }) => roomId));
  const fresh = items.filter((room) => !known.has(room.roomId) && isShown(room, filter) !== false);
  return fresh.reduce(withRoom, rooms);
}

function withRoom(rooms: readonly Room[], room: Room): readonly Room[] {
  return rooms.toSpliced(placeOf(rooms, room), 0, room);
}

/** Behind those that were active at the same time or later; the latest activity stands first. */
function placeOf(rooms: readonly Room[], { lastActivityAt }: Room): number {
  let from = 0;
  let to = rooms.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rooms[middle]?.lastActivityAt ?? '') < lastActivityAt) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** More rooms than this that a page lacks are gone; fewer may only be missing from a database that lags. */
const MAX_DOUBTFUL = 10;

/** A list after its first page came. */
export interface RefreshedList {
  readonly rooms: readonly Room[];
  /** Rooms that the page lacks although events say that they belong there: ask for each of them. */
  readonly doubtful: readonly Room[];
  /** What was below the page still stands, and with it the cursor behind it. */
  readonly keepsBelow: boolean;
}

/** A first page: its rooms as they are known now, which may be newer than the page itself. */
export interface FirstPage {
  readonly items: readonly Room[];
  /** When the page's last room was active, as the page says; null for an empty one. */
  readonly endsAt: string | null;
  readonly next: string | null;
}

/**
 * The list after its first page was fetched (again). What is below the page stays where the page's
 * end shows that nothing below it can have moved. A page may be older than what events said, so a
 * few rooms that it should show and does not are kept until each was asked for.
 */
export function refreshList(
  rooms: readonly Room[],
  page: FirstPage,
  filter: RoomFilter,
): RefreshedList {
  const { items, endsAt, next } = page;
  const paged = new Set(items.map(({ roomId }) => roomId));
  const others = rooms.filter(({ roomId }) => !paged.has(roomId));
  const isBelow = (room: Room) => next !== null && room.lastActivityAt <= (endsAt ?? '');
  const end = rooms.find(({ roomId }) => roomId === items.at(-1)?.roomId);
  const keepsBelow = next !== null && end !== undefined && end.lastActivityAt === endsAt;
  const lacking = others.filter((room) => !isBelow(room) && isShown(room, filter) !== false);
  const doubtful = lacking.length > MAX_DOUBTFUL ? [] : lacking;
  const shown = items.filter((room) => isShown(room, filter) !== false);
  return {
    rooms: [...shown, ...doubtful, ...(keepsBelow ? others.filter(isBelow) : [])].toSorted((a, b) =>
      a.lastActivityAt > b.lastActivityAt ? -1 : Number(a.lastActivityAt < b.lastActivityAt),
    ),
    doubtful,
    keepsBelow,
  };
}
