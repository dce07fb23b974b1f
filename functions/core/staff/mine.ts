/** What one side keeps to itself in a room: muted, marked unread, and for a shop labels and an assignee. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { Mine, Room } from '#protocol/room.ts';

import { type Caller, causeOf, enterRoomNow, type GetHead } from '../access.ts';
import { fanOut, type FanOutPorts } from '../fan-out.ts';
import { hasMine, isMarked, type Side, type StoredHead, type StoredMine, toIso } from '../room.ts';
import { changeAsPlanned, type ChangeHead, type HeadChange, laneOfClosed } from '../summary.ts';
import { mineOf, viewRoom, type ViewRooms } from './view.ts';

/** What of it is to change; false, none and null are as in a new room. */
export type MineChange = Partial<Pick<Mine, 'muted' | 'labels' | 'assignee'>>;

export interface MinePorts extends FanOutPorts {
  readonly rooms: ViewRooms & {
    getHead: GetHead;
    changeHead: ChangeHead;
    /** Changes attribute by attribute, so that of two changes at once none is lost. */
    changeMine: (roomId: string, member: Member, change: MineChange) => Promise<void>;
  };
}

/** Some of the caller's side's marks in a room. */
export type MineCommand = { readonly roomId: string } & Wish;

/** What is absent or undefined stays. */
type Wish = { readonly [K in keyof Mine]?: Mine[K] | undefined };

/**
 * Changes what the caller's side keeps to itself, and tells its other devices; the other side hears nothing.
 * @throws ChatError `not_found`, `forbidden` for labels and assignee of a customer
 */
export async function updateMine(
  ports: MinePorts,
  caller: Caller,
  { roomId, markedUnread, ...rest }: MineCommand,
): Promise<Room> {
  const { head, member, side } = await enterRoomNow(ports.rooms, caller, roomId);
  const wanted = readChange(rest, side);
  const change = changeOf(await mineOf(ports.rooms, head, side), wanted);
  const keeps = change !== null;
  const at = toIso(ports.now());
  // First the head: a hint at an item that never came costs a look, an item without a hint would be lost.
  const { head: after } = await changeAsPlanned(ports.rooms, head, (current) =>
    planMine(current, { side, markedUnread, keeps, at }),
  );
  if (change !== null) await ports.rooms.changeMine(roomId, member, change);
  const room = await viewRoom(ports.rooms, after, side);
  const isSilent =
    head.seq === 0 || (markedUnread === undefined && Object.keys(wanted).length === 0);
  // Also where nothing changed: the first of two tries may have died before it told anybody.
  if (!isSilent) {
    await fanOut(ports, [{ member, frames: [{ event: 'room', room }], skip: causeOf(caller) }]);
  }
  return room;
}

function readChange({ muted, labels, assignee }: Wish, side: Side): MineChange {
  if (side === 'customer' && (labels !== undefined || assignee !== undefined)) {
    throw new ChatError('forbidden', { message: 'Labels and assignees are for a shop’s staff.' });
  }
  return {
    ...(muted === undefined ? {} : { muted }),
    ...(labels === undefined ? {} : { labels: tidy(labels) }),
    ...(assignee === undefined ? {} : { assignee: assignee === '' ? null : assignee }),
  };
}

/** Each label once, in the order given; blank ones say nothing. */
function tidy(labels: readonly string[]): string[] {
  return [...new Set(labels.map((label) => label.trim()))].filter((label) => label !== '');
}

function changeOf(before: StoredMine | null, wanted: MineChange): MineChange | null {
  const { muted = false, labels = [], assignee = null } = before ?? {};
  const change: MineChange = {
    ...(wanted.muted === undefined || wanted.muted === muted ? {} : { muted: wanted.muted }),
    ...(wanted.labels === undefined || isSame(wanted.labels, labels)
      ? {}
      : { labels: wanted.labels }),
    ...(wanted.assignee === undefined || wanted.assignee === assignee
      ? {}
      : { assignee: wanted.assignee }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

interface MineNews {
  readonly side: Side;
  readonly markedUnread: boolean | undefined;
  readonly keeps: boolean;
  readonly at: string;
}

/** The mark stands in the head, where lists see it; what else is kept, only that there is something. */
function planMine(
  head: StoredHead,
  { side, markedUnread, keeps, at }: MineNews,
): HeadChange | null {
  const isMarking = markedUnread !== undefined && isMarked(head, side) !== markedUnread;
  const isKeeping = keeps && !hasMine(head, side);
  if (!isMarking && !isKeeping) return null;
  const lane = isMarking && markedUnread && side === 'vendor' ? laneOfMarked(head, at) : null;
  return {
    roomId: head.roomId,
    vendor: head.vendor,
    expect: lane === null ? {} : { seq: head.seq, status: head.status, lane: head.lane ?? null },
    ...(isMarking ? { mark: { [side]: markedUnread } } : {}),
    ...(isKeeping ? { keep: side } : {}),
    ...(lane === null ? {} : { set: { lane } }),
  };
}

type LaneEntry = NonNullable<NonNullable<HeadChange['set']>['lane']>;

/** Where a marked room has to be, so that the shop's unread ones are found; null where it is there, or in no list. */
function laneOfMarked(head: StoredHead, at: string): LaneEntry | null {
  if (head.seq === 0) return null;
  const marked = { ...head, markedByVendor: true } as const;
  const name = head.status === 'closed' ? laneOfClosed(marked) : 'attention';
  if (head.lane === name) return null;
  // Closed rooms keep the order of their closing.
  return { name, at: head.status === 'closed' ? head.lastActivityAt : at };
}
