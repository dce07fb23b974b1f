/** First contacts: to how many shops a customer may write for the first time in an hour. */
import { ChatError } from '#protocol/errors.ts';
import type { Limits } from '#protocol/limits.ts';

import type { Membership } from '../access.ts';
import { takeOne } from '../flood.ts';

/** A quota of rooms: as `Quota`, and which room took last. */
export interface ContactQuota {
  /** `fullAtMs` is 0, and `roomId` null, at first. */
  readonly read: () => Promise<{ fullAtMs: number; roomId: string | null }>;
  /** @returns false where it is no longer `from` */
  readonly move: (move: { from: number; to: number; roomId: string }) => Promise<boolean>;
}

export interface ContactPorts {
  readonly profiles: { contactQuota: (member: Membership['member']) => ContactQuota };
  readonly rules: { readonly limits: Limits };
  readonly now: () => number;
}

const HOUR_MS = 3_600_000;
const ROUNDS = 20;

/**
 * Takes one where a customer is the first to write. The same text to everybody is bounded here. Messages that
 * go to one new room together are one contact: all but the first find it taken for their room.
 * @throws ChatError `rate_limited`, or `unavailable` where others were faster each time
 */
export async function takeContact(
  { profiles, rules, now }: ContactPorts,
  { head, member, side }: Membership,
): Promise<void> {
  if (side !== 'customer' || head.seq > 0) return;
  const { roomId } = head;
  const quota = profiles.contactQuota(member);
  const rate = { count: rules.limits.firstContactsPerHour, windowMs: HOUR_MS };
  for (let round = 0; round < ROUNDS; round += 1) {
    const last = await quota.read();
    if (last.roomId === roomId) return;
    const to = takeOne(rate, last.fullAtMs, now());
    if (await quota.move({ from: last.fullAtMs, to, roomId })) return;
  }
  throw new ChatError('unavailable');
}
