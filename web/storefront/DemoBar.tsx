/** What no real shop has: who this window is, in which language, and the other side of the counter. */
import type { ReactNode } from 'react';

import { LanguageSwitch } from '../demo/LanguageSwitch.tsx';
import { PageIcon } from '../ui/base/PageIcon.tsx';
import { useWords } from '../words/area.tsx';
import { shopWords } from '../words/shop.ts';

/** A strip above the shop, so that the shop itself looks like one. */
export function DemoBar({ personaSwitch }: { personaSwitch: ReactNode }) {
  const shop = useWords(shopWords);
  return (
    <aside className="demo-bar" aria-label={shop.demo}>
      {personaSwitch}
      <LanguageSwitch label={shop.language} />
      <a className="demo-bar__inbox" href="/inbox" target="_blank" rel="noopener">
        <PageIcon name="inbox" size={18} />
        <span>{shop.inbox}</span>
      </a>
    </aside>
  );
}
