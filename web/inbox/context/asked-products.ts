/** What a customer asked this shop about: the products of their messages, the latest first. Pure. */
import type { ChatMessage } from '#client/conversation.ts';
import type { Product } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

/** A product with when it was last asked about; null where that message is not loaded. */
export interface Asked {
  readonly product: Product;
  readonly at: string | null;
}

/** Each product once. A customer has one conversation with a shop, so all their questions are in it. */
export function askedProducts(room: Room, messages: readonly ChatMessage[]): readonly Asked[] {
  const asked = new Map<string, Asked>();
  if (room.product) asked.set(room.product.id, { product: room.product, at: null });
  for (const { product, isMine, at, deletedAt } of messages.toReversed()) {
    if (product === null || isMine || deletedAt !== null) continue;
    const known = asked.get(product.id);
    if (known === undefined) asked.set(product.id, { product, at });
    else if (known.at === null) asked.set(product.id, { ...known, at });
  }
  return [...asked.values()];
}
