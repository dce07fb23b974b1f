/** Changing a stored message: an edit, a deletion and a reaction are each one optimistic write of its next version. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';

import { type Caller, causeOf, enterRoom, type GetHead, type Membership } from '../access.ts';
import { costOfOne, messageRate, takeOne } from '../flood.ts';
import { checkSize, renderMessage, type StoredMessage } from '../message.ts';
import type { Rules } from '../product.ts';
import { toIso } from '../room.ts';
import type { MessageRange } from '../send.ts';
import type { ChangeHead } from '../summary.ts';
import { announce, type AnnouncePorts } from './announce.ts';

export interface ChangePorts extends AnnouncePorts {
  readonly rooms: { getHead: GetHead; changeHead: ChangeHead };
  readonly messages: {
    /** All messages of a range, read consistently. */
    listRange: (range: MessageRange) => Promise<StoredMessage[]>;
    /** Stores a message's next version where its last one is. @returns false where it is not */
    replace: (message: StoredMessage) => Promise<boolean>;
  };
  readonly rules: Rules;
  readonly random: () => number;
}

/** A message by its place. */
export interface MessageKey {
  readonly roomId: string;
  readonly seq: number;
}

/** Who changes a message, and when. */
export interface ChangeAuthor {
  readonly member: Member;
  readonly nowMs: number;
  /** The time of the change: now, but never before the message's own. */
  readonly at: string;
}

/**
 * What a change makes of a message; null where it is so already.
 * @throws ChatError where its author may not
 */
export type Rewrite = (message: StoredMessage, author: ChangeAuthor) => StoredMessage | null;

export interface ChangeCommand extends MessageKey {
  readonly rewrite: Rewrite;
}

/**
 * Stores a message's next version and tells everybody. Where it is so already nothing happens, so a retry is harmless.
 * @throws ChatError `not_found`, `rate_limited`, `too_large`, `unavailable`, and what the rewrite throws
 */
export async function changeMessage(
  ports: ChangePorts,
  caller: Caller,
  command: ChangeCommand,
): Promise<Message> {
  const entered = await enterRoom(ports.rooms, caller, command.roomId);
  const { message, isNew } = await commit(ports, entered, command);
  if (isNew) await publish(ports, caller, { ...entered, message });
  return renderMessage(message, entered.member);
}

/** Each refusal is somebody else's change, and a member has as many as its quota allows. */
const MAX_ROUNDS = 20;
const MAX_JITTER_MS = 50;

/** The commit: each round writes the version behind the one it has read, or learns of another. */
async function commit(
  ports: ChangePorts,
  entered: Membership,
  command: ChangeCommand,
): Promise<{ message: StoredMessage; isNew: boolean }> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const message = await readMessage(ports, command);
    if (message === null) throw new ChatError('not_found');
    const next = command.rewrite(message, authorOf(ports, entered.member, message));
    if (next === null) return { message, isNew: false };
    checkSize(next, next.sender ?? entered.member);
    checkQuota(ports, entered);
    const version = (message.version ?? 0) + 1;
    if (await ports.messages.replace({ ...next, version })) {
      return { message: { ...next, version }, isNew: true };
    }
    await ports.wait(ports.random() * Math.min(MAX_JITTER_MS, 5 * 2 ** round));
  }
  throw new ChatError('unavailable');
}

/** A message as it is now; null where there is none. */
export async function readMessage(
  { messages }: { messages: Pick<ChangePorts['messages'], 'listRange'> },
  { roomId, seq }: MessageKey,
): Promise<StoredMessage | null> {
  const [message] = await messages.listRange({ roomId, after: seq - 1, through: seq });
  return message ?? null;
}

function authorOf({ now }: ChangePorts, member: Member, message: StoredMessage): ChangeAuthor {
  const nowMs = now();
  const at = toIso(nowMs);
  return { member, nowMs, at: at > message.at ? at : message.at };
}

function checkQuota({ rules, now }: ChangePorts, { head, side }: Membership): void {
  takeOne(messageRate(rules.limits), head.flood[side], now());
}

/** What fails here the stream mends: the new version stands. */
async function publish(
  ports: ChangePorts,
  caller: Caller,
  { head, side, message }: Membership & { message: StoredMessage },
): Promise<void> {
  const costMs = costOfOne(messageRate(ports.rules.limits));
  try {
    await announce(ports, {
      head,
      message,
      flood: { side, costMs, nowMs: ports.now() },
      cause: { side, skip: causeOf(caller) },
    });
  } catch (error) {
    ports.report(error);
  }
}
