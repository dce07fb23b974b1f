/** In place of a conversation that is not there, or not this shop's. */
import { EmptyState } from '../../ui/base/EmptyState.tsx';
import { PageIcon } from '../../ui/base/PageIcon.tsx';
import { Link } from '../../ui/navigation.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';

/** With the way back, which a phone needs. */
export function MissingRoom() {
  const inbox = useWords(inboxWords);
  return (
    <main className="inbox__nothing inbox__nothing--here" id="content">
      <EmptyState icon={<PageIcon name="info" size={26} />} {...inbox.missing}>
        <Link href="/inbox" className="button button--quiet">
          {inbox.back}
        </Link>
      </EmptyState>
    </main>
  );
}
