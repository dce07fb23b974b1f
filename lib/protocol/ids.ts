/** Identifiers of the contract: members, rooms, messages, devices, the source of events. Free of dependencies. */

/** A side of a conversation: `customer:<sub>` or `vendor:<vendor_id>`. All staff of a vendor are one member. */
export type Member = `customer:${string}` | `vendor:${string}`;

/** What a token's bearer may be. Admins are no members of rooms. */
export type Role = 'customer' | 'vendor' | 'admin';

const MEMBER_PATTERN = /^(customer|vendor):.{1,192}$/su;

/** True for the text of a member; says nothing about whether that member exists. */
export function isMember(value: unknown): value is Member {
  return typeof value === 'string' && MEMBER_PATTERN.test(value);
}

/** The member of a customer; `sub` is the token's subject with its issuer's prefix. */
export function customerMember(sub: string): Member {
  return `customer:${sub}`;
}

/** The member of a vendor; `vendorId` is the token's vendor_id with its issuer's prefix. */
export function vendorMember(vendorId: string): Member {
  return `vendor:${vendorId}`;
}

/** The role a member has in a room, read from its prefix. */
export function roleOfMember(member: Member): 'customer' | 'vendor' {
  return member.startsWith('vendor:') ? 'vendor' : 'customer';
}

/** The member's id without its role: `7` for `vendor:7`. */
export function idOfMember(member: Member): string {
  return member.slice(member.indexOf(':') + 1);
}

/** A UUID of any version, as a client chooses for its message. Compared exactly, so keep its case on a retry. */
export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/** The `source` of every event on the deployment's bus. */
export const EVENT_SOURCE = 'parley';
