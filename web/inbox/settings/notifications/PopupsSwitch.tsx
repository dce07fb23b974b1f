/** Switching the browser's notifications on, as far as the browser lets us. */
import { useState } from 'react';

import { useNotifyPreferences, usePopupPermission } from '../../../chat/notify/use-preferences.ts';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { Switch } from '../form/Switch.tsx';
import { useTries } from './use-tries.ts';

/** Switching it on is the gesture by which the browser may be asked. */
export function PopupsSwitch() {
  const { notifications: words } = useWords(settingsWords);
  const { preferences, change } = useNotifyPreferences();
  const { permission, ask } = usePopupPermission();
  const { tryPopup } = useTries();
  const [wasShown, setWasShown] = useState(true);
  const isOn = preferences.popups && permission === 'granted';
  const toggle = (isNowOn: boolean) => {
    change({ popups: isNowOn, isAsked: true });
    if (isNowOn && permission === 'default') void ask();
  };
  return (
    <div className="setting-row">
      <Switch label={words.popups} hint={words.popupsHint} isOn={isOn} onChange={toggle} />
      {isOn && (
        <button
          type="button"
          className="button button--quiet button--small"
          onClick={() => setWasShown(tryPopup())}
        >
          {words.tryPopup}
        </button>
      )}
      <p className="setting-row__note" role="status">
        {permission === 'denied' && words.denied}
        {permission === 'unsupported' && words.unsupported}
        {!wasShown && permission === 'granted' && words.notShown}
      </p>
    </div>
  );
}
