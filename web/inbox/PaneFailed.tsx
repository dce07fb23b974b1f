/** What stands beside the list where a pane did not come: the rest of the inbox goes on. */
import { EmptyState } from '../ui/base/EmptyState.tsx';
import { PageIcon } from '../ui/base/PageIcon.tsx';
import { Link } from '../ui/navigation.tsx';
import { reloadWhenReachable } from '../ui/reload.ts';
import { useWords } from '../words/area.tsx';
import { inboxWords } from '../words/inbox.ts';
import { pickLanguage } from '../words/language.ts';
import { launchWords } from '../words/launch.ts';

/** With the way back, which a phone needs. */
export function PaneFailed() {
  const { locale, back } = useWords(inboxWords);
  const { failed, site } = launchWords[pickLanguage([locale])];
  return (
    <main className="inbox__nothing inbox__nothing--here" id="content">
      <div role="alert">
        <EmptyState
          icon={<PageIcon name="info" size={26} />}
          title={site.failed}
          text={failed.text}
        >
          <button type="button" className="button" onClick={reloadWhenReachable}>
            {failed.retry}
          </button>
          <Link href="/inbox" className="button button--quiet">
            {back}
          </Link>
        </EmptyState>
      </div>
    </main>
  );
}
