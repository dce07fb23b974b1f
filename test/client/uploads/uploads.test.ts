import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FileToSend } from '#client/conversation.ts';
import { memoryStorage } from '#client/ports.ts';
import type { UploadPort } from '#client/uploads/upload-port.ts';
import { ChatError } from '#protocol/errors.ts';

import { FakeChat, heard, NINO } from '../../support/fake-chat.ts';
import { settled } from '../../support/fake-ports.ts';

let chat: FakeChat;

beforeEach(() => {
  chat = new FakeChat();
});

afterEach(() => chat.close());

const bytes = new Uint8Array([1, 2, 3]);

function aFile(name: string, more: Partial<FileToSend> = {}): FileToSend {
  return { name, contentType: 'image/png', size: 3, body: bytes, width: 4, height: 2, ...more };
}

/** Uploads that a test ends by hand. */
function heldUploads() {
  const held: {
    url: string;
    onProgress: (progress: number) => void;
    end: (error?: ChatError) => void;
    signal: AbortSignal;
  }[] = [];
  const upload: UploadPort = ({ url }, _body, { onProgress, signal }) =>
    new Promise((resolve, reject) => {
      const end = (error?: ChatError) => (error ? reject(error) : resolve());
      held.push({ url, onProgress, end, signal });
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  chat.server.upload = upload;
  return held;
}

describe('files', () => {
  it('show at once, go up with progress, and then out as one message', async () => {
    const { room, hers, stored } = await chat.conversation();
    const held = heldUploads();
    const steps: object[] = [];
    const files = [aFile('a.png'), aFile('b.png')];
    const { id } = room.sendFiles({ files, text: ' Look ', onProgress: (it) => steps.push(it) });
    const [shown] = room.getState().messages;
    expect(shown).toMatchObject({ id, key: id, type: 'image', text: 'Look', status: 'sending' });
    expect(shown?.uploads.map(({ name, body, progress }) => [name, body, progress])).toEqual([
      ['a.png', bytes, 0],
      ['b.png', bytes, 0],
    ]);
    await settled();
    held[0]?.onProgress(0.5);
    expect(room.getState().messages[0]?.uploads[0]?.progress).toBe(0.5);
    expect(steps).toEqual([{ index: 0, progress: 0.5 }]);
    for (const { end } of held) end();
    await settled();
    expect(stored.messages).toMatchObject([
      { id, type: 'image', text: 'Look', attachments: [{ name: 'a.png' }, { name: 'b.png' }] },
    ]);
    expect(room.getState().messages).toMatchObject([{ key: id, status: 'delivered', uploads: [] }]);
    expect(hers.getState().messages[0]?.attachments).toHaveLength(2);
    expect(steps.at(-1)).toEqual({ index: 1, progress: 1 });
  });

  it('do not hold up what is written meanwhile, and stand behind it', async () => {
    const { room, stored } = await chat.conversation();
    const held = heldUploads();
    room.sendFiles({ files: [aFile('slow.png')] });
    room.send({ text: 'meanwhile' });
    await settled();
    expect(stored.messages.map(({ text }) => text)).toEqual(['meanwhile']);
    expect(room.getState().messages.map(({ text }) => text)).toEqual(['meanwhile', null]);
    held[0]?.end();
    await settled();
    expect(room.getState().messages.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('that are not all pictures make a message of type file', async () => {
    const { room, stored } = await chat.conversation();
    chat.server.upload = async () => {};
    room.sendFiles({ files: [aFile('a.png'), aFile('b.pdf', { contentType: 'application/pdf' })] });
    await settled();
    expect(stored.messages[0]?.type).toBe('file');
  });

  it('go up a few at a time, in order', async () => {
    const { room } = await chat.conversation();
    const held = heldUploads();
    room.sendFiles({ files: ['a', 'b', 'c', 'd', 'e'].map((name) => aFile(name)) });
    await settled();
    expect(held).toHaveLength(3);
    held[0]?.end();
    await settled();
    expect(held).toHaveLength(4);
    expect(chat.server.places).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are taken back by cancel or its signal, and nothing is sent', async () => {
    const { nino, room, stored } = await chat.conversation();
    const held = heldUploads();
    const { cancel } = room.sendFiles({ files: [aFile('a.png')] });
    const stop = new AbortController();
    room.sendFiles({ files: [aFile('b.png')], signal: stop.signal });
    await settled();
    expect(nino.getState().unsent).toBe(2);
    cancel();
    stop.abort();
    await settled();
    expect(held.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(room.getState().messages).toEqual([]);
    expect(stored.messages).toEqual([]);
    expect(nino.getState().unsent).toBe(0);
    room.sendFiles({ files: [aFile('c.png')], signal: stop.signal });
    expect(room.getState().messages).toEqual([]);
  });

  it('that are sent already are not taken back', async () => {
    const { room, stored } = await chat.conversation();
    chat.server.upload = async () => {};
    const { cancel } = room.sendFiles({ files: [aFile('a.png')] });
    await settled();
    cancel();
    expect(stored.messages).toHaveLength(1);
    expect(room.getState().messages).toHaveLength(1);
  });

  it('take a new place for every further try', async () => {
    const { room, stored } = await chat.conversation();
    let failures = 2;
    const urls: string[] = [];
    chat.server.upload = async ({ url }) => {
      urls.push(url);
      if (failures-- > 0) throw new ChatError('unavailable');
    };
    room.sendFiles({ files: [aFile('a.png')] });
    await chat.clock.advance(20_000);
    expect(new Set(urls).size).toBe(3);
    expect(stored.messages[0]?.attachments[0]?.key).toBe('key-3');
  });

  it('fail with a reason, keep what is there, and go on with a retry', async () => {
    const { nino, room, stored } = await chat.conversation();
    const failed = heard(nino, 'failed');
    let isDown = true;
    chat.server.upload = async () => {
      if (isDown) throw new ChatError('too_large', { message: 'Too large.' });
    };
    const { id } = room.sendFiles({ files: [aFile('a.png')] });
    await settled();
    expect(failed).toMatchObject([{ id, error: { code: 'too_large' } }]);
    expect(room.getState().messages[0]).toMatchObject({
      status: 'failed',
      error: { code: 'too_large' },
    });
    isDown = false;
    room.retry(id);
    expect(room.getState().messages[0]?.status).toBe('sending');
    await settled();
    expect(stored.messages[0]?.id).toBe(id);
    expect(room.getState().messages).toMatchObject([{ status: 'delivered' }]);
  });

  it('whose message is refused are uploaded anew on retry, or forgotten', async () => {
    const { room, stored } = await chat.conversation();
    chat.server.upload = async () => {};
    let refusals = 2;
    chat.server.fault = (call) =>
      call.endsWith('/messages') && call.startsWith('POST') && refusals-- > 0
        ? { status: 400, body: { code: 'invalid', detail: 'That file is gone.' } }
        : null;
    const one = room.sendFiles({ files: [aFile('a.png')] });
    const two = room.sendFiles({ files: [aFile('b.png')] });
    await settled();
    expect(room.getState().messages.map(({ status }) => status)).toEqual(['failed', 'failed']);
    room.discard(two.id);
    room.retry(one.id);
    await settled();
    expect(stored.messages.map(({ id }) => id)).toEqual([one.id]);
    expect(stored.messages[0]?.attachments[0]?.key).toBe('key-3');
    expect(room.getState().messages).toHaveLength(1);
  });

  it('that a reload takes stay as a failed message that says so, and can only be discarded', async () => {
    const storage = memoryStorage();
    const { client: before } = chat.client(NINO, { storage });
    const opened = await before.openRoom({ vendorId: '7' });
    heldUploads();
    opened.sendFiles({ files: [aFile('a.png')], text: 'Look' });
    await settled();
    before.close();
    const { client: after } = chat.client(NINO, { storage });
    await after.openRoom({ vendorId: '7' });
    await settled();
    const room = after.room(opened.roomId);
    const [lost] = room.getState().messages;
    expect(lost).toMatchObject({ status: 'failed', text: 'Look', uploads: [] });
    expect(lost?.error?.message).toContain('choose them again');
    expect(lost?.attachments).toMatchObject([{ name: 'a.png', width: 4 }]);
    room.retry(lost?.id ?? '');
    expect(room.getState().messages[0]?.status).toBe('failed');
    room.discard(lost?.id ?? '');
    expect(room.getState().messages).toEqual([]);
    await settled();
    expect(await storage.load()).toEqual([]);
  });

  it('that are cancelled leave nothing for a reload', async () => {
    const storage = memoryStorage();
    const { client } = chat.client(NINO, { storage });
    const room = await client.openRoom({ vendorId: '7' });
    heldUploads();
    const { cancel } = room.sendFiles({ files: [aFile('a.png')] });
    await settled();
    expect(await storage.load()).toHaveLength(1);
    cancel();
    await settled();
    expect(await storage.load()).toEqual([]);
  });

  it('chosen before it is known who sends them are not taken for what a reload left', async () => {
    const storage = memoryStorage();
    const { client } = chat.client(NINO, { storage });
    const room = client.room(chat.server.roomOf('customer:42', 'vendor:7').roomId);
    const held = heldUploads();
    room.sendFiles({ files: [aFile('a.png')] });
    await settled();
    expect(room.getState().messages).toMatchObject([{ status: 'sending', error: null }]);
    held[0]?.end();
    await settled();
    expect(room.getState().messages).toMatchObject([{ status: 'sent', seq: 1 }]);
    expect(await storage.load()).toEqual([]);
  });

  it('leave nothing in the storage once they are stored', async () => {
    const storage = memoryStorage();
    const { client } = chat.client(NINO, { storage });
    const room = await client.openRoom({ vendorId: '7' });
    chat.server.upload = async () => {};
    room.sendFiles({ files: [aFile('a.png')] });
    await settled();
    expect(room.getState().messages).toMatchObject([{ status: 'sent' }]);
    expect(await storage.load()).toEqual([]);
  });

  it.each([
    ['none', [], 'invalid'],
    ['eleven', Array.from({ length: 11 }, () => aFile('a.png')), 'invalid'],
    ['an empty one', [aFile('a.png', { size: 0 })], 'invalid'],
    ['one of more than 25 MB', [aFile('a.png', { size: 25 * 1024 * 1024 + 1 })], 'too_large'],
    ['a page', [aFile('a.html', { contentType: 'text/html' })], 'unsupported'],
    ['a drawing with scripts', [aFile('a.svg', { contentType: 'image/svg+xml' })], 'unsupported'],
  ])('of which there is %s are refused before anybody waits', async (_, files, code) => {
    const { room } = await chat.conversation();
    const codeOf = () => {
      try {
        room.sendFiles({ files });
        return null;
      } catch (error) {
        return error instanceof ChatError ? error.code : error;
      }
    };
    expect(codeOf()).toBe(code);
    expect(room.getState().messages).toEqual([]);
  });

  it('of the largest size and number go', async () => {
    const { room, stored } = await chat.conversation();
    chat.server.upload = async () => {};
    const most = aFile('a.png', { size: 25 * 1024 * 1024 });
    room.sendFiles({ files: Array.from({ length: 10 }, () => most) });
    await settled();
    expect(stored.messages[0]?.attachments).toHaveLength(10);
  });
});

describe('an address of a file', () => {
  it('is asked for once and again shortly before it ends', async () => {
    const { room } = await chat.conversation();
    const asked = () => chat.server.calls.filter((call) => call.includes('/attachments/k')).length;
    const [one, two] = await Promise.all([room.attachmentUrl('k'), room.attachmentUrl('k')]);
    expect(one).toBe(two);
    await chat.clock.advance(269_000);
    expect(await room.attachmentUrl('k')).toBe(one);
    expect(asked()).toBe(1);
    await chat.clock.advance(2_000);
    expect(await room.attachmentUrl('k')).not.toBe(one);
    expect(asked()).toBe(2);
  });

  it('that could not be had is asked for again', async () => {
    const { room } = await chat.conversation();
    chat.server.fault = () => 'unreachable';
    await expect(room.attachmentUrl('k')).rejects.toMatchObject({ code: 'unavailable' });
    chat.server.fault = () => null;
    expect(await room.attachmentUrl('k')).toContain('files/k');
  });
});
