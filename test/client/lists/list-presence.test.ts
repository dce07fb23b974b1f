import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ANA, FakeChat } from '../../support/fake-chat.ts';
import { settled } from '../../support/fake-ports.ts';

let chat: FakeChat;

beforeEach(() => {
  chat = new FakeChat();
});

afterEach(() => chat.close());

const asked = () => chat.server.calls.filter((call) => call.includes('participants')).length;

/** Ana's inbox with so many rooms, of which the customers of the first are online. */
async function inbox(count: number) {
  for (let index = 0; index < count; index += 1) {
    const customer = `customer:c${index}` as const;
    chat.server.write(chat.server.roomOf(customer, 'vendor:7'), customer, 'hello');
    await chat.clock.advance(1_000);
  }
  const last = chat.client({ sub: `c${count - 1}`, role: 'customer', name: 'Nino' }).client;
  last.connect();
  const { client: ana } = chat.client(ANA);
  const list = ana.rooms('all');
  await list.load();
  ana.connect();
  await chat.clock.advance(4_000);
  const isOnline = (index: number) => ana.presence.getState()[`customer:c${index}`]?.online;
  return { ana, list, isOnline, last };
}

describe('the presence in a list', () => {
  it('is asked for while the list is on screen, and not before', async () => {
    const { list, isOnline } = await inbox(3);
    expect(asked()).toBe(0);
    list.watch();
    await settled();
    expect(asked()).toBe(3);
    expect([isOnline(2), isOnline(1)]).toEqual([true, false]);
  });

  it('is asked for in the first twenty rooms only, once per connection', async () => {
    const { ana, list } = await inbox(25);
    list.watch();
    await settled();
    expect(asked()).toBe(20);
    await list.load();
    await settled();
    expect(asked()).toBe(20);
    ana.disconnect();
    await settled();
    ana.connect();
    await settled();
    await settled();
    expect(asked()).toBe(40);
  });

  it('is asked for in a room that comes up, and nowhere after the list is gone', async () => {
    const { list } = await inbox(2);
    const end = list.watch();
    await settled();
    chat.server.write(chat.server.roomOf('customer:new', 'vendor:7'), 'customer:new', 'hi');
    await settled();
    expect(asked()).toBe(3);
    end();
    chat.server.write(chat.server.roomOf('customer:newer', 'vendor:7'), 'customer:newer', 'hi');
    await settled();
    expect(asked()).toBe(3);
  });

  it('is asked for again before it ends by itself', async () => {
    const { list, isOnline } = await inbox(2);
    list.watch();
    await settled();
    const before = asked();
    await chat.clock.advance(16 * 60_000);
    expect(isOnline(1)).toBe(true);
    expect(asked() - before).toBeLessThanOrEqual(2);
  });

  it('that cannot be had is no failure of the list', async () => {
    const { list } = await inbox(1);
    chat.server.fault = (call) => (call.includes('participants') ? 'unreachable' : null);
    list.watch();
    await settled();
    expect(list.getState()).toMatchObject({ status: 'ready', error: null });
  });
});
