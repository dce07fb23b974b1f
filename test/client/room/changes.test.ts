import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { RoomHandle } from '#client/conversation.ts';

import { FakeChat, heard } from '../../support/fake-chat.ts';
import { settled } from '../../support/fake-ports.ts';
import { deleted, edited, reacted } from '../../support/fake-server-rooms.ts';

let chat: FakeChat;

beforeEach(() => {
  chat = new FakeChat();
});

afterEach(() => chat.close());

const first = (room: RoomHandle) => room.getState().messages[0];
const refuse = (code: string, status = 403) => ({ status, body: { code, detail: 'No.' } });

describe('an edit', () => {
  it('shows at once, is stored, and reaches the other side', async () => {
    const { room, hers } = await chat.conversation('helo');
    const done = room.edit(1, ' hello ');
    expect(first(room)).toMatchObject({ text: 'hello', isChanging: true });
    expect(first(hers)?.text).toBe('helo');
    await done;
    await settled();
    expect(first(room)).toMatchObject({ text: 'hello', isChanging: false, version: 1 });
    expect(first(hers)).toMatchObject({ text: 'hello', isChanging: false });
    expect(first(room)?.editedAt).not.toBeNull();
  });

  it('is taken back with its reason when it is refused', async () => {
    const { nino, room } = await chat.conversation('hello');
    const rollbacks = heard(nino, 'rollback');
    const before = first(room);
    chat.server.fault = (call) => (call.startsWith('PATCH') ? refuse('forbidden') : null);
    const done = room.edit(1, 'other');
    expect(first(room)?.text).toBe('other');
    await expect(done).rejects.toMatchObject({ code: 'forbidden', message: 'No.' });
    expect(first(room)).toEqual(before);
    expect(rollbacks).toMatchObject([
      { roomId: room.roomId, change: { type: 'edit', seq: 1 }, error: { code: 'forbidden' } },
    ]);
  });

  it('that is refused falls back to what came in between, not to what was there before', async () => {
    const { room, stored } = await chat.conversation('hello');
    chat.server.fault = (call) => (call.startsWith('PATCH') ? refuse('forbidden') : null);
    const done = room.edit(1, 'mine');
    chat.server.rewrite(stored, 1, edited('from my phone', 'later'));
    expect(first(room)?.text).toBe('mine');
    await expect(done).rejects.toThrow('No.');
    expect(first(room)?.text).toBe('from my phone');
  });

  it('never shows on a message that is deleted meanwhile', async () => {
    const { room, stored } = await chat.conversation('hello');
    const done = room.edit(1, 'mine');
    chat.server.rewrite(stored, 1, deleted('2026-11-22T13:00:00.000Z'));
    expect(first(room)?.text).toBeNull();
    await done;
    await settled();
  });

  it('goes one after the other for the same message, the last one shown all along', async () => {
    const { room, hers } = await chat.conversation('a');
    const shown: (string | null | undefined)[] = [];
    room.subscribe(() => shown.push(first(room)?.text));
    await Promise.all([room.edit(1, 'b'), room.edit(1, 'c')]);
    await settled();
    expect(new Set(shown.slice(1))).toEqual(new Set(['c']));
    expect(first(hers)).toMatchObject({ text: 'c', version: 2 });
    expect(chat.server.calls.filter((call) => call.startsWith('PATCH'))).toHaveLength(2);
  });

  it('waits for the one before it, also where that has to be tried again', async () => {
    const { room, hers } = await chat.conversation('a');
    let failures = 1;
    chat.server.fault = (call) => {
      const isFirst = call.startsWith('PATCH') && failures-- > 0;
      return isFirst ? { status: 503, body: { code: 'internal' } } : null;
    };
    const both = [room.edit(1, 'b'), room.edit(1, 'c')];
    await chat.clock.advance(5_000);
    await Promise.all(both);
    expect(first(hers)?.text).toBe('c');
    expect(first(room)?.text).toBe('c');
  });

  it('is tried again while the network fails, and given up after five tries', async () => {
    const { nino, room } = await chat.conversation('hello');
    let losses = 2;
    chat.server.fault = (call) => (call.startsWith('PATCH') && losses-- > 0 ? 'lost answer' : null);
    nino.disconnect();
    const done = room.edit(1, 'once');
    await chat.clock.advance(20_000);
    await done;
    expect(first(room)).toMatchObject({ text: 'once', version: 1 });
    let tries = 0;
    chat.server.fault = (call) => {
      if (call.startsWith('PATCH')) tries += 1;
      return 'unreachable';
    };
    const failing = room.edit(1, 'never').catch((error: unknown) => error);
    await chat.clock.advance(120_000);
    expect(await failing).toMatchObject({ code: 'unavailable' });
    expect(tries).toBe(5);
    expect(first(room)?.text).toBe('once');
  });

  it('waits as long as a rate limit says', async () => {
    const { room } = await chat.conversation('hello');
    let refusals = 1;
    chat.server.fault = (call) =>
      call.startsWith('PATCH') && refusals-- > 0
        ? { status: 429, body: { code: 'rate_limited', retryAfter: 4 } }
        : null;
    const done = room.edit(1, 'slow');
    await chat.clock.advance(3_900);
    expect(first(room)?.isChanging).toBe(true);
    await chat.clock.advance(200);
    await done;
    expect(first(room)?.isChanging).toBe(false);
  });

  it('goes over the socket when HTTP does not answer, and stays shown', async () => {
    const { room, hers } = await chat.conversation('hello');
    chat.server.fault = (call) => (call.startsWith('PATCH') ? 'unreachable' : null);
    await room.edit(1, 'by socket');
    await settled();
    expect(first(room)).toMatchObject({ text: 'by socket', isChanging: false });
    expect(first(hers)?.text).toBe('by socket');
    expect(chat.server.frames.some(({ action }) => action === 'edit')).toBe(true);
  });

  it('shows in the list of rooms too, once it is stored', async () => {
    const { nino, room } = await chat.conversation('helo');
    await nino.rooms('all').load();
    await room.edit(1, 'hello');
    expect(nino.rooms('all').getState().rooms[0]?.lastMessage?.preview).toBe('hello');
    await room.remove(1);
    expect(nino.rooms('all').getState().rooms[0]?.lastMessage?.preview).toBe('');
  });

  it('of a blank text is refused before anything shows', async () => {
    const { room } = await chat.conversation('hello');
    await expect(room.edit(1, ' ')).rejects.toMatchObject({ code: 'invalid' });
    expect(first(room)?.text).toBe('hello');
  });
});

describe('a deletion', () => {
  it('empties the message at once and keeps its number', async () => {
    const { room, hers } = await chat.conversation('secret', 'rest');
    const done = room.remove(1);
    expect(first(room)).toMatchObject({ seq: 1, text: null, isChanging: true });
    await done;
    await settled();
    expect(first(hers)).toMatchObject({ seq: 1, text: null });
    expect(first(hers)?.deletedAt).not.toBeNull();
  });

  it('brings it back when it is refused', async () => {
    const { nino, room } = await chat.conversation('hello');
    const rollbacks = heard(nino, 'rollback');
    chat.server.fault = (call) => (call.startsWith('DELETE') ? refuse('forbidden') : null);
    await expect(room.remove(1)).rejects.toMatchObject({ code: 'forbidden' });
    expect(first(room)).toMatchObject({ text: 'hello', deletedAt: null });
    expect(rollbacks).toMatchObject([{ change: { type: 'remove', seq: 1 } }]);
  });
});

describe('a reaction', () => {
  it('shows at once beside those of others that come meanwhile', async () => {
    const { room, hers, stored } = await chat.conversation('hello');
    const done = hers.react(1, '👍', true);
    expect(first(hers)?.reactions).toEqual({ '👍': ['vendor:7'] });
    chat.server.rewrite(stored, 1, reacted('👍', true, 'customer:42'));
    expect(first(hers)?.reactions).toEqual({ '👍': ['customer:42', 'vendor:7'] });
    await done;
    await settled();
    expect(first(room)?.reactions).toEqual({ '👍': ['customer:42', 'vendor:7'] });
    await hers.react(1, '👍', false);
    expect(first(hers)?.reactions).toEqual({ '👍': ['customer:42'] });
  });

  it('is taken back with its reason when it is refused', async () => {
    const { ana, hers } = await chat.conversation('hello');
    const rollbacks = heard(ana, 'rollback');
    chat.server.fault = (call) => (call.startsWith('PUT') ? refuse('invalid', 400) : null);
    await expect(hers.react(1, '🦄', true)).rejects.toMatchObject({ code: 'invalid' });
    expect(first(hers)?.reactions).toEqual({});
    expect(rollbacks).toMatchObject([{ change: { type: 'react', emoji: '🦄', on: true } }]);
  });
});

describe('what others change', () => {
  it('is told to the application once per version', async () => {
    const { ana, room } = await chat.conversation('hello');
    const updates = heard(ana, 'updated');
    chat.server.held = [];
    await room.edit(1, 'edited');
    for (const push of [...chat.server.held, ...chat.server.held]) push();
    expect(updates.map(({ message }) => message.text)).toEqual(['edited']);
  });

  it('is read again when an event shows that some of it was missed', async () => {
    const { hers, stored } = await chat.conversation('one', 'two', 'three');
    chat.server.held = [];
    chat.server.rewrite(stored, 1, edited('missed', 'later'));
    chat.server.held = null;
    chat.server.rewrite(stored, 2, edited('heard', 'later'));
    expect(hers.getState().messages.map(({ text }) => text)).toEqual(['one', 'heard', 'three']);
    await chat.clock.advance(400);
    expect(hers.getState().messages.map(({ text }) => text)).toEqual(['missed', 'heard', 'three']);
  });

  it('costs no request while nothing was missed', async () => {
    const { room, hers, stored } = await chat.conversation('one', 'two');
    const asked = chat.server.calls.length;
    chat.server.rewrite(stored, 1, edited('a', 'later'));
    await hers.react(2, '👍', true);
    chat.server.rewrite(stored, 1, edited('b', 'later'));
    await chat.clock.advance(60_000);
    expect(room.getState().messages[0]?.text).toBe('b');
    expect(chat.server.calls.slice(asked)).toHaveLength(1);
  });
});
