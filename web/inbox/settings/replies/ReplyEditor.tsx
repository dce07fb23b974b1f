/** Writing a saved reply, with what it will look like. */
import { type FormEvent, useEffect } from 'react';

import type { SavedReply } from '#protocol/vendor.ts';

import { useChat } from '../../../chat/ChatProvider.tsx';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { ErrorSummary } from '../form/ErrorSummary.tsx';
import { Field } from '../form/Field.tsx';
import { focusField } from '../form/field-ids.ts';
import { LeaveDialog } from '../form/LeaveDialog.tsx';
import { MAX_MESSAGES, MAX_SHORTCUT_LENGTH } from './reply-draft.ts';
import { ReplyMessage } from './ReplyMessage.tsx';
import { ReplyPreview } from './ReplyPreview.tsx';
import { type ReplyForm, useReplyForm } from './use-reply-form.ts';

interface ReplyEditorProps {
  /** Null for a new one. */
  reply: SavedReply | null;
  onDone: () => void;
}

export function ReplyEditor({ reply, onDone }: ReplyEditorProps) {
  const { savedReplies } = useChat();
  const form = useReplyForm({ replies: savedReplies, reply, onSaved: onDone });
  const { replies: words } = useWords(settingsWords);
  const { draft, edit, problems } = form;
  useEffect(() => focusField('shortcut'), []);
  useEffect(() => {
    const [first] = problems;
    if (first !== undefined) focusField(first.path);
  }, [problems]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.save();
  };
  return (
    <form className="reply reply--open" onSubmit={submit} noValidate>
      <ErrorSummary problems={problems} />
      <Field path="shortcut" label={words.shortcut} hint={words.shortcutHint} problems={problems}>
        {(control) => (
          <div className="shortcut" dir="ltr">
            <span aria-hidden="true">/</span>
            <input
              {...control}
              type="text"
              autoComplete="off"
              autoCapitalize="none"
              maxLength={MAX_SHORTCUT_LENGTH}
              value={draft.shortcut}
              onChange={({ target }) => edit({ shortcut: target.value })}
            />
          </div>
        )}
      </Field>
      <p className="settings__hint">{words.variablesHint}</p>
      {draft.messages.map((_, index) => (
        // messages have no name of their own, only their place
        // oxlint-disable-next-line react/no-array-index-key
        <ReplyMessage key={index} index={index} form={form} />
      ))}
      {draft.messages.length < MAX_MESSAGES && (
        <button
          type="button"
          className="link-button"
          onClick={() => edit({ messages: [...draft.messages, ''] })}
        >
          {words.addMessage}
        </button>
      )}
      <ReplyPreview draft={draft} />
      <EditorActions form={form} onDone={onDone} />
      {form.isDirty && !form.isSaving && <LeaveDialog />}
    </form>
  );
}

function EditorActions({ form, onDone }: { form: ReplyForm; onDone: () => void }) {
  const { replies: words, save } = useWords(settingsWords);
  const { failure, isSaving } = form;
  return (
    <div className="save-bar save-bar--inline">
      <p className="save-bar__status save-bar__status--failed" role="status">
        {failure === 'not_found' && words.gone}
        {failure === 'too_large' && words.tooMany}
        {failure !== null &&
          failure !== 'not_found' &&
          failure !== 'too_large' &&
          save.failed(failure)}
      </p>
      <button type="button" className="button button--quiet" onClick={onDone}>
        {save.discard}
      </button>
      <button type="submit" className="button" aria-disabled={isSaving}>
        {isSaving ? save.saving : save.save}
      </button>
    </div>
  );
}
