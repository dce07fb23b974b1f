/** The customer's chat page of a marketplace, on a site of its own. */
import { useEffect } from 'react';

import type { SiteConfig } from '../config.ts';
import { ChatPage } from '../react/ChatPage.tsx';
import { ChatProvider } from '../react/ChatProvider.tsx';
import { navigate, usePath } from '../ui/navigation.tsx';
import { useLanguage } from '../words/chosen-language.ts';
import { useSiteToken } from './use-site-token.ts';

const BASE = '/chat';

export function HostedChat({ config }: { config: SiteConfig }) {
  const [language] = useLanguage();
  const { token, isSignedOut, onSignIn } = useSiteToken(config);
  const isElsewhere = !`${usePath()}/`.startsWith(`${BASE}/`);
  useEffect(() => {
    if (isElsewhere) navigate(BASE, { replace: true });
  }, [isElsewhere]);
  return (
    <ChatProvider
      api={config.api}
      socket={config.socket}
      token={token}
      user={isSignedOut ? null : 'signed in'}
      language={language}
      {...(onSignIn !== undefined && { onSignIn })}
    >
      <main>
        <ChatPage basePath={BASE} siteName={location.hostname} unreadIcon="/favicon-unread.svg" />
      </main>
    </ChatProvider>
  );
}
