/** Whether a vendor is here, and since when not, in words. */
import { usePresence } from '../../chat/hooks.ts';
import { formatAgo } from '../../ui/text/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { panel } from './strings.ts';

/** Empty until the vendor's presence was heard: nothing is claimed that nobody said. */
export function useVendorState(
  vendorId: string,
  locale: string,
): { online: boolean; text: string } {
  const presence = usePresence()[`vendor:${vendorId}`];
  const now = useNow();
  if (presence === undefined) return { online: false, text: '' };
  if (presence.online) return { online: true, text: panel.online };
  if (presence.lastSeenAt === null) return { online: false, text: panel.offline };
  return { online: false, text: panel.lastSeen(formatAgo(presence.lastSeenAt, { locale, now })) };
}
