/** Whom the attacks are about: people whose ids and names are e-mail addresses, as some marketplaces have them. */
import { vi } from 'vitest';

import type { TokenClaims } from '../../support/local-stack.ts';

/** A customer nobody has seen yet. */
export function aCustomer(): TokenClaims {
  const sub = `nino.${crypto.randomUUID()}@mail.example`;
  return { sub, role: 'customer', name: sub };
}

/** Staff of a shop: of a new one, or of that of a colleague. */
export function aVendor(colleague?: { readonly vendor_id: string }) {
  const id = crypto.randomUUID();
  const sub = `ana.${id}@shop.example`;
  const vendor_id = colleague?.vendor_id ?? `v-${id}`;
  return { sub, role: 'vendor', vendor_id, name: sub } as const;
}

export const AN_ADMIN: TokenClaims = { sub: 'root@market.example', role: 'admin' };

/** A message that is in the contract. */
export function aText(change: object = {}) {
  const id = crypto.randomUUID();
  return { id, type: 'text', text: `hello from ${id.slice(0, 8)}`, ...change };
}

/** Waits until something is so; says what is wrong when it never gets so. */
export function eventually(check: () => void | Promise<void>, timeout = 15_000): Promise<void> {
  return vi.waitFor(check, { timeout, interval: 50 });
}
