/** What everybody may know of a shop. */
import { vendorMember } from '#protocol/ids.ts';
import type { Vendor } from '#protocol/vendor.ts';

import { toIso } from '../room.ts';
import { isOpen, nextOpening } from './hours.ts';
import { replySecondsOf } from './reply-time.ts';
import { settingsOf } from './settings.ts';
import { type GetShop, shopName } from './shop.ts';

export interface VendorPorts {
  readonly profiles: { getShop: GetShop };
  readonly now: () => number;
}

/** The public part of a shop. One that nobody has heard of looks like one that set nothing: it can be written to. */
export async function getVendor(
  ports: VendorPorts,
  { vendorId }: { vendorId: string },
): Promise<Vendor> {
  const vendor = vendorMember(vendorId);
  const shop = await ports.profiles.getShop(vendor, { consistent: false });
  const { picture, greeting, hours } = settingsOf(shop);
  const nowMs = ports.now();
  const opensAtMs = nextOpening(hours, nowMs);
  return {
    vendorId,
    name: shopName(vendor, shop),
    picture,
    greeting,
    openNow: hours === null ? null : isOpen(hours, nowMs),
    opensAt: opensAtMs === null ? null : toIso(opensAtMs),
    replySeconds: replySecondsOf(shop, nowMs),
  };
}
