/** The vendor's inbox of a marketplace. */
import { useMemo } from 'react';

import { ChatProvider } from '../chat/ChatProvider.tsx';
import { useConnection } from '../chat/hooks.ts';
import type { SiteConfig } from '../config.ts';
import { Inbox } from '../inbox/Inbox.tsx';
import { EmptyState } from '../ui/base/EmptyState.tsx';
import { PageIcon } from '../ui/base/PageIcon.tsx';
import { Spoken } from '../words/area.tsx';
import { useLanguage } from '../words/chosen-language.ts';
import { inboxWords } from '../words/inbox.ts';
import { launchWords } from '../words/launch.ts';
import { useSiteToken } from './use-site-token.ts';

export function HostedInbox({ config }: { config: SiteConfig }) {
  const [language] = useLanguage();
  const { token, isSignedOut } = useSiteToken(config);
  const { api, socket, signInUrl } = config;
  const options = useMemo(() => ({ api, socket, token }), [api, socket, token]);
  if (isSignedOut) return <SignedOut signInUrl={signInUrl} />;
  return (
    <ChatProvider options={options}>
      <Spoken area={inboxWords} language={language}>
        <NamedInbox />
      </Spoken>
    </ChatProvider>
  );
}

/** The token says whose inbox it is. */
function NamedInbox() {
  const { me } = useConnection();
  return <Inbox shopName={me?.name ?? ''} personaSwitch={null} />;
}

function SignedOut({ signInUrl }: { signInUrl: string | undefined }) {
  const [language] = useLanguage();
  const { signedOut, signIn } = launchWords[language].site;
  return (
    <main className="site-failed">
      <EmptyState icon={<PageIcon name="inbox" size={26} />} {...signedOut}>
        {signInUrl !== undefined && (
          <a className="button" href={signInUrl}>
            {signIn}
          </a>
        )}
      </EmptyState>
    </main>
  );
}
