/** One message of a saved reply. */
import { useRef } from 'react';

import { Icon } from '../../../ui/base/Icon.tsx';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { Field } from '../form/Field.tsx';
import { insertedAt, MAX_MESSAGE_LENGTH, movedUp, VARIABLES } from './reply-draft.ts';
import type { ReplyForm } from './use-reply-form.ts';

interface ReplyMessageProps {
  index: number;
  form: ReplyForm;
}

export function ReplyMessage({ index, form }: ReplyMessageProps) {
  const { replies: words } = useWords(settingsWords);
  const field = useRef<HTMLTextAreaElement>(null);
  const { draft, edit, problems } = form;
  const { messages } = draft;
  const text = messages[index] ?? '';
  const insert = (variable: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    const next = insertedAt(text, variable, { start: selectionStart, end: selectionEnd });
    edit({ messages: messages.with(index, next) });
    field.current?.focus();
  };
  return (
    <div className="reply-message">
      <Field path={`messages.${index}`} label={words.message(index + 1)} problems={problems}>
        {(control) => (
          <textarea
            {...control}
            ref={field}
            dir="auto"
            rows={3}
            maxLength={MAX_MESSAGE_LENGTH}
            value={text}
            onChange={({ target }) => edit({ messages: messages.with(index, target.value) })}
          />
        )}
      </Field>
      <div className="reply-message__tools">
        {VARIABLES.map((variable) => (
          <button
            key={variable}
            type="button"
            className="chip"
            title={words.variables[variable]}
            aria-label={words.insert(words.variables[variable], index + 1)}
            onClick={() => insert(`{{${variable}}}`)}
          >
            {`{{${variable}}}`}
          </button>
        ))}
        <MessageMoves index={index} form={form} />
      </div>
    </div>
  );
}

function MessageMoves({ index, form: { draft, edit } }: ReplyMessageProps) {
  const { replies: words } = useWords(settingsWords);
  const { messages } = draft;
  if (messages.length === 1) return null;
  const up = words.moveUp(index + 1);
  const remove = words.removeMessage(index + 1);
  return (
    <span className="reply-message__moves">
      {index > 0 && (
        <button
          type="button"
          className="icon-button icon-button--small icon--up"
          aria-label={up}
          title={up}
          onClick={() => edit({ messages: movedUp(messages, index) })}
        >
          <Icon name="down" size={16} />
        </button>
      )}
      <button
        type="button"
        className="icon-button icon-button--small"
        aria-label={remove}
        title={remove}
        onClick={() => edit({ messages: messages.toSpliced(index, 1) })}
      >
        <Icon name="close" size={16} />
      </button>
    </span>
  );
}
