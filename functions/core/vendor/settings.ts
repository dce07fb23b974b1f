/** A shop's settings: read and replaced by its staff. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { VendorSettings } from '#protocol/vendor.ts';

import type { Caller } from '../access.ts';
import { isAllowedLink, type Rules } from '../product.ts';
import { type GetShop, requireVendor, type StoredShop } from './shop.ts';

export interface SettingsPorts {
  readonly profiles: {
    getShop: GetShop;
    /** Replaces the settings in one write and leaves the rest of the shop as it is. */
    putSettings: (vendor: Member, settings: VendorSettings) => Promise<void>;
  };
  readonly rules: Rules;
}

const NOTHING_SET: VendorSettings = {
  name: null,
  picture: null,
  greeting: null,
  hours: null,
  awayMessage: null,
};

/** A shop's settings with every one in place; null for what the staff did not set. What a later version stored is left out. */
export function settingsOf(shop: StoredShop | null): VendorSettings {
  const { name, picture, greeting, hours, awayMessage } = { ...NOTHING_SET, ...shop?.settings };
  return { name, picture, greeting, hours, awayMessage };
}

/** The settings of the caller's shop. @throws ChatError `forbidden` for all but a vendor's staff */
export async function getSettings(ports: SettingsPorts, caller: Caller): Promise<VendorSettings> {
  const vendor = requireVendor(caller);
  return settingsOf(await ports.profiles.getShop(vendor, { consistent: true }));
}

/**
 * Replaces the settings of the caller's shop; of two at once the last one stands, whole.
 * @throws ChatError `forbidden`, `invalid` for a picture of a host that is not allowed
 */
export async function putSettings(
  ports: SettingsPorts,
  caller: Caller,
  settings: VendorSettings,
): Promise<VendorSettings> {
  const vendor = requireVendor(caller);
  const { picture } = settings;
  if (picture !== null && !isAllowedLink(picture, ports.rules.productHosts)) {
    const message = 'is not of an allowed host';
    throw new ChatError('invalid', { errors: [{ path: 'picture', message }] });
  }
  await ports.profiles.putSettings(vendor, settings);
  return settings;
}
