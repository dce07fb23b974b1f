/** The components where there is no window: a server draws them, and asks the network for nothing. */
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ChatButton } from '../../../web/react/ChatButton.tsx';
import { ChatPage } from '../../../web/react/ChatPage.tsx';
import { ChatProvider } from '../../../web/react/ChatProvider.tsx';
import {
  useConnection,
  useMessages,
  usePresence,
  useRoom,
  useRooms,
  useTyping,
  useUnread,
} from '../../../web/react/hooks.ts';

const options = {
  api: 'https://chat.example/v1',
  socket: 'wss://chat.example',
  token: () => Promise.reject(new Error('A server has no token.')),
};
const network = { fetch: vi.fn<() => void>(), WebSocket: vi.fn<() => void>() };

beforeEach(() => {
  vi.stubGlobal('fetch', network.fetch);
  vi.stubGlobal('WebSocket', network.WebSocket);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('on a server', () => {
  it('has no window, or these tests would prove nothing', () => {
    expect([typeof window, typeof document, typeof localStorage === 'object']).toEqual([
      'undefined',
      'undefined',
      false,
    ]);
  });

  it.each([
    ['en', 'Chat with vendor', 'ltr'],
    ['ka-GE', 'მისწერეთ გამყიდველს', 'ltr'],
    ['ar', 'تحدّث مع البائع', 'rtl'],
    ['fr', 'Chat with vendor', 'ltr'],
  ])('the button is there in %s before anything is loaded', (language, label, dir) => {
    const html = renderToString(
      <ChatProvider {...options} language={language}>
        <ChatButton vendorId="7" showsUnread />
      </ChatProvider>,
    );
    expect(html).toContain(label);
    expect(html).toContain(`dir="${dir}"`);
  });

  it.each([
    ['reads the address by itself', {}],
    ['stands in a router', { roomId: 'd-1', onRoomChange: () => {} }],
  ])('the page that %s is a quiet frame', (_, props) => {
    const html = renderToString(
      <ChatProvider {...options}>
        <ChatPage siteName="Bazari" {...props} />
      </ChatProvider>,
    );
    expect(html).toContain('class="chat-page" aria-busy="true"');
    expect(network.fetch).not.toHaveBeenCalled();
  });

  it('the hooks answer with what a client begins with', () => {
    const html = renderToString(
      <ChatProvider {...options}>
        <EveryHook />
      </ChatProvider>,
    );
    expect(html.replaceAll('&quot;', '"')).toContain(
      JSON.stringify(['idle', 0, 'idle', 0, 0, null, null]),
    );
    expect(network.fetch).not.toHaveBeenCalled();
    expect(network.WebSocket).not.toHaveBeenCalled();
  });
});

function EveryHook() {
  const answers = [
    useConnection().connection,
    useRooms().rooms.length,
    useRoom('d-1').status,
    useMessages('d-1').messages.length,
    useTyping('d-1').typists.length,
    usePresence('vendor:7'),
    useUnread(),
  ];
  return <p>{JSON.stringify(answers)}</p>;
}
