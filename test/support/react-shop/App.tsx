/** A storefront as small as one can be, drawn by a server and in the browser. */
import { useState } from 'react';

import type * as Parley from '../../../web/react/parley.ts';

export interface AppProps {
  /** The built package: a page imports it by its name. */
  parley: typeof Parley;
  /** The chat's address without a path. */
  chat: string;
  /** A token of somebody by their subject. */
  tokenOf: (sub: string) => Promise<string>;
}

/** Somebody is signed in; another one can be, and then nobody. */
export function App({ parley, chat, tokenOf }: AppProps) {
  const [user, setUser] = useState<string | null>('42');
  const [isAsked, setAsked] = useState(false);
  const { ChatButton, ChatProvider } = parley;
  return (
    <ChatProvider
      api={`${chat}/v1`}
      socket={`${chat.replace('http', 'ws')}/ws`}
      token={() => tokenOf(user ?? '')}
      user={user}
      onSignIn={() => setAsked(true)}
    >
      <h1>A shop of its own style</h1>
      <input aria-label="Search" />
      <ChatButton vendorId="7" vendorName="Shop 7" />
      <button type="button" onClick={() => setUser('44')}>
        Be Leila
      </button>
      <button type="button" onClick={() => setUser(null)}>
        Be nobody
      </button>
      {isAsked && <p>Who are you?</p>}
      <Ask parley={parley} />
      <Unread parley={parley} />
    </ChatProvider>
  );
}

/** Opens the popup without the package's own button. */
function Ask({ parley }: Pick<AppProps, 'parley'>) {
  // oxlint-disable-next-line react/hooks -- the module is the same for good
  const { open } = parley.useChatPopup();
  return (
    <button type="button" onClick={() => open({ vendorId: '7', vendorName: 'Shop 7' })}>
      Ask
    </button>
  );
}

/** Asks for the counts once it is wanted. */
function Unread({ parley }: Pick<AppProps, 'parley'>) {
  const [isWanted, setWanted] = useState(false);
  return isWanted ? (
    <Count parley={parley} />
  ) : (
    <button type="button" onClick={() => setWanted(true)}>
      Count
    </button>
  );
}

export function Count({ parley }: Pick<AppProps, 'parley'>) {
  // oxlint-disable-next-line react/hooks -- the module is the same for good
  const unread = parley.useUnread();
  return <output>{unread === null ? 'counting' : `${unread.messages} unread`}</output>;
}
