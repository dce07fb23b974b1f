/** The demo's inbox, with somebody of a shop's staff signed in. */
import { useMemo } from 'react';

import { ChatProvider } from '../chat/ChatProvider.tsx';
import type { SiteConfig } from '../config.ts';
import { Inbox } from '../inbox/Inbox.tsx';
import { Spoken } from '../words/area.tsx';
import { useLanguage } from '../words/chosen-language.ts';
import { inboxWords } from '../words/inbox.ts';
import { DemoPersona } from './DemoPersona.tsx';
import { fetchToken } from './personas.ts';
import { usePersona } from './use-persona.ts';

export function InboxDemo({ config }: { config: SiteConfig }) {
  const [language] = useLanguage();
  const { persona, switching } = usePersona('vendor', homeOf);
  const { api, socket } = config;
  const options = useMemo(
    () => ({ api, socket, token: () => fetchToken(persona) }),
    [api, socket, persona],
  );
  return (
    <ChatProvider key={persona.id} options={options}>
      <Spoken area={inboxWords} language={language}>
        <Inbox
          personaSwitch={<DemoPersona area={inboxWords} {...switching} />}
          shopName={persona.claims.vendor_name ?? ''}
        />
      </Spoken>
    </ChatProvider>
  );
}

const homeOf = () => '/inbox';
