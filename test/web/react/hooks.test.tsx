/** What the hooks hand out, used before there is anything to use it on. */
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ChatClient } from '#client/chat.ts';
import { ChatError } from '#protocol/errors.ts';

import { useChat } from '../../../web/chat/ChatProvider.tsx';
import { ChatProvider } from '../../../web/react/ChatProvider.tsx';
import { useMessages, useRoom, useTyping } from '../../../web/react/hooks.ts';

const network = { fetch: vi.fn<() => void>(), WebSocket: vi.fn<() => void>() };
const token = vi.fn<() => Promise<string>>(() => Promise.reject(new Error('Nobody is to ask.')));
const options = { api: 'https://chat.example/v1', socket: 'wss://chat.example', token };

beforeEach(() => {
  vi.stubGlobal('fetch', network.fetch);
  vi.stubGlobal('WebSocket', network.WebSocket);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

interface Drawn {
  client: ChatClient;
  messages: ReturnType<typeof useMessages>;
  room: ReturnType<typeof useRoom>;
  typing: ReturnType<typeof useTyping>;
}

/** What the hooks of a room return, drawn once. */
function draw(roomId: string | null, user = '42' as string | null): Drawn {
  const seen: Drawn[] = [];
  function Everything() {
    seen.push({
      client: useChat(),
      messages: useMessages(roomId),
      room: useRoom(roomId),
      typing: useTyping(roomId),
    });
    return null;
  }
  renderToString(
    <ChatProvider {...options} user={user}>
      <Everything />
    </ChatProvider>,
  );
  const [drawn] = seen;
  if (drawn === undefined) throw new Error('Nothing was drawn.');
  return drawn;
}

const draft = { text: 'To whom?' };
const product = { id: '1', title: 'Bowl', url: 'https://shop.example/bowl' };

describe('a room that is not known yet', () => {
  it.each<[string, (drawn: Drawn) => unknown]>([
    ['a text', ({ messages }) => messages.send('To whom?')],
    ['a draft', ({ messages }) => messages.send(draft)],
    ['a draft by its handle', ({ room }) => room.handle.send(draft)],
    ['a product', ({ room }) => room.handle.sendProduct({ product })],
    ['files', ({ room }) => room.handle.sendFiles({ files: [] })],
  ])('refuses %s, which waits nowhere', (_, send) => {
    const drawn = draw(null);
    expect(() => send(drawn)).toThrow(ChatError);
    expect(() => send(drawn)).toThrow(/room/u);
    expect(drawn.client.getState().unsent).toBe(0);
    expect(drawn.client.room('').getState().messages).toEqual([]);
    drawn.client.close();
  });

  it('takes every other command, and asks nothing of anybody', async () => {
    const { client, messages, room, typing } = draw(null);
    const { handle } = room;
    await Promise.all([messages.loadOlder(), messages.reload(), handle.loadPeople()]);
    messages.retry('1');
    messages.discard('1');
    messages.markRead();
    typing.setTyping(true);
    handle.setTyping(true);
    handle.setFocus('viewing');
    const changes = [
      handle.edit(1, 'Other words'),
      handle.remove(1),
      handle.react(1, '👍', true),
      handle.setMine({ muted: true }),
      handle.close(),
      handle.reopen(),
      handle.attachmentUrl('1'),
    ];
    for (const change of changes) {
      // oxlint-disable-next-line no-await-in-loop -- all of them have begun
      await expect(change).rejects.toThrow(/room/u);
    }
    expect(client.room('').getState()).toMatchObject({ status: 'idle', error: null });
    expect([token, network.fetch, network.WebSocket].map((asked) => asked.mock.calls)).toEqual([
      [],
      [],
      [],
    ]);
    client.close();
  });
});

describe('nobody', () => {
  it('sends nothing to a room of somebody, and has no token', async () => {
    const { client, messages } = draw('d-1', null);
    expect(() => messages.send('Who am I?')).toThrow(/signed in/u);
    await messages.reload();
    await expect(client.openRoom({ vendorId: '7' })).rejects.toThrow(ChatError);
    expect(client.getState().unsent).toBe(0);
    expect(token).not.toHaveBeenCalled();
    client.close();
  });
});
