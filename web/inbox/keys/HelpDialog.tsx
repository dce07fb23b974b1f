/** The keys of the inbox in a list, and the switch that turns them off. */
import { useEffect, useId, useRef } from 'react';

import { Icon } from '../../ui/base/Icon.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { useInboxPreferences } from '../preferences.ts';
import { SHORTCUTS } from './shortcuts.ts';

/** The browser's own dialog: it holds the focus, and gives it back where it was. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { help } = useWords(inboxWords).desk;
  const { preferences, change } = useInboxPreferences();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  return (
    <dialog ref={dialog} className="help" aria-labelledby={titleId} onClose={onClose}>
      <header className="help__head">
        <h2 id={titleId}>{help.title}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={help.close}
          title={help.close}
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </header>
      <dl className="help__keys">
        {SHORTCUTS.map(({ shortcut, keys }) => (
          <div key={shortcut}>
            <dt>{help.keys[shortcut]}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label className="help__switch">
        <input
          type="checkbox"
          role="switch"
          checked={preferences.shortcuts}
          onChange={(event) => change({ shortcuts: event.target.checked })}
        />
        {help.use}
      </label>
    </dialog>
  );
}
