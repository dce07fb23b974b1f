/** Exchanges: what opens one, what answers it, and that thanks do neither. */
import { describe, expect, it } from 'vitest';

import { exchangeAfter } from '#core/vendor/exchange.ts';
import type { StoredMessage } from '#core/message.ts';
import { applyChange, planSummary } from '#core/summary.ts';
import { toIso } from '#core/room.ts';

import { aHead, aMessage, aProduct, CUSTOMER, START_MS, VENDOR } from '../../support/builders.ts';

const MINUTE_MS = 60_000;
const at = (minutes: number) => toIso(START_MS + minutes * MINUTE_MS);

/** Plays a conversation through the summary, as send does. */
function play(...lines: readonly (readonly [number, 'customer' | 'vendor' | 'closed', string?])[]) {
  let head = aHead();
  for (const [
    minutes,
    from,
    text = 'a question that is longer than what people say for thanks',
  ] of lines) {
    const { sender: _, senderName: _name, text: _text, ...bare } = aMessage();
    const message: StoredMessage = {
      ...bare,
      seq: head.seq + 1,
      at: at(minutes),
      ...(from === 'closed'
        ? { type: 'system', system: { event: 'closed', params: {} } }
        : { sender: from === 'customer' ? CUSTOMER : VENDOR, text }),
    };
    const change = planSummary(head, { message, readBy: null, deliveredTo: [] });
    if (change === null) throw new Error('a message changes its room');
    head = applyChange(head, change);
  }
  return head.exchange;
}

describe('an exchange', () => {
  it('begins with the first message, whatever it says, and is answered by the next of the vendor', () => {
    expect(play([0, 'customer', 'Hi'])).toEqual({ askedAt: at(0) });
    expect(play([0, 'customer', 'Hi'], [5, 'customer'], [9, 'vendor'], [10, 'vendor'])).toEqual({
      askedAt: at(0),
      answeredSeq: 3,
    });
  });

  it('does not begin anew while people talk', () => {
    const answered = { askedAt: at(0), answeredSeq: 2 };
    expect(play([0, 'customer'], [1, 'vendor'], [60, 'customer'])).toEqual(answered);
    expect(play([0, 'customer'], [1, 'vendor'], [60, 'customer'], [62, 'vendor'])).toEqual(
      answered,
    );
  });

  it('begins anew by a question after an hour of silence', () => {
    expect(play([0, 'customer'], [1, 'vendor'], [61, 'customer'])).toEqual({ askedAt: at(61) });
    expect(play([0, 'customer'], [1, 'vendor'], [61, 'customer', 'And blue?'])).toEqual({
      askedAt: at(61),
    });
  });

  it.each(['Thanks!', 'მადლობა, კარგად ბრძანდებოდეთ', 'x'.repeat(40)])(
    'does not begin by %s, also late',
    (thanks) => {
      const answered = { askedAt: at(0), answeredSeq: 2 };
      const talk = [
        [0, 'customer'],
        [1, 'vendor'],
        [900, 'customer', thanks],
      ] as const;
      expect(play(...talk)).toEqual(answered);
      expect(play(...talk, [2_000, 'vendor'])).toEqual(answered);
      // What is asked the day after waits from then.
      expect(play(...talk, [2_000, 'customer'])).toEqual({ askedAt: at(2_000) });
    },
  );

  it.each([
    ['a longer text', { text: 'x'.repeat(41) }],
    ['a question', { text: 'Blue？' }],
    ['a product', { text: 'This', product: aProduct() }],
    ['a picture', { type: 'image' as const }],
  ])('begins by %s', (_, overrides) => {
    const { text: _text, ...bare } = aMessage({ seq: 3, at: at(90) });
    const room = { ...aHead({ lastFrom: 'vendor', lastActivityAt: at(0) }) };
    expect(exchangeAfter(room, { ...bare, ...overrides })).toEqual({ askedAt: at(90) });
  });

  it('goes on from its first question while nobody answers', () => {
    expect(play([0, 'customer'], [300, 'customer'])).toEqual({ askedAt: at(0) });
  });

  it('ends where the vendor closes the room without a word; a question into it begins anew', () => {
    expect(play([0, 'customer'], [1, 'closed'], [2, 'customer', 'Thanks!'])).toEqual({
      askedAt: at(0),
    });
    expect(play([0, 'customer'], [1, 'closed'], [2, 'customer'])).toEqual({ askedAt: at(2) });
    expect(play([0, 'customer'], [1, 'vendor'], [2, 'closed'], [3, 'customer'])).toEqual({
      askedAt: at(3),
    });
  });

  it('is nothing to a vendor who writes unasked', () => {
    expect(play([0, 'vendor'])).toBeUndefined();
  });
});
