import { describe, expect, it } from 'vitest';

import { createReplies } from '#client/wire/replies.ts';

import { FakeClock } from '../../support/fake-ports.ts';

function setUp(isOpen = true) {
  const clock = new FakeClock();
  const sent: { ref: string }[] = [];
  const send = (text: string) => {
    if (isOpen) sent.push(JSON.parse(text));
    return isOpen;
  };
  return { clock, sent, replies: createReplies({ send, ports: clock }) };
}

describe('replies', () => {
  it('find their request by ref, in any order', async () => {
    const { replies, sent } = setUp();
    const asked = [1, 2].map((seq) => replies.ask({ action: 'read', seq }));
    const refs = sent.map(({ ref }) => ref);
    expect(replies.settle({ event: 'ok', ref: refs[1] })).toBe(true);
    expect(replies.settle({ event: 'pong', ref: refs[0], at: 'now' })).toBe(true);
    expect((await Promise.all(asked)).map(({ event }) => event)).toEqual(['pong', 'ok']);
  });

  it('reject with what the server says, an unknown code as internal', async () => {
    const { replies } = setUp();
    const limited = replies.ask({ action: 'read' });
    const odd = replies.ask({ action: 'read' });
    replies.settle({ event: 'error', ref: '1', code: 'rate_limited', message: 'm', retryAfter: 4 });
    replies.settle({ event: 'error', ref: '2', code: 'new_one', message: 'm' });
    await expect(limited).rejects.toMatchObject({
      code: 'rate_limited',
      details: { retryAfter: 4 },
    });
    await expect(odd).rejects.toMatchObject({ code: 'internal' });
  });

  it('take a token that has ended for a matter of the socket: the same may succeed later', async () => {
    const { replies } = setUp();
    const asked = replies.ask({ action: 'send' });
    replies.settle({ event: 'error', ref: '1', code: 'token_expired', message: 'm' });
    await expect(asked).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });

  it('end at the deadline, with the socket, or at once without one', async () => {
    const { replies, clock } = setUp();
    const late = replies.ask({ action: 'read' }).catch(String);
    await clock.advance(10_000);
    expect(await late).toContain('within 10 s');
    const cut = replies.ask({ action: 'read' }).catch(String);
    replies.abandon();
    expect(await cut).toContain('closed');
    expect(clock.pending).toBe(0);
    await expect(setUp(false).replies.ask({ action: 'read' })).rejects.toThrow('not open');
  });

  it('refuse a frame that would close the socket, and more than a hundred at once', async () => {
    const { replies, sent } = setUp();
    const big = replies.ask({ action: 'send', text: 'ა'.repeat(11_000) });
    await expect(big).rejects.toMatchObject({ code: 'too_large' });
    expect(sent).toEqual([]);
    const many = Array.from({ length: 100 }, () => replies.ask({ action: 'read' }));
    await expect(replies.ask({ action: 'read' })).rejects.toMatchObject({ code: 'unavailable' });
    replies.abandon();
    expect((await Promise.allSettled(many)).map(({ status }) => status)).not.toContain('fulfilled');
  });

  it('leave events to others', () => {
    const { replies } = setUp();
    const event = { event: 'presence', member: 'vendor:7', online: true } as const;
    expect(replies.settle({ ...event, onlineUntil: null, lastSeenAt: null })).toBe(false);
  });
});
