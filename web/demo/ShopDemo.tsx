/** The demo's shop, with one of its customers signed in. */
import type { SiteConfig } from '../config.ts';
import { ChatProvider } from '../react/ChatProvider.tsx';
import { Storefront } from '../storefront/Storefront.tsx';
import { Spoken } from '../words/area.tsx';
import { useLanguage } from '../words/chosen-language.ts';
import { shopWords } from '../words/shop.ts';
import { DemoPersona } from './DemoPersona.tsx';
import { fetchToken } from './personas.ts';
import { usePersona } from './use-persona.ts';

export function ShopDemo({ config }: { config: SiteConfig }) {
  const [language] = useLanguage();
  const { persona, switching } = usePersona('customer', homeOf);
  return (
    <ChatProvider
      api={config.api}
      socket={config.socket}
      token={() => fetchToken(persona)}
      user={persona.id}
      language={language}
    >
      <Spoken area={shopWords} language={language}>
        <Storefront personaSwitch={<DemoPersona area={shopWords} {...switching} />} />
      </Spoken>
    </ChatProvider>
  );
}

/** The list of conversations for whoever looked at one, else the same page. */
function homeOf(path: string): string {
  return path.startsWith('/chat/') ? '/chat' : path;
}
