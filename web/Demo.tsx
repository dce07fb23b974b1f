/** The demo as one component: gives the window a person, and the path its app. */
import { lazy, Suspense, useMemo, useState } from 'react';

import { ChatProvider } from './chat/ChatProvider.tsx';
import { DemoPersona } from './demo/DemoPersona.tsx';
import { currentPersona, fetchToken, personasOf, rememberPersona } from './demo/personas.ts';
import { navigate, usePath } from './ui/navigation.tsx';
import { Spoken } from './words/area.tsx';
import { useLanguage } from './words/chosen-language.ts';
import { customerWords } from './words/customer.ts';
import { inboxWords } from './words/inbox.ts';
import { shopWords } from './words/shop.ts';

// whoever opens one app does not load the other
const Storefront = lazy(async () => ({
  default: (await import('./storefront/Storefront.tsx')).Storefront,
}));
const Inbox = lazy(async () => ({ default: (await import('./inbox/Inbox.tsx')).Inbox }));

/** The shop, or the inbox under `/inbox`; each with a chat client of its own. */
export function Demo() {
  const isInbox = /^\/inbox(\/|$)/u.test(usePath());
  return <Side key={String(isInbox)} role={isInbox ? 'vendor' : 'customer'} />;
}

function Side({ role }: { role: 'customer' | 'vendor' }) {
  const [persona, setPersona] = useState(() =>
    currentPersona(role, location.search, sessionStorage),
  );
  const [language] = useLanguage();
  const options = useMemo(
    () => ({
      api: `${location.origin}/v1`,
      socket: `${location.origin.replace(/^http/u, 'ws')}/ws`,
      token: () => fetchToken(persona),
    }),
    [persona],
  );
  const personas = personasOf(role);
  const choose = (id: string) => {
    const chosen = personas.find((option) => option.id === id);
    if (chosen === undefined) return;
    rememberPersona(chosen, sessionStorage);
    // a room of the one is not for the eyes of the other, and the address may still name the one before
    navigate(role === 'vendor' ? '/inbox' : location.pathname, { replace: true });
    setPersona(chosen);
  };
  const switching = { current: persona.id, options: personas, onSelect: choose };
  return (
    <ChatProvider key={persona.id} options={options}>
      <Suspense>
        {role === 'vendor' ? (
          <Spoken area={inboxWords} language={language}>
            <Inbox
              personaSwitch={<DemoPersona area={inboxWords} {...switching} />}
              shopName={persona.claims.vendor_name ?? ''}
            />
          </Spoken>
        ) : (
          <Spoken area={shopWords} language={language}>
            <Spoken area={customerWords} language={language}>
              <Storefront personaSwitch={<DemoPersona area={shopWords} {...switching} />} />
            </Spoken>
          </Spoken>
        )}
      </Suspense>
    </ChatProvider>
  );
}
