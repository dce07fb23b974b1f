import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ANA, FakeChat } from '../../support/fake-chat.ts';
import { settled } from '../../support/fake-ports.ts';

let chat: FakeChat;

beforeEach(() => {
  chat = new FakeChat();
});

afterEach(() => chat.close());

/** Ana and Gio of the same shop at a room. */
async function colleagues() {
  const conversation = await chat.conversation('hello');
  const { client: gio } = chat.client({ ...ANA, sub: 'gio' }, { device: 'gio' });
  gio.connect();
  await chat.clock.advance(5_000);
  const his = gio.room(conversation.roomId);
  const seen = () =>
    conversation.hers.getState().colleagues.map(({ user, replying }) => ({ user, replying }));
  return { ...conversation, gio, his, seen };
}

const told = () =>
  chat.server.frames
    .filter(({ action }) => action === 'focus')
    .map(({ roomId, replying }) => [roomId === null ? null : 'here', replying]);

describe('focus', () => {
  it('shows a colleague who looks, writes, and leaves', async () => {
    const { his, seen, room } = await colleagues();
    his.setFocus('viewing');
    await settled();
    expect(seen()).toEqual([{ user: 'gio', replying: false }]);
    his.setFocus('replying');
    await settled();
    expect(seen()).toEqual([{ user: 'gio', replying: true }]);
    expect(room.getState().colleagues).toEqual([]);
    his.setFocus(null);
    await settled();
    expect(seen()).toEqual([]);
  });

  it('is told once, and again every minute as long as it lasts', async () => {
    const { his, seen } = await colleagues();
    for (let call = 0; call < 5; call += 1) his.setFocus('viewing');
    await settled();
    expect(told()).toEqual([['here', false]]);
    await chat.clock.advance(190_000);
    expect(told()).toHaveLength(4);
    expect(seen()).toHaveLength(1);
    his.setFocus(null);
    his.setFocus(null);
    await chat.clock.advance(120_000);
    expect(told()).toHaveLength(5);
  });

  it('moves to the room that was named last; leaving another one changes nothing', async () => {
    const { gio, his, seen } = await colleagues();
    his.setFocus('viewing');
    gio.room('elsewhere').setFocus('viewing');
    await settled();
    expect(seen()).toEqual([]);
    const before = told().length;
    his.setFocus(null);
    await settled();
    expect(told()).toHaveLength(before);
  });

  it('ends by itself when the colleague falls silent', async () => {
    const { gio, his, seen, hers } = await colleagues();
    his.setFocus('viewing');
    await settled();
    chat.server.socketsWork = false;
    gio.disconnect();
    await chat.clock.advance(74_000);
    expect(seen()).toHaveLength(1);
    const before = hers.getState();
    await chat.clock.advance(1_500);
    expect(seen()).toEqual([]);
    expect(hers.getState()).not.toBe(before);
  });

  it('is told again after a reconnect, and ended by the end of the client', async () => {
    const { gio, his, seen } = await colleagues();
    his.setFocus('replying');
    await settled();
    gio.disconnect();
    await chat.clock.advance(80_000);
    expect(seen()).toEqual([]);
    gio.connect();
    await settled();
    expect(seen()).toEqual([{ user: 'gio', replying: true }]);
    gio.close();
    await settled();
    expect(told().at(-1)).toEqual([null, undefined]);
    expect(seen()).toEqual([]);
  });

  it('of my own other device is no colleague', async () => {
    const { roomId, hers } = await colleagues();
    const { client: phone } = chat.client(ANA, { device: 'ana' });
    phone.connect();
    await settled();
    chat.server.tell(
      ['vendor:7'],
      { event: 'focus', roomId, user: 'ana', name: 'Ana', replying: false },
      '',
    );
    expect(hers.getState().colleagues).toEqual([]);
  });
});
