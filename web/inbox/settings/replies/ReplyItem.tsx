/** One saved reply in the list. */
import { useState } from 'react';

import { ChatError } from '#protocol/errors.ts';
import type { SavedReply } from '#protocol/vendor.ts';

import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { ConfirmDialog } from '../form/ConfirmDialog.tsx';

interface ReplyItemProps {
  reply: SavedReply;
  onEdit: () => void;
  onDelete: () => Promise<void>;
}

/** Deleting asks first: it is gone for all colleagues. */
export function ReplyItem({ reply, onEdit, onDelete }: ReplyItemProps) {
  const { replies: words, save } = useWords(settingsWords);
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { shortcut, messages } = reply;
  const remove = async () => {
    setAsking(false);
    try {
      await onDelete();
    } catch (error) {
      setFailure(save.failed(error instanceof ChatError ? error.code : 'internal'));
    }
  };
  return (
    <article className="reply" aria-label={`/${shortcut}`}>
      <div className="reply__head">
        <h3 className="reply__shortcut" dir="auto">
          /{shortcut}
        </h3>
        <button type="button" className="button button--quiet button--small" onClick={onEdit}>
          {words.edit}
        </button>
        <button
          type="button"
          className="button button--quiet button--small"
          onClick={() => setAsking(true)}
        >
          {words.delete}
        </button>
      </div>
      <ol className="reply__messages">
        {messages.map((text, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- they are shown as they are stored
          <li key={index} dir="auto">
            {text}
          </li>
        ))}
      </ol>
      <p role="alert" className="field__error">
        {failure}
      </p>
      {isAsking && (
        <ConfirmDialog
          title={words.deleteTitle(shortcut)}
          text={words.deleteText}
          confirm={words.delete}
          cancel={words.keep}
          onConfirm={() => void remove()}
          onCancel={() => setAsking(false)}
        />
      )}
    </article>
  );
}
