/** What follows from a message's new version: the room counts it, its one line shows it, and the members are told. */
import { ChatError } from '#protocol/errors.ts';

import type { Cause } from '../access.ts';
import { fanOut, type FanOutPorts, lookUpBeside } from '../fan-out.ts';
import { lastMessageOf, renderMessage, type StoredMessage } from '../message.ts';
import { type Side, SIDES, type StoredHead } from '../room.ts';
import {
  changeAsPlanned,
  type ChangeHead,
  type Consequences,
  type HeadChange,
  spendingOf,
} from '../summary.ts';

export interface AnnouncePorts extends FanOutPorts {
  readonly rooms: { changeHead: ChangeHead };
  /** Deletes what messages of a room had attached; what is gone already is fine. */
  readonly removeObjects: (roomId: string, keys: readonly string[]) => Promise<void>;
}

export interface Announcement extends Pick<Consequences, 'flood'> {
  /** As far as it is known: it may lag. */
  readonly head: StoredHead;
  /** As it is stored now, or was a moment ago. */
  readonly message: StoredMessage;
  /** The side and device that changed it, and so are not told; none where that is no longer known. */
  readonly cause?: { readonly side: Side; readonly skip: Cause };
}

/**
 * Counts a change that is stored, shows it in the room's one line and tells both sides. Safe to repeat, and at once.
 *
 * The row comes first and `changes` after it: whoever reads a room's `changes`, and its messages behind that, has every
 * change that is counted in it. The other way round a reader could learn the number before the change, and never ask again.
 * @returns the room's `changes` with this change in it
 * @throws ChatError `unavailable` where a side's devices could not be looked up: everything else is done
 */
export async function announce(
  ports: AnnouncePorts,
  { head, message, flood, cause }: Announcement,
): Promise<number> {
  const { result, rows } = await lookUpBeside(
    ports,
    SIDES.map((side) => head[side]),
    changeAsPlanned(ports.rooms, head, (current) => planCount(current, message, flood)),
  );
  const { changes } = result.head;
  // Who counted a later version of it tells that one, under the same number.
  if (!isOvertaken(result.head, message)) {
    const deliveries = SIDES.map((side) => ({
      member: head[side],
      frames: [
        {
          event: 'message.updated' as const,
          message: renderMessage(message, head[side]),
          changes,
        },
      ],
      rows: rows.get(head[side]),
      ...(side === cause?.side ? { skip: cause.skip } : {}),
    }));
    await fanOut(ports, deliveries);
  }
  const { roomId, removedKeys } = message;
  if (removedKeys !== undefined) await ports.removeObjects(roomId, removedKeys);
  // Some devices may not have been told: the stream tells them, and brings it again until it could.
  if (!SIDES.every((side) => rows.has(head[side]))) throw new ChatError('unavailable');
  return changes;
}

/**
 * What is left to write of a change, given a head; null where nothing is. Every write of it counts, so that of two
 * that plan from the same head only one happens, and an older version never overwrites a newer.
 */
export function planCount(
  head: StoredHead,
  message: StoredMessage,
  flood: Consequences['flood'],
): HeadChange | null {
  const { seq, version = 0 } = message;
  const { lastMessage } = head;
  const isOutdated = lastMessage?.seq === seq && (lastMessage.version ?? 0) < version;
  if (isCounted(head, message) && !isOutdated) return null;
  return {
    roomId: head.roomId,
    vendor: head.vendor,
    expect: { changes: head.changes, ...(isOutdated ? { seq: head.seq } : {}) },
    ...spendingOf(head, flood === undefined ? {} : { flood }),
    set: {
      changes: head.changes + 1,
      lastChange: { seq, version },
      ...(isOutdated ? { lastMessage: lastMessageOf(head, message) } : {}),
    },
  };
}

/** True where the last change that was counted is this one, or a later one of the same message. */
export function isCounted(
  { lastChange }: StoredHead,
  { seq, version = 0 }: StoredMessage,
): boolean {
  return lastChange?.seq === seq && lastChange.version >= version;
}

function isOvertaken({ lastChange }: StoredHead, { seq, version = 0 }: StoredMessage): boolean {
  return lastChange?.seq === seq && lastChange.version > version;
}
