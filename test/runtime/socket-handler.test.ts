/** The stack under every frame: its rate, its failures, and what it leaves behind. */
import { describe, expect, it } from 'vitest';

import { ChatError } from '#protocol/errors.ts';
import { Sessions } from '#runtime/caller/sessions.ts';
import { type FrameActions, socketHandler } from '#runtime/socket-handler.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import { aContext, frameEvent } from '../support/events.ts';

const caller = {
  user: '42',
  role: 'customer',
  member: 'customer:42',
  name: 'Nino',
  expiresAtMs: '2000000000000',
};

function aSocket(overrides: Partial<FrameActions> = {}) {
  const pushed: ServerFrame[] = [];
  const closed: string[] = [];
  const world = {
    nowMs: 1_000_000,
    row: { expiresAtMs: 9_000_000 } as { expiresAtMs: number } | null,
    isSuspended: false,
  };
  const silent = async () => Promise.resolve(null);
  const handler = socketHandler(
    {
      send: silent,
      read: async () => Promise.resolve({ event: 'ok' }),
      typing: silent,
      edit: silent,
      delete: silent,
      react: silent,
      focus: silent,
      ping: silent,
      ...overrides,
    },
    {
      push: async (_, frame) => {
        pushed.push(frame);
        return Promise.resolve('sent');
      },
      close: async (connectionId) => {
        closed.push(connectionId);
        return Promise.resolve();
      },
      refuseSuspended: async () => {
        await Promise.resolve();
        if (world.isSuspended) throw new ChatError('blocked');
      },
      keepAlive: async () => Promise.resolve(world.row),
      sessions: new Sessions(3),
      now: () => world.nowMs,
      report: () => {},
    },
  );
  const say = async (body: unknown) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await handler(frameEvent('C=', caller, text), aContext());
    return answer.body === undefined ? undefined : JSON.parse(answer.body);
  };
  return { say, pushed, closed, world };
}

const read = { action: 'read', ref: 'r', roomId: 'd-1', seq: 1 };

describe('a socket that talks too fast', () => {
  it('is told when to come back, and closed at the third strike', async () => {
    const { say, closed } = aSocket();
    for (let frame = 0; frame < 3; frame += 1)
      expect(await say(read)).toMatchObject({ event: 'ok' });
    const refusal = { event: 'error', code: 'rate_limited', ref: 'r', retryAfter: 4 };
    expect(await say(read)).toMatchObject(refusal);
    expect(await say(read)).toMatchObject(refusal);
    expect(closed).toEqual([]);
    expect(await say(read)).toMatchObject(refusal);
    expect(closed).toEqual(['C=']);
  });

  it('is one also where its frames are empty or broken', async () => {
    const { say, closed } = aSocket();
    for (const frame of ['', '{', '', '', '{', '']) await say(frame);
    expect(closed).toEqual(['C=']);
  });

  it('may go on after its pause', async () => {
    const { say, world, closed } = aSocket();
    for (let frame = 0; frame < 5; frame += 1) await say(read);
    world.nowMs += 10_000;
    expect(await say(read)).toMatchObject({ event: 'ok', ref: 'r' });
    expect(closed).toEqual([]);
  });
});

describe('a frame', () => {
  it('that fails inside says nothing of it outside', async () => {
    const { say } = aSocket({ read: async () => Promise.reject(new TypeError('a secret')) });
    expect(await say(read)).toEqual({
      event: 'error',
      ref: 'r',
      code: 'internal',
      message: 'Something failed on our side.',
    });
  });

  it('of somebody suspended does nothing, and is the last of its socket', async () => {
    const { say, world, closed } = aSocket({
      read: async () => Promise.reject(new Error('never called')),
    });
    world.isSuspended = true;
    expect(await say(read)).toMatchObject({ event: 'error', ref: 'r', code: 'blocked' });
    expect(closed).toEqual(['C=']);
  });

  it('closes a socket that has no row, and answers all the same', async () => {
    const { say, world, closed } = aSocket();
    world.row = null;
    expect(await say(read)).toMatchObject({ event: 'ok' });
    expect(closed).toEqual(['C=']);
  });
});
