import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { FakeChat } from '../../support/fake-chat.ts';
import { settled } from '../../support/fake-ports.ts';

let chat: FakeChat;
beforeEach(() => {
  chat = new FakeChat();
});
afterEach(() => chat.close());

const isSend = (call: string) => call.startsWith('POST') && call.endsWith('/messages');
const unreachable = (call: string) => (isSend(call) ? 'unreachable' : null);

/** How a promise ended; `pending` while it has not. */
function followed(work: Promise<void>): { now: string } {
  const state = { now: 'pending' };
  work.then(
    () => (state.now = 'done'),
    (error: { code: string }) => (state.now = error.code),
  );
  return state;
}

describe('closing a room', () => {
  it('lets an answer that is on its way go first, so that it stays closed', async () => {
    const { hers, stored } = await chat.conversation('hello');
    chat.server.fault = unreachable;
    chat.server.socketsWork = false;
    chat.server.cut();
    hers.send({ text: 'You are welcome.' });
    const closing = followed(hers.close());
    await settled();
    expect([closing.now, stored.status]).toEqual(['pending', 'open']);
    chat.server.fault = () => null;
    await chat.clock.advance(5_000);
    expect([closing.now, stored.status]).toEqual(['done', 'closed']);
    expect(stored.messages.map(({ text, system }) => text ?? system?.event)).toEqual([
      'hello',
      'You are welcome.',
      'closed',
    ]);
    expect(hers.getState().room?.status).toBe('closed');
  });

  it('waits also where nobody has read the room, as in a list', async () => {
    const { ana } = await chat.conversation('hello');
    const other = chat.server.roomOf('customer:43', 'vendor:7');
    chat.server.write(other, 'customer:43', 'me too');
    const unread = ana.room(other.roomId);
    unread.send({ text: 'Soon.' });
    await unread.close();
    expect([other.status, other.messages.at(-1)?.system?.event]).toEqual(['closed', 'closed']);
  });

  it('says after ten seconds that an answer does not leave, and closes nothing, then or later', async () => {
    const { hers, stored } = await chat.conversation('hello');
    chat.server.fault = unreachable;
    chat.server.socketsWork = false;
    hers.send({ text: 'Soon.' });
    const closing = followed(hers.close());
    await chat.clock.advance(9_900);
    expect(closing.now).toBe('pending');
    await chat.clock.advance(200);
    expect(closing.now).toBe('unavailable');
    chat.server.fault = () => null;
    await chat.clock.advance(60_000);
    expect([stored.status, stored.messages.at(-1)?.text]).toEqual(['open', 'Soon.']);
  });

  it('says that the rate is the reason where it is', async () => {
    const { hers } = await chat.conversation('hello');
    chat.server.fault = (call) =>
      isSend(call) ? { status: 429, body: { code: 'rate_limited', retryAfter: 30 } } : null;
    hers.send({ text: 'Soon.' });
    const closing = followed(hers.close());
    await chat.clock.advance(10_000);
    expect(closing.now).toBe('rate_limited');
  });

  it('does not wait for an answer that failed for good', async () => {
    const { hers, stored } = await chat.conversation('hello');
    chat.server.fault = (call) =>
      isSend(call) ? { status: 400, body: { code: 'invalid' } } : null;
    hers.send({ text: 'Soon.' });
    await settled();
    await hers.close();
    expect(stored.status).toBe('closed');
  });

  it('waits for nothing when it opens again', async () => {
    const { hers, stored } = await chat.conversation('hello');
    await hers.close();
    chat.server.fault = unreachable;
    chat.server.socketsWork = false;
    hers.send({ text: 'Soon.' });
    await hers.reopen();
    expect(stored.status).toBe('open');
  });
});
