/** Who is calling, and who may do what in a room. */
import { ChatError } from '#protocol/errors.ts';
import { type Member, type Role, idOfMember, roleOfMember } from '#protocol/ids.ts';

import type { Side, StoredHead } from './room.ts';

/** A verified caller. Everything in it comes from the token or the gateway, never from a body. */
export interface Caller {
  /** The side the caller speaks for; null for admins, who are no members. */
  readonly member: Member | null;
  /** The token's subject with its issuer's prefix. */
  readonly user: string;
  readonly role: Role;
  /** The person's name; the user's id where the token says none. */
  readonly name: string;
  readonly vendorName?: string;
  readonly picture?: string;
  readonly locale?: string;
  /** The random id kept by the caller's device: what it caused is not pushed back to it. */
  readonly device?: string;
  readonly connectionId?: string;
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/** A caller inside a room of its own. */
export interface Membership {
  readonly head: StoredHead;
  readonly member: Member;
  readonly side: Side;
}

/** Reads a room's head; an eventually consistent one may lag, and never leads. */
export type GetHead = (
  roomId: string,
  options: { consistent: boolean },
) => Promise<StoredHead | null>;

/**
 * The member a caller speaks for.
 * @throws ChatError `forbidden` for admins
 */
export function requireMember(caller: Caller): Member {
  if (caller.member === null) {
    throw new ChatError('forbidden', { message: 'Admins are no members of rooms.' });
  }
  return caller.member;
}

/**
 * The member a shop's staff speaks for.
 * @throws ChatError `forbidden` for everybody else
 */
export function requireStaff(caller: Caller): Member {
  if (caller.role !== 'vendor') {
    throw new ChatError('forbidden', { message: 'This is for a shop’s staff.' });
  }
  return requireMember(caller);
}

/** @throws ChatError `forbidden` for all but admins */
export function requireAdmin(caller: Caller): void {
  if (caller.role === 'admin') return;
  throw new ChatError('forbidden', { message: 'This is for admins.' });
}

/** The side a member has in a room, or null for a stranger. */
export function sideIn(head: StoredHead, member: Member): Side | null {
  if (head.customer === member) return 'customer';
  return head.vendor === member ? 'vendor' : null;
}

/**
 * Finds a room for one of its members. A room of others and a missing one take the same two
 * reads and end in the same error.
 * @throws ChatError `not_found`, or `forbidden` for admins
 */
export async function enterRoom(
  rooms: { getHead: GetHead },
  caller: Caller,
  roomId: string,
): Promise<Membership> {
  const member = requireMember(caller);
  const entered =
    toMembership(await rooms.getHead(roomId, { consistent: false }), member) ??
    // A room may be younger than what an eventually consistent read shows.
    toMembership(await rooms.getHead(roomId, { consistent: true }), member);
  if (entered === null) throw new ChatError('not_found');
  return entered;
}

/** As `enterRoom`, for what must not be decided by a head that lags. */
export async function enterRoomNow(
  { getHead }: { getHead: GetHead },
  caller: Caller,
  roomId: string,
): Promise<Membership> {
  const now: GetHead = (id) => getHead(id, { consistent: true });
  return enterRoom({ getHead: now }, caller, roomId);
}

function toMembership(head: StoredHead | null, member: Member): Membership | null {
  const side = head === null ? null : sideIn(head, member);
  return head === null || side === null ? null : { head, member, side };
}

/** What the other side reads as the caller's name: the shop's for a vendor, the person's for a customer. */
export function publicName(caller: Caller, member: Member): string {
  if (roleOfMember(member) === 'customer') return caller.name;
  return caller.vendorName ?? idOfMember(member);
}

/** The device that caused an event, and so is not told of it. */
export type Cause = Partial<Pick<Caller, 'device' | 'connectionId'>>;

/** What of a caller says which device it is. */
export function causeOf({ device, connectionId }: Caller): Cause {
  return {
    ...(device === undefined ? {} : { device }),
    ...(connectionId === undefined ? {} : { connectionId }),
  };
}
