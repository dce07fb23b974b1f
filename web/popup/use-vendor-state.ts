/** Whether a vendor is here, and if not when an answer comes, in words. */
import type { Vendor } from '#protocol/vendor.ts';

import { usePresence } from '../chat/hooks.ts';
import { formatAgo } from '../ui/text/format.ts';
import { useNow } from '../ui/use-now.ts';
import { useWords } from '../words/area.tsx';
import { customerWords } from '../words/customer.ts';
import { formatReplyTime } from './reply-time.ts';

interface Known {
  locale: string;
  shop: Vendor | null;
}

/** Empty until the vendor's presence was heard: nothing is claimed that nobody said. */
export function useVendorState(
  vendorId: string,
  { locale, shop }: Known,
): { online: boolean; text: string } {
  const { popup } = useWords(customerWords);
  const presence = usePresence()[`vendor:${vendorId}`];
  const now = useNow();
  const say = (): string => {
    if (presence?.online === true) return popup.online;
    const seconds = shop?.replySeconds ?? null;
    if (seconds !== null) return popup.replies(formatReplyTime(seconds, locale));
    if (presence === undefined) return '';
    if (presence.lastSeenAt === null) return popup.offline;
    return popup.lastSeen(formatAgo(presence.lastSeenAt, { locale, now }));
  };
  return { online: presence?.online === true, text: say() };
}
