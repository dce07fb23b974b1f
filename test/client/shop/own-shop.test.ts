import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ANA, FakeChat } from '../../support/fake-chat.ts';

let chat: FakeChat;

beforeEach(() => {
  chat = new FakeChat();
});

afterEach(() => chat.close());

const settings = {
  name: 'Ceramics',
  picture: null,
  greeting: null,
  hours: null,
  awayMessage: null,
};

describe('settings', () => {
  it('load, are saved, and show what the server made of them', async () => {
    const { client } = chat.client(ANA);
    expect(client.settings.getState()).toEqual({ value: null, status: 'idle', error: null });
    await client.settings.load();
    expect(client.settings.getState().value?.name).toBeNull();
    await client.settings.save(settings);
    expect(client.settings.getState()).toEqual({
      value: { ...settings, version: 1 },
      status: 'ready',
      error: null,
    });
  });

  it('that are refused leave what was there', async () => {
    const { client } = chat.client(ANA);
    await client.settings.load();
    const body = { code: 'invalid', errors: [{ path: 'name', message: 'must not be blank' }] };
    chat.server.fault = (call) => (call.startsWith('PUT') ? { status: 400, body } : null);
    await expect(client.settings.save(settings)).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ path: 'name' }] },
    });
    expect(client.settings.getState().value?.name).toBeNull();
  });

  it('say why they could not be loaded', async () => {
    const { client } = chat.client(ANA);
    chat.server.fault = () => 'unreachable';
    await expect(client.settings.load()).rejects.toMatchObject({ code: 'unavailable' });
    expect(client.settings.getState()).toMatchObject({ value: null, status: 'failed' });
  });
});

describe('saved replies', () => {
  it('are added, changed and removed, by shortcut', async () => {
    const { client } = chat.client(ANA);
    const replies = client.savedReplies;
    await replies.load();
    const thanks = await replies.add({ shortcut: 'thanks', messages: ['Thank you!'] });
    await replies.add({ shortcut: 'hello', messages: ['Hello'] });
    const shown = () => replies.getState().value?.map(({ shortcut }) => shortcut);
    expect(shown()).toEqual(['hello', 'thanks']);
    await replies.change(thanks.replyId, { shortcut: 'a', messages: ['Thanks'] });
    expect(shown()).toEqual(['a', 'hello']);
    await replies.remove(thanks.replyId);
    expect(shown()).toEqual(['hello']);
    expect(chat.server.shop.replies).toHaveLength(1);
  });

  it('are one reply however often its answer is lost', async () => {
    const { client } = chat.client(ANA);
    await client.savedReplies.load();
    let losses = 2;
    chat.server.fault = (call) => (call.startsWith('POST') && losses-- > 0 ? 'lost answer' : null);
    const adding = client.savedReplies.add({ shortcut: 'once', messages: ['Once'] });
    await chat.clock.advance(10_000);
    await adding;
    expect(chat.server.shop.replies).toHaveLength(1);
    expect(client.savedReplies.getState().value).toHaveLength(1);
  });

  it('are filled in, one text for each message', () => {
    const { client } = chat.client(ANA);
    const reply = { shortcut: 'hi', messages: ['Hello {{customer}}!', 'About {{product}}.'] };
    expect(client.savedReplies.fillIn(reply, { customer: 'Nino', product: 'the bowl' })).toEqual([
      'Hello Nino!',
      'About the bowl.',
    ]);
  });
});
