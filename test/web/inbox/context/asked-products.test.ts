import { describe, expect, it } from 'vitest';

import type { ChatMessage } from '#client/conversation.ts';

import { askedProducts } from '../../../../web/inbox/context/asked-products.ts';
import { aRoom, timeOf } from '../rooms.ts';

const product = (id: string) => ({ id, title: id, url: 'https://shop.example/p' });
const message = (id: string | null, minute: number, change: Partial<ChatMessage> = {}) =>
  ({
    product: id === null ? null : product(id),
    isMine: false,
    deletedAt: null,
    at: timeOf(minute),
    ...change,
  }) as unknown as ChatMessage;

describe('what a customer asked about', () => {
  it('is each product once, the latest first, with its last time', () => {
    const messages = [message('bowl', 1), message(null, 2), message('jug', 3), message('bowl', 4)];
    const asked = askedProducts(aRoom('a', 5, { product: product('bowl') }), messages);
    expect(asked.map(({ product: { id }, at }) => [id, at])).toEqual([
      ['bowl', timeOf(4)],
      ['jug', timeOf(3)],
    ]);
  });

  it('has the latest product where its message is not loaded', () => {
    expect(askedProducts(aRoom('a', 5, { product: product('bowl') }), [])).toEqual([
      { product: product('bowl'), at: null },
    ]);
  });

  it('has nothing of the shop’s own, and nothing deleted', () => {
    const messages = [
      message('vase', 1, { isMine: true }),
      message('jug', 2, { deletedAt: timeOf(3) }),
    ];
    expect(askedProducts(aRoom('a', 5), messages)).toEqual([]);
  });
});
