/** The away message: what a closed shop answers by itself, once per room and absence. */
import type { Member } from '#protocol/ids.ts';

import type { StoredMessage } from '../message.ts';
import { type StoredHead, toIso } from '../room.ts';
import { type PostPorts, postSystemMessage } from '../system/post.ts';
import { closedSince, isOpen, nextOpening } from './hours.ts';
import { settingsOf } from './settings.ts';
import type { RecallShop } from './shop.ts';

export interface AwayPorts extends PostPorts {
  readonly recallShop: RecallShop;
  readonly profiles: {
    /** The absence for which a room was answered last; null for none. */
    getAnsweredAbsence: (vendor: Member, roomId: string) => Promise<string | null>;
    putAnsweredAbsence: (
      vendor: Member,
      answered: { roomId: string; absence: string; expiresAtMs: number },
    ) => Promise<void>;
  };
}

/** What comes later than this, after a failure of ours, would answer somebody who has gone. */
const MAX_AGE_MS = 10 * 60_000;
/** An absence longer than this may be answered once more. */
const KEPT_MS = 366 * 86_400_000;

/**
 * Answers a customer in the name of a shop that is closed. Safe to repeat, also at once: an absence is named by its
 * beginning, and the message's id is made of it.
 * @param command.head as it is after the messages
 * @param command.messages the customer's new messages of the room, oldest first
 * @returns true where it posted
 */
export async function answerAway(
  ports: AwayPorts,
  { head, messages }: { head: StoredHead; messages: readonly StoredMessage[] },
): Promise<boolean> {
  const nowMs = ports.now();
  const asked = messages.findLast(({ sender }) => sender === head.customer);
  if (asked === undefined || nowMs - Date.parse(asked.at) > MAX_AGE_MS) return false;
  if (isDealtWith(head, asked)) return false;
  const { hours, awayMessage } = settingsOf(await ports.recallShop(head.vendor));
  if (hours === null || awayMessage === null || isOpen(hours, nowMs)) return false;
  const absence = toText(closedSince(hours, nowMs)) ?? 'always';
  const { roomId, vendor } = head;
  // The log is searched for a twin only so far back, and an absence may see many messages.
  if ((await ports.profiles.getAnsweredAbsence(vendor, roomId)) === absence) return false;
  const { isNew } = await postSystemMessage(ports, {
    head,
    event: 'away',
    params: { text: awayMessage, opensAt: toText(nextOpening(hours, nowMs)) },
    key: absence,
  });
  await ports.profiles.putAnsweredAbsence(vendor, {
    roomId,
    absence,
    expiresAtMs: nowMs + KEPT_MS,
  });
  return isNew;
}

/** The staff were there after all: they answered, or closed the room. */
function isDealtWith({ status, seq, lastFrom }: StoredHead, asked: StoredMessage): boolean {
  return seq > asked.seq && (status === 'closed' || lastFrom === 'vendor');
}

function toText(ms: number | null): string | null {
  return ms === null ? null : toIso(ms);
}
