/** The head of the list: the shop, and the ways to help, settings and the shop's own pages. */
import type { ReactNode } from 'react';

import { PageIcon } from '../../ui/base/PageIcon.tsx';
import { Link } from '../../ui/navigation.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { DeskIcon } from '../DeskIcon.tsx';

interface ListHeadProps {
  shopName: string;
  /** The demo's own: who this window is. */
  personaSwitch: ReactNode;
  onHelp: () => void;
}

/** Icons with names, so that the shop's name has room on a phone. */
export function ListHead({ shopName, personaSwitch, onHelp }: ListHeadProps) {
  const { heading, shop, desk } = useWords(inboxWords);
  return (
    <header className="inbox__head">
      <div className="inbox__title">
        <p className="inbox__heading" aria-hidden="true">
          {heading}
        </p>
        <p className="truncate" dir="auto" aria-hidden="true">
          {shopName}
        </p>
      </div>
      {personaSwitch}
      <div className="inbox__links">
        <button
          type="button"
          className="icon-button inbox__help"
          aria-label={desk.help.open}
          title={desk.help.open}
          onClick={onHelp}
        >
          <DeskIcon name="keyboard" />
        </button>
        <Link
          href="/inbox/settings"
          className="icon-button"
          aria-label={desk.settings}
          title={desk.settings}
        >
          <DeskIcon name="settings" />
        </Link>
        <a
          className="icon-button"
          href="/"
          target="_blank"
          rel="noopener"
          aria-label={shop}
          title={shop}
        >
          <PageIcon name="store" />
        </a>
      </div>
    </header>
  );
}
