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

/** What the hooks of a room that is not known yet return, drawn once. */
function drawWithoutRoom(): Drawn {
  const seen: Drawn[] = [];
  function Everything() {
    seen.push({
      client: useChat(),
      messages: useMessages(null),
      room: useRoom(null),
      typing: useTyping(null),
    });
    return null;
  }
  renderToString(
    <ChatProvider api="https://chat.example/v1" socket="wss://chat.example" token={token}>
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
    const drawn = drawWithoutRoom();
    expect(() => send(drawn)).toThrow(ChatError);
    expect(() => send(drawn)).toThrow(/room/u);
    expect(drawn.client.getState().unsent).toBe(0);
    expect(drawn.client.room('').getState().messages).toEqual([]);
    drawn.client.close();
  });

  it('takes every other command, and asks nothing of anybody', async () => {
    const { client, messages, room, typing } = drawWithoutRoom();
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
