/** The small storefront in the frames that React has for a part of a page. */
import { Activity, type ComponentType, Suspense, useState } from 'react';

import { App, type AppProps, Count } from './App.tsx';

/** What stands at each path. */
export const PAGES: Readonly<Record<string, ComponentType<AppProps>>> = {
  '/': App,
  '/kept': KeptShop,
  '/late': LateShop,
};

/** Keeps the shop while one looks elsewhere: its effects end, and begin again when one is back. */
function KeptShop(props: AppProps) {
  const [isShown, setShown] = useState(true);
  return (
    <>
      <button type="button" onClick={() => setShown(!isShown)}>
        {isShown ? 'Look elsewhere' : 'Come back'}
      </button>
      <Activity mode={isShown ? 'visible' : 'hidden'}>
        <App {...props} />
      </Activity>
    </>
  );
}

/** A part that React begins later than the rest, when the chat connects already. */
function LateShop({ parley, chat, tokenOf }: AppProps) {
  const { ChatProvider } = parley;
  return (
    <ChatProvider
      api={`${chat}/v1`}
      socket={`${chat.replace('http', 'ws')}/ws`}
      token={() => tokenOf('42')}
    >
      <Count parley={parley} />
      <Suspense>
        <Status parley={parley} />
      </Suspense>
    </ChatProvider>
  );
}

function Status({ parley }: Pick<AppProps, 'parley'>) {
  // oxlint-disable-next-line react/hooks -- the module is the same for good
  const { connection } = parley.useConnection();
  return <p>Chat: {connection}</p>;
}
