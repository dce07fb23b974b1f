/** Asks once, quietly, whether somebody wants the browser's notifications. */
import './prompt.css';

import { useNotifyPreferences, usePopupPermission } from '../../chat/notify/use-preferences.ts';
import { Spoken, useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { pickLanguage } from '../../words/language.ts';
import { notifyWords } from '../../words/notify.ts';

/** Nothing where they are allowed, refused, impossible, switched off, or where somebody answered before. */
export function NotificationPrompt() {
  const { locale } = useWords(inboxWords);
  const { preferences, change } = useNotifyPreferences();
  const { permission, ask } = usePopupPermission();
  if (permission !== 'default' || preferences.isAsked || !preferences.popups) return null;
  return (
    <Spoken area={notifyWords} language={pickLanguage([locale])}>
      <Question
        onYes={() => {
          change({ isAsked: true });
          void ask();
        }}
        onNo={() => change({ isAsked: true })}
      />
    </Spoken>
  );
}

function Question({ onYes, onNo }: { onYes: () => void; onNo: () => void }) {
  const { prompt: words } = useWords(notifyWords);
  return (
    <section className="notify-prompt" aria-label={words.label}>
      <p>{words.question}</p>
      <div className="notify-prompt__answers">
        <button type="button" className="button button--quiet button--small" onClick={onNo}>
          {words.no}
        </button>
        <button type="button" className="button button--small" onClick={onYes}>
          {words.yes}
        </button>
      </div>
    </section>
  );
}
