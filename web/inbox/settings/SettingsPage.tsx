/** The settings of the shop and of this browser, one section at a time, each under its own address. */
import './settings.css';

import { useEffect, useRef } from 'react';

import type { SettingsStore } from '#client/chat.ts';

import { useChat } from '../../chat/ChatProvider.tsx';
import { useStore } from '../../chat/hooks.ts';
import { EmptyState } from '../../ui/base/EmptyState.tsx';
import { PageIcon } from '../../ui/base/PageIcon.tsx';
import { Link, usePath } from '../../ui/navigation.tsx';
import { Spoken, useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { pickLanguage } from '../../words/language.ts';
import { settingsWords } from '../../words/settings.ts';
import { FormSkeleton } from './form/FormSkeleton.tsx';
import { HoursForm } from './hours/HoursForm.tsx';
import { NotificationsSection } from './notifications/NotificationsSection.tsx';
import { RepliesSection } from './replies/RepliesSection.tsx';
import { type Section, sectionOf, sectionPath, SECTIONS } from './sections.ts';
import { AwayForm } from './shop/AwayForm.tsx';
import { ShopForm } from './shop/ShopForm.tsx';

/** In place of a conversation; on a phone alone. */
export function SettingsPage() {
  const { locale } = useWords(inboxWords);
  return (
    <Spoken area={settingsWords} language={pickLanguage([locale])}>
      <Page />
    </Spoken>
  );
}

function Page() {
  const words = useWords(settingsWords);
  const section = sectionOf(usePath());
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    page.current?.scrollTo(0, 0);
    page.current?.focus({ preventScroll: true });
  }, []);
  return (
    <main
      className="settings"
      id="content"
      ref={page}
      tabIndex={-1}
      aria-labelledby="settings-title"
    >
      <header className="settings__head">
        <Link href="/inbox" className="icon-button" aria-label={words.back} title={words.back}>
          <PageIcon name="back" />
        </Link>
        <h1 id="settings-title">{words.title}</h1>
      </header>
      <SectionLinks current={section} />
      <div className="settings__body">
        <SectionView key={section} section={section} />
      </div>
    </main>
  );
}

/** A phone has no room for all of them: the current one is scrolled into sight. */
function SectionLinks({ current }: { current: Section }) {
  const words = useWords(settingsWords);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const link = nav.current?.querySelector(`[href="${sectionPath(current)}"]`);
    link?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav className="settings__nav" ref={nav} aria-label={words.sections}>
      {SECTIONS.map((name) => (
        <Link
          key={name}
          href={sectionPath(name)}
          className="filter"
          aria-current={name === current ? 'page' : undefined}
        >
          {words[name].title}
        </Link>
      ))}
    </nav>
  );
}

function SectionView({ section }: { section: Section }) {
  switch (section) {
    case 'replies':
      return <RepliesSection />;
    case 'notifications':
      return <NotificationsSection />;
    case 'shop':
    case 'hours':
    case 'away':
      return <ShopSection section={section} />;
  }
}

const FORMS = { shop: ShopForm, hours: HoursForm, away: AwayForm };

/** A section that is stored with the shop: loaded when it is shown, and again when somebody comes back to the window. */
function ShopSection({ section }: { section: keyof typeof FORMS }) {
  const words = useWords(settingsWords);
  const { settings } = useChat();
  const { value, status } = useStore(settings);
  useEffect(() => keepFresh(settings), [settings]);
  if (value !== null) {
    const Form = FORMS[section];
    return <Form settings={settings} stored={value} />;
  }
  if (status !== 'failed') return <FormSkeleton />;
  return (
    <EmptyState
      icon={<PageIcon name="info" size={26} />}
      title={words.loadFailed}
      text={words.loadFailedText}
    >
      <button type="button" className="button button--quiet" onClick={() => load(settings)}>
        {words.save.tryAgain}
      </button>
    </EmptyState>
  );
}

function load(settings: SettingsStore): void {
  // the state carries the error
  settings.load().catch(() => {});
}

/** Colleagues save too, and no event tells of it. */
function keepFresh(settings: SettingsStore): () => void {
  const again = () => load(settings);
  again();
  addEventListener('focus', again);
  return () => removeEventListener('focus', again);
}
