/** Who is there: participants of a room, typing, and telling peers when a member comes or goes. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { Participant } from '#protocol/room.ts';

import type { Caller, GetHead } from './access.ts';
import type { FanOutPorts } from './fan-out.ts';
import type { ListPorts } from './lists.ts';
import type { RoomAbout } from './room.ts';

/** What peers were told last. */
export interface StoredPresence {
  readonly online: boolean;
  /** When the member was last seen to leave; null while it never has. */
  readonly lastSeenAt: string | null;
}

export interface ParticipantPorts {
  readonly rooms: { getHead: GetHead; getAbout: (roomId: string) => Promise<RoomAbout | null> };
  readonly connections: Pick<FanOutPorts['connections'], 'list'>;
  readonly profiles: { getPresence: (member: Member) => Promise<StoredPresence | null> };
  readonly now: () => number;
}

/** @throws ChatError `not_found` */
export async function listParticipants(
  _ports: ParticipantPorts,
  _caller: Caller,
  _command: { roomId: string },
): Promise<Participant[]> {
  throw new ChatError('unsupported');
}

/** Tells the other member that the caller types, or has stopped. @throws ChatError `not_found` */
export async function setTyping(
  _ports: FanOutPorts & { rooms: { getHead: GetHead } },
  _caller: Caller,
  _command: { roomId: string; typing: boolean },
): Promise<void> {
  throw new ChatError('unsupported');
}

export interface SettlePresencePorts extends FanOutPorts {
  readonly rooms: Pick<ListPorts['rooms'], 'listByCustomer' | 'walkByVendor' | 'getHeads'>;
  readonly profiles: {
    getPresence: (member: Member) => Promise<StoredPresence | null>;
    /** @returns false where the stored one is no longer `from` */
    movePresence: (
      member: Member,
      move: { from: StoredPresence | null; to: StoredPresence },
    ) => Promise<boolean>;
  };
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * What stream/connections does per member of a batch: compares "any live row" with what peers were told,
 * and tells the peers of the twenty latest rooms on a change. Waits out the grace of 10 s before it says
 * offline, so run the members of a batch in parallel.
 */
export async function settlePresence(
  _ports: SettlePresencePorts,
  _command: { member: Member; removedAtMs?: number },
): Promise<'changed' | 'unchanged'> {
  throw new ChatError('unsupported');
}
