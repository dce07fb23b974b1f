import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { FakeChat, NINO } from '../../support/fake-chat.ts';

let chat: FakeChat;

beforeEach(() => {
  chat = new FakeChat();
});

afterEach(() => chat.close());

const asked = () => chat.server.calls.filter((call) => call.startsWith('GET vendors')).length;

describe('a shop', () => {
  it('is asked for at most once a minute, however often it is shown', async () => {
    const { client } = chat.client(NINO);
    const shop = client.vendor('7');
    expect(client.vendor('7')).toBe(shop);
    await Promise.all([shop.load(), shop.load()]);
    expect(shop.getState()).toMatchObject({ status: 'ready', value: { name: 'Tbilisi Ceramics' } });
    await chat.clock.advance(59_000);
    await shop.load();
    expect(asked()).toBe(1);
    await chat.clock.advance(2_000);
    await shop.load();
    expect(asked()).toBe(2);
  });

  it('that is closed is asked for again when it opens', async () => {
    const { client } = chat.client(NINO);
    const opensAt = new Date(chat.clock.now() + 20_000).toISOString();
    chat.server.shop.vendor = { ...chat.server.shop.vendor, openNow: false, opensAt };
    await client.vendor('7').load();
    await chat.clock.advance(21_000);
    await client.vendor('7').load();
    expect(asked()).toBe(2);
  });

  it('shows what it knew when it cannot be asked for, and is asked for at the next chance', async () => {
    const { client } = chat.client(NINO);
    const shop = client.vendor('7');
    await shop.load();
    await chat.clock.advance(61_000);
    chat.server.fault = () => 'unreachable';
    await expect(shop.load()).rejects.toMatchObject({ code: 'unavailable' });
    expect(shop.getState()).toMatchObject({ status: 'ready', value: { vendorId: '7' } });
    chat.server.fault = () => null;
    await shop.load();
    expect(shop.getState().error).toBeNull();
  });
});
