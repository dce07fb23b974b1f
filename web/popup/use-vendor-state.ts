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
  if (presence?.online === true) return { online: true, text: popup.online };
  const seconds = shop?.replySeconds ?? null;
  if (seconds !== null) {
    return { online: false, text: popup.replies(formatReplyTime(seconds, locale)) };
  }
  if (presence === undefined) return { online: false, text: '' };
  if (presence.lastSeenAt === null) return { online: false, text: popup.offline };
  return { online: false, text: popup.lastSeen(formatAgo(presence.lastSeenAt, { locale, now })) };
}
