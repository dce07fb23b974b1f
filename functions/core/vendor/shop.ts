/** What is kept of a vendor's shop, how it is called, and remembering it for a moment. */
import { ChatError } from '#protocol/errors.ts';
import { idOfMember, type Member, roleOfMember } from '#protocol/ids.ts';
import type { VendorSettings } from '#protocol/vendor.ts';

import { type Caller, requireMember } from '../access.ts';

/** The median of a shop's first answers, as it was last computed. */
export interface StoredReplyTime {
  /** Grows by one with each computation, so that of two at once one has to look again. */
  readonly version: number;
  /** Null while there are too few answers. */
  readonly seconds: number | null;
  /** How many answers it was computed from. */
  readonly count: number;
  /** When, ISO 8601. */
  readonly at: string;
}

/** What the staff set; the version grows by one with each change, and is 0 before the first. */
export type StoredSettings = Required<VendorSettings>;

/** A shop in one item: what the staff set, what their tokens call it, and how fast it answers. */
export interface StoredShop {
  readonly settings?: Partial<StoredSettings>;
  /** The `vendor_name` of the last staff token. */
  readonly tokenName?: string;
  readonly replyTime?: StoredReplyTime;
}

/** A shop as it is, or null where nobody has heard of it. */
export type GetShop = (
  vendor: Member,
  options: { consistent: boolean },
) => Promise<StoredShop | null>;

/** A shop as it was a moment ago: what rooms and messages show of it needs no read each time. */
export type RecallShop = (vendor: Member) => Promise<StoredShop | null>;

/**
 * What others read as a shop's name: what its staff set, else what their token says, else its id.
 * @param said the `vendor_name` of a token at hand, which is later than the one remembered
 */
export function shopName(vendor: Member, shop: StoredShop | null, said?: string): string {
  return knownName(shop, said) ?? idOfMember(vendor);
}

/** The same without the id: undefined where nobody has said a name. */
export function knownName(shop: StoredShop | null, said?: string): string | undefined {
  return shop?.settings?.name ?? said ?? shop?.tokenName;
}

/** A vendor's staff under the name of their shop; everybody else as they are. */
export async function asShop(
  ports: { recallShop: RecallShop; report: (error: unknown) => void },
  caller: Caller,
): Promise<Caller> {
  if (caller.member === null || roleOfMember(caller.member) !== 'vendor') return caller;
  try {
    const shop = await ports.recallShop(caller.member);
    return { ...caller, vendorName: shopName(caller.member, shop, caller.vendorName) };
  } catch (error) {
    // A name is no reason to lose a message.
    ports.report(error);
    return caller;
  }
}

/** The member of a vendor's staff. @throws ChatError `forbidden` for customers and admins */
export function requireVendor(caller: Caller): Member {
  const member = requireMember(caller);
  if (caller.role === 'vendor') return member;
  throw new ChatError('forbidden', { message: 'Only the staff of a vendor may do this.' });
}

/** Within this what the staff have set holds everywhere. In a burst one read of a shop serves all its messages. */
export const SHOP_MEMORY_MS = 5_000;
const MAX_REMEMBERED = 1_000;

/** Remembers shops for a moment. What fails is not remembered; who asks at once shares one read. */
export function rememberShops(getShop: GetShop, now: () => number): RecallShop {
  const known = new Map<Member, { shop: Promise<StoredShop | null>; untilMs: number }>();
  return (vendor) => {
    const found = known.get(vendor);
    if (found !== undefined && found.untilMs > now()) return found.shop;
    const shop = getShop(vendor, { consistent: false });
    const entry = { shop, untilMs: now() + SHOP_MEMORY_MS };
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(vendor, entry);
    shop.catch(() => {
      if (known.get(vendor) === entry) known.delete(vendor);
    });
    return shop;
  };
}
