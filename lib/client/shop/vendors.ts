/** Shops as everybody sees them: asked for when one is shown, at most once a minute each. */
import type { Vendor } from '#protocol/vendor.ts';

import type { VendorStore } from '../chat.ts';
import type { Ports } from '../ports.ts';
import type { Requests } from '../wire/requests.ts';
import { createLoadable } from './loadable.ts';

/** How long an answer serves. */
const FRESH_MS = 60_000;

export interface VendorsOptions {
  readonly requests: Pick<Requests, 'getVendor'>;
  readonly ports: Pick<Ports, 'now'>;
}

/** The shops that one client shows: the same object for the same id. */
export function createVendors(options: VendorsOptions): (vendorId: string) => VendorStore {
  const shops = new Map<string, VendorStore>();
  return (vendorId) => {
    const known = shops.get(vendorId) ?? createVendor(options, vendorId);
    shops.set(vendorId, known);
    return known;
  };
}

function createVendor({ requests, ports }: VendorsOptions, vendorId: string): VendorStore {
  let freshUntilMs = 0;
  const { store, load } = createLoadable<Vendor>(async () => {
    const vendor = await requests.getVendor(vendorId);
    freshUntilMs = Math.min(ports.now() + FRESH_MS, endOf(vendor));
    return vendor;
  });
  return { ...store, load: async () => (ports.now() < freshUntilMs ? undefined : load()) };
}

/** A closed shop's answer ends when it opens. */
function endOf({ opensAt }: Vendor): number {
  return opensAt === null ? Infinity : Date.parse(opensAt);
}
