import { describe, expect, it } from 'vitest';

import { createDelivery } from '#client/delivery.ts';
import { asMessage } from '#client/state/view.ts';
import { ChatError } from '#protocol/errors.ts';

const me = { member: 'customer:42', name: 'Nino' } as const;
const entry = {
  roomId: 'r',
  message: { id: 'x', type: 'text', text: 'hi' } as const,
  queuedAt: '2026-11-22T12:00:00.000Z',
  after: 4,
  failure: null,
};
const place = { seq: 5, at: '2026-11-22T12:00:01.000Z' };

/** @param outcomes what each way does: an error, or stores it */
function setUp(
  sendOver: 'http' | 'socket',
  outcomes: { http?: ChatError; socket?: ChatError } = {},
) {
  const ways: string[] = [];
  const deliver = createDelivery({
    sendOver,
    me: () => me,
    requests: {
      sendMessage: async (_roomId, _message, after) => {
        ways.push(`http ${after}`);
        if (outcomes.http) throw outcomes.http;
        return { ...asMessage(entry, me, place), delivered: true };
      },
    },
    replies: {
      ask: async (frame) => {
        ways.push(`socket ${String(frame.after)}`);
        if (outcomes.socket) throw outcomes.socket;
        return { event: 'ack', roomId: 'r', id: 'x', ...place, delivered: true };
      },
    },
  });
  return { deliver, ways };
}

describe('a delivery', () => {
  it.each(['http', 'socket'] as const)('over %s brings the same message', async (way) => {
    const { deliver, ways } = setUp(way);
    const { message, isDelivered } = await deliver(entry);
    expect(message).toEqual(asMessage(entry, me, place));
    expect([isDelivered, ways]).toEqual([true, [`${way} 4`]]);
  });

  it('takes the other way when the first does not answer', async () => {
    const { deliver, ways } = setUp('http', { http: new ChatError('unavailable') });
    expect((await deliver(entry)).message.seq).toBe(5);
    expect(ways).toEqual(['http 4', 'socket 4']);
  });

  it('takes a refusal as the answer', async () => {
    const { deliver, ways } = setUp('http', { http: new ChatError('invalid') });
    await expect(deliver(entry)).rejects.toMatchObject({ code: 'invalid' });
    expect(ways).toEqual(['http 4']);
  });

  it('fails as the first way did when neither answers, else as the second', async () => {
    const first = new ChatError('unavailable', { message: 'first' });
    const none = setUp('socket', { socket: first, http: new ChatError('unavailable') });
    await expect(none.deliver(entry)).rejects.toBe(first);
    const refused = setUp('http', { http: first, socket: new ChatError('blocked') });
    await expect(refused.deliver(entry)).rejects.toMatchObject({ code: 'blocked' });
  });
});
