/** The customer of a room with presence in words. */
import type { Room } from '#protocol/room.ts';

import { usePresence } from '../../chat/hooks.ts';
import { formatAgo } from '../../ui/text/format.ts';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { customerOf } from '../room-view.ts';

/** What the head and the context show. */
export interface CustomerView {
  /** Null until the room is known. */
  name: string | null;
  picture: string | undefined;
  online: boolean;
  /** Empty until it is known, in a line that keeps its height. */
  state: string;
}

/** @param now milliseconds since 1970 */
export function useCustomer(room: Room | null, now: number): CustomerView {
  const inbox = useWords(inboxWords);
  const presences = usePresence();
  if (room === null) return { name: null, picture: undefined, online: false, state: '' };
  const { name, picture, member } = customerOf(room);
  const presence = presences[member];
  const online = presence?.online ?? false;
  if (presence === undefined) return { name, picture, online, state: '' };
  const { lastSeenAt } = presence;
  const away =
    lastSeenAt === null
      ? inbox.away
      : inbox.lastSeen(formatAgo(lastSeenAt, { locale: inbox.locale, now }));
  return { name, picture, online, state: online ? inbox.online : away };
}
