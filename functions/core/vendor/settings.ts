/** A shop's settings: read and replaced by its staff. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { VendorSettings } from '#protocol/vendor.ts';

import type { Caller } from '../access.ts';
import { isAllowedLink, type Rules } from '../product.ts';
import { type GetShop, requireVendor, type StoredSettings, type StoredShop } from './shop.ts';

export interface SettingsPorts {
  readonly profiles: {
    getShop: GetShop;
    /** Replaces the settings of the version before and leaves the rest of the shop as it is. @returns false where they have changed since */
    putSettings: (vendor: Member, settings: StoredSettings) => Promise<boolean>;
  };
  readonly rules: Rules;
}

/** Each round somebody of the staff has won. */
const MAX_ROUNDS = 10;

const NOTHING_SET: StoredSettings = {
  name: null,
  picture: null,
  greeting: null,
  hours: null,
  awayMessage: null,
  version: 0,
};

/** A shop's settings with every one in place; null for what the staff did not set. What a later version stored is left out. */
export function settingsOf(shop: StoredShop | null): StoredSettings {
  const known = { ...NOTHING_SET, ...shop?.settings };
  const { name, picture, greeting, hours, awayMessage, version } = known;
  return { name, picture, greeting, hours, awayMessage, version };
}

/** The settings of the caller's shop. @throws ChatError `forbidden` for all but a vendor's staff */
export async function getSettings(ports: SettingsPorts, caller: Caller): Promise<VendorSettings> {
  const vendor = requireVendor(caller);
  return settingsOf(await ports.profiles.getShop(vendor, { consistent: true }));
}

/**
 * Replaces the settings of the caller's shop. Without a version the last of two stands, whole.
 * @throws ChatError `forbidden`, `invalid` for a picture of a host that is not allowed, `conflict` where the version is not the stored one
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
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = settingsOf(await ports.profiles.getShop(vendor, { consistent: true }));
    const next = { ...settings, version: before.version + 1 };
    // A retry whose first answer was lost.
    if (textOf({ ...next, version: before.version }) === textOf(before)) return before;
    if (settings.version !== undefined && settings.version !== before.version) {
      throw new ChatError('conflict', { message: 'Somebody changed the settings meanwhile.' });
    }
    if (await ports.profiles.putSettings(vendor, next)) return next;
  }
  throw new ChatError('unavailable');
}

/** One text for the same settings, whatever order the database gives their fields in. */
function textOf(settings: StoredSettings): string {
  const names = new Set<string>();
  JSON.stringify(settings, (name, value: unknown) => {
    names.add(name);
    return value;
  });
  return JSON.stringify(settings, [...names].toSorted());
}
