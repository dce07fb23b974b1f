/** How this person is told of messages in this browser, with a try of each; and whether keys do anything. */
import type { ReactNode } from 'react';

import { useNotifyPreferences } from '../../../chat/notify/use-preferences.ts';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { Switch } from '../form/Switch.tsx';
import { useInboxPreferences } from '../../preferences.ts';
import { PopupsSwitch } from './PopupsSwitch.tsx';
import { useTries } from './use-tries.ts';

/** Nothing to save: a switch holds at once. */
export function NotificationsSection() {
  const { notifications: words } = useWords(settingsWords);
  const { preferences, change } = useNotifyPreferences();
  const inbox = useInboxPreferences();
  const { trySound, tryBadge } = useTries();
  return (
    <section className="settings__form" aria-labelledby="notifications-title">
      <h2 id="notifications-title">{words.title}</h2>
      <p className="settings__intro">{words.intro}</p>
      <Row onTry={trySound} tryLabel={words.trySound}>
        <Switch
          label={words.sound}
          hint={words.soundHint}
          isOn={preferences.sound}
          onChange={(sound) => change({ sound })}
        />
      </Row>
      <PopupsSwitch />
      <Row onTry={tryBadge} tryLabel={words.tryBadge}>
        <Switch
          label={words.badge}
          hint={words.badgeHint}
          isOn={preferences.badge}
          onChange={(badge) => change({ badge })}
        />
      </Row>
      <h2>{words.keys}</h2>
      <div className="setting-row">
        <Switch
          label={words.shortcuts}
          hint={words.shortcutsHint}
          isOn={inbox.preferences.shortcuts}
          onChange={(shortcuts) => inbox.change({ shortcuts })}
        />
      </div>
    </section>
  );
}

interface RowProps {
  children: ReactNode;
  tryLabel: string;
  onTry: () => void;
}

function Row({ children, tryLabel, onTry }: RowProps) {
  return (
    <div className="setting-row">
      {children}
      <button type="button" className="button button--quiet button--small" onClick={onTry}>
        {tryLabel}
      </button>
    </div>
  );
}
