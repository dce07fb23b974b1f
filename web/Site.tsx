/** The whole site: reads where everything is, and shows the demo there, or the chat of a marketplace. */
import { ConfigError, loadConfig, type SiteConfig } from './config.ts';
import { Failed } from './ui/base/Failed.tsx';
import { Fence } from './ui/base/Fence.tsx';
import { usePath } from './ui/navigation.tsx';
import { reloadWhenReachable } from './ui/reload.ts';
import { useLoaded } from './ui/use-loaded.ts';
import { useLanguage } from './words/chosen-language.ts';
import { launchWords } from './words/launch.ts';

type Config = { kind: 'ready'; config: SiteConfig } | { kind: 'invalid' };

/** Wrong for good is not the same as out of reach for now: only the latter is worth a Retry in a moment. */
async function loadSite(): Promise<Config> {
  try {
    return { kind: 'ready', config: await loadConfig() };
  } catch (error) {
    if (error instanceof ConfigError && error.kind === 'invalid') {
      // for whoever deployed it
      reportError(error);
      return { kind: 'invalid' };
    }
    throw error;
  }
}

export function Site() {
  const loading = useLoaded(loadSite);
  if (loading.status === 'failed') return <SiteFailed onRetry={loading.retry} />;
  if (loading.status === 'loading') return <Waiting />;
  if (loading.value.kind === 'invalid') {
    return <SiteFailed onRetry={reloadWhenReachable} isWrong />;
  }
  return (
    <Fence Fallback={PartFailed}>
      <App config={loading.value.config} />
    </Fence>
  );
}

const APPS = {
  shop: async () => (await import('./demo/ShopDemo.tsx')).ShopDemo,
  inbox: async () => (await import('./demo/InboxDemo.tsx')).InboxDemo,
  chat: async () => (await import('./hosted/HostedChat.tsx')).HostedChat,
  desk: async () => (await import('./hosted/HostedInbox.tsx')).HostedInbox,
} as const;

/** Whoever opens one app does not load the others; each has a chat client of its own. */
function App({ config }: { config: SiteConfig }) {
  const isInbox = /^\/inbox(\/|$)/u.test(usePath());
  const isLocal = config.local === true;
  const name = isLocal ? (isInbox ? 'inbox' : 'shop') : isInbox ? 'desk' : 'chat';
  return <LoadedApp key={name} name={name} config={config} />;
}

function LoadedApp({ name, config }: { name: keyof typeof APPS; config: SiteConfig }) {
  const loading = useLoaded(APPS[name]);
  if (loading.status === 'failed') return <PartFailed />;
  if (loading.status === 'loading') return <Waiting />;
  const Loaded = loading.value;
  return <Loaded config={config} />;
}

/** Appears only where the wait is long enough to be felt. */
function Waiting() {
  return <div className="site-waiting" aria-busy="true" />;
}

function PartFailed() {
  return <SiteFailed onRetry={reloadWhenReachable} />;
}

function SiteFailed({ onRetry, isWrong = false }: { onRetry: () => void; isWrong?: boolean }) {
  const [language] = useLanguage();
  const { failed, site } = launchWords[language];
  return (
    <main className="site-failed">
      <Failed
        words={{ ...failed, title: site.failed, ...(isWrong && { text: site.wrong }) }}
        onRetry={onRetry}
      />
    </main>
  );
}
