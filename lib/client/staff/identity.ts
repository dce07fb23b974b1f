/** Who I am, corrected by what the server says: an issuer's prefix stands in no token. */
import type { Member } from '#protocol/ids.ts';

import type { Identity } from '../chat.ts';

/**
 * Me as the side that a direct room names. What stands before the id that my token claims is the issuer's
 * prefix, and my user has the same: notes, focus and assignees name colleagues with it.
 */
export function withMember(me: Identity, member: Member): Identity {
  const claimed = idOf(me.member ?? '');
  const told = idOf(member);
  if (me.user === null || claimed === '' || !told.endsWith(claimed)) return { ...me, member };
  return { ...me, member, user: told.slice(0, told.length - claimed.length) + me.user };
}

/** The part behind the role. */
function idOf(member: string): string {
  return member.slice(member.indexOf(':') + 1);
}
