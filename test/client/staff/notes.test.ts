import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ANA, FakeChat, heard } from '../../support/fake-chat.ts';
import { settled } from '../../support/fake-ports.ts';

let chat: FakeChat;

beforeEach(() => {
  chat = new FakeChat();
});

afterEach(() => chat.close());

/** Ana at her desk and at her phone, and a room. */
async function colleagues() {
  const conversation = await chat.conversation('hello');
  const { client: phone } = chat.client(ANA, { device: 'phone' });
  phone.connect();
  await chat.clock.advance(5_000);
  const { notes } = conversation.hers;
  const theirs = phone.room(conversation.roomId).notes;
  const texts = () => notes.getState().notes.map(({ text }) => text);
  return { ...conversation, phone, notes, theirs, texts };
}

describe('notes', () => {
  it('load page by page, the newest first', async () => {
    const { notes, theirs, texts } = await colleagues();
    expect(notes.getState().status).toBe('idle');
    for (const text of ['one', 'two', 'three']) {
      await theirs.add(text);
      await chat.clock.advance(1_000);
    }
    await notes.load();
    expect(texts()).toEqual(['three', 'two']);
    expect(notes.getState()).toMatchObject({ status: 'ready', hasMore: true });
    await notes.loadMore();
    await notes.loadMore();
    expect(texts()).toEqual(['three', 'two', 'one']);
    expect(notes.getState().hasMore).toBe(false);
  });

  it('of mine show at once, reach colleagues, and go when they are refused', async () => {
    const { ana, notes, theirs, texts } = await colleagues();
    await Promise.all([notes.load(), theirs.load()]);
    const done = notes.add(' Wants blue ');
    expect(notes.getState().notes).toMatchObject([
      { text: 'Wants blue', isSaving: true, author: { user: 'ana', name: 'Ana' } },
    ]);
    await done;
    expect(notes.getState().notes).toMatchObject([{ text: 'Wants blue', isSaving: false }]);
    expect(theirs.getState().notes).toMatchObject([{ text: 'Wants blue' }]);
    const rollbacks = heard(ana, 'rollback');
    chat.server.fault = (call) =>
      call.startsWith('POST') ? { status: 403, body: { code: 'forbidden' } } : null;
    await expect(notes.add('No')).rejects.toMatchObject({ code: 'forbidden' });
    expect(texts()).toEqual(['Wants blue']);
    expect(rollbacks).toMatchObject([{ change: { type: 'note' }, error: { code: 'forbidden' } }]);
    await expect(notes.add(' ')).rejects.toMatchObject({ code: 'invalid' });
  });

  it('go at once when they are removed, and come back when that is refused', async () => {
    const { notes, theirs, texts } = await colleagues();
    await theirs.add('one');
    await Promise.all([notes.load(), theirs.load()]);
    const noteId = notes.getState().notes[0]?.noteId ?? '';
    chat.server.fault = (call) =>
      call.startsWith('DELETE') ? { status: 403, body: { code: 'forbidden' } } : null;
    const refused = notes.remove(noteId);
    expect(texts()).toEqual([]);
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    expect(texts()).toEqual(['one']);
    chat.server.fault = () => null;
    await notes.remove(noteId);
    expect(texts()).toEqual([]);
    expect(theirs.getState().notes).toEqual([]);
  });

  it('that a colleague removed already are no failure', async () => {
    const { notes, texts } = await colleagues();
    await notes.add('one');
    chat.server.fault = (call) =>
      call.startsWith('DELETE') ? { status: 404, body: { code: 'not_found' } } : null;
    await notes.remove(notes.getState().notes[0]?.noteId ?? '');
    expect(texts()).toEqual([]);
  });

  it('do not come back by a push that comes behind that of their end', async () => {
    const { phone, theirs, texts, notes } = await colleagues();
    await notes.load();
    const told = heard(phone, 'noteRemoved');
    chat.server.held = [];
    await theirs.add('short');
    await theirs.remove(theirs.getState().notes[0]?.noteId ?? '');
    const [added, removed] = chat.server.held;
    removed?.();
    added?.();
    expect(texts()).toEqual([]);
    expect(told).toEqual([]);
  });

  it('keep one that is pushed while a page without it is on its way', async () => {
    const { notes, theirs, texts } = await colleagues();
    const loading = notes.load();
    const page = chat.server.shop.notes;
    await theirs.add('just now');
    chat.server.shop.notes = page;
    await loading;
    expect(texts()).toEqual(['just now']);
  });

  it('missed while away are there after the next connection', async () => {
    const { ana, notes, theirs, texts } = await colleagues();
    await notes.load();
    ana.disconnect();
    await theirs.add('missed');
    expect(texts()).toEqual([]);
    ana.connect();
    await settled();
    expect(texts()).toEqual(['missed']);
  });

  it('say why they could not be loaded, and are asked for once at a time', async () => {
    const { notes } = await colleagues();
    chat.server.fault = (call) => (call.includes('notes') ? 'unreachable' : null);
    await expect(notes.load()).rejects.toMatchObject({ code: 'unavailable' });
    expect(notes.getState()).toMatchObject({ status: 'failed', error: { code: 'unavailable' } });
    chat.server.fault = () => null;
    const before = chat.server.calls.length;
    await Promise.all([notes.load(), notes.load()]);
    expect(chat.server.calls).toHaveLength(before + 1);
    expect(notes.getState()).toMatchObject({ status: 'ready', error: null });
  });
});
