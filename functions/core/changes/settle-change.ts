/** Finishing what a handler left that died after it had changed a message. */
import type { StoredMessage } from '../message.ts';
import type { StoredHead } from '../room.ts';
import type { SendPorts } from '../send.ts';
import { settleRoom } from '../settle.ts';
import { announce, type AnnouncePorts, isCounted } from './announce.ts';
import { type MessageKey, readMessage } from './change.ts';

export type SettleChangePorts = Pick<
  SendPorts,
  'rooms' | 'messages' | 'connections' | 'push' | 'close' | 'now' | 'wait' | 'report'
> &
  Pick<AnnouncePorts, 'removeObjects'>;

/** A change as everybody has been told of it. */
export interface SettledChange {
  /** As it is stored now: its `version` names this state of it, and `deletedAt` says whether anything is left. */
  readonly message: StoredMessage;
  /** The room's `changes` with this change in it. */
  readonly changes: number;
}

/** A handler takes this long at most, usually, from its commit to the count. */
const HANDLER_MS = 400;

/**
 * What stream/messages does with a message that was modified, once per message of a batch and after `settleRoom`: counts
 * the change where its handler did not, mends the room's one line, removes what a deleted message had attached, and
 * tells everybody once more. Idempotent; clients drop what they have by the message's `version`.
 * @returns null where the message never changed
 */
export async function settleChange(
  ports: SettleChangePorts,
  key: MessageKey,
): Promise<SettledChange | null> {
  let found = await look(ports, key);
  if (found === null) return null;
  if (!isCounted(found.head, found.message)) {
    // More likely than a death: the handler is still at work, and the stream was fast.
    await ports.wait(HANDLER_MS);
    found = (await look(ports, key)) ?? found;
  }
  const changes = await announce(ports, found);
  return { message: found.message, changes };
}

/** Both read consistently, the message with its room's summary behind it. */
async function look(
  ports: SettleChangePorts,
  key: MessageKey,
): Promise<{ head: StoredHead; message: StoredMessage } | null> {
  let head = await ports.rooms.getHead(key.roomId, { consistent: true });
  // A summary that does not know the message yet would later write what it said at first.
  if (head !== null && head.seq < key.seq) {
    ({ head } = await settleRoom(ports, { roomId: key.roomId, newestSeq: key.seq }));
  }
  const message = await readMessage(ports, key);
  if (head === null || message?.version === undefined) return null;
  return { head, message };
}
