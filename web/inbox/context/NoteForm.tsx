/** Where a note is written; one that could not be stored comes back into the field. */
import type { FormEvent, KeyboardEvent } from 'react';

import { useDraft } from '../../chat/drafts/use-draft.ts';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';

/** The server takes no longer one. */
const MAX_NOTE_LENGTH = 4_000;

interface NoteFormProps {
  roomId: string;
  onAdd: (text: string) => Promise<void>;
  /** Says it where that fails. */
  watch: (work: Promise<unknown>) => void;
}

/** What is begun waits here while one looks at another room. */
export function NoteForm({ roomId, onAdd, watch }: NoteFormProps) {
  const inbox = useWords(inboxWords);
  const [text, setText] = useDraft(`${roomId}/note`);
  const add = async (note: string) => {
    setText('');
    try {
      await onAdd(note);
    } catch (error) {
      setText(note);
      throw error;
    }
  };
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (text.trim() !== '') watch(add(text.trim()));
  };
  return (
    <form className="note-form" onSubmit={submit}>
      <textarea
        className="context__input"
        aria-label={inbox.newNote}
        placeholder={inbox.newNote}
        rows={2}
        dir="auto"
        maxLength={MAX_NOTE_LENGTH}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
        }}
      />
      {text.trim() !== '' && (
        <button type="submit" className="button button--quiet button--small">
          {inbox.addNote}
        </button>
      )}
    </form>
  );
}
