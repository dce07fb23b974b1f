/** The frame of a form: what is wrong above it, and saving below it. */
import { type FormEvent, type ReactNode, useEffect } from 'react';

import { useIsOffline } from '../../../chat/hooks.ts';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { ErrorSummary } from './ErrorSummary.tsx';
import { focusField } from './field-ids.ts';
import { LeaveDialog } from './LeaveDialog.tsx';
import type { SettingsForm } from './use-settings-form.ts';

interface SettingsFormFrameProps {
  form: Omit<SettingsForm<unknown>, 'draft' | 'edit'>;
  title: string;
  intro: string;
  children: ReactNode;
}

/** Asks before one leaves it unsaved. */
export function SettingsFormFrame({ form, title, intro, children }: SettingsFormFrameProps) {
  const { problems, state, isDirty } = form;
  useEffect(() => {
    const [first] = problems;
    if (first !== undefined) focusField(first.path);
  }, [problems]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.save();
  };
  return (
    <form className="settings__form" onSubmit={submit} noValidate>
      <h2>{title}</h2>
      <p className="settings__intro">{intro}</p>
      <ErrorSummary problems={problems} />
      {children}
      <SaveBar form={form} />
      {isDirty && state.status !== 'saving' && <LeaveDialog />}
    </form>
  );
}

function SaveBar({ form }: Pick<SettingsFormFrameProps, 'form'>) {
  const { save: words } = useWords(settingsWords);
  const { state, isDirty, discard, save } = form;
  const isSaving = state.status === 'saving';
  return (
    <div className="save-bar">
      <SaveStatus form={form} />
      {state.status === 'conflict' && (
        <button
          type="button"
          className="button button--quiet"
          onClick={() => void save({ force: true })}
        >
          {words.force}
        </button>
      )}
      {isDirty && !isSaving && (
        <button type="button" className="button button--quiet" onClick={discard}>
          {state.status === 'conflict' ? words.takeTheirs : words.discard}
        </button>
      )}
      {state.status !== 'conflict' && (
        // never disabled outright: that would throw the focus off the page
        <button type="submit" className="button" aria-disabled={!isDirty || isSaving}>
          {isSaving ? words.saving : words.save}
        </button>
      )}
    </div>
  );
}

function SaveStatus({ form: { state, isDirty } }: Pick<SettingsFormFrameProps, 'form'>) {
  const { save: words, names } = useWords(settingsWords);
  const isOffline = useIsOffline();
  const text = () => {
    switch (state.status) {
      case 'saving':
        return words.saving;
      case 'saved':
        return isDirty ? words.unsaved : words.saved;
      case 'invalid':
        return words.invalid;
      case 'failed':
        return words.failed(state.code);
      case 'conflict':
        return words.conflict(state.names.map((name) => names[name]));
      case 'idle':
        if (!isDirty) return '';
        return isOffline ? words.offline : words.unsaved;
    }
  };
  return (
    <p className={`save-bar__status save-bar__status--${state.status}`} role="status">
      {text()}
    </p>
  );
}
