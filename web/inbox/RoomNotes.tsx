/** What the staff note on a conversation, for themselves alone. */
import { type FormEvent, useEffect, useId, useState } from 'react';

import type { RoomHandle } from '#client/conversation.ts';

import { useStore } from '../chat/hooks.ts';
import { Icon } from '../ui/base/Icon.tsx';
import { formatAge, formatMoment } from '../ui/text/format.ts';
import { useNow } from '../ui/use-now.ts';
import { useWords } from '../words/area.tsx';
import { inboxWords } from '../words/inbox.ts';

interface RoomNotesProps {
  handle: RoomHandle;
  /** Says it where something fails. */
  watch: (work: Promise<unknown>) => void;
}

/** The newest first. */
export function RoomNotes({ handle, watch }: RoomNotesProps) {
  const inbox = useWords(inboxWords);
  const { notes } = handle;
  const state = useStore(notes);
  const titleId = useId();
  const now = useNow();
  useEffect(() => {
    // the state carries the error
    notes.load().catch(() => {});
  }, [notes]);
  return (
    <section aria-labelledby={titleId}>
      <h2 className="context__title" id={titleId}>
        {inbox.notes}
      </h2>
      <NoteForm onAdd={(text) => watch(notes.add(text))} />
      {state.status === 'failed' && <p className="context__hint">{inbox.notesFailed}</p>}
      <ul className="notes">
        {state.notes.map((note) => (
          <li key={note.noteId} className="note">
            <p dir="auto">{note.text}</p>
            <p className="note__foot">
              <span dir="auto">{note.author.name}</span>
              <time dateTime={note.at} title={formatMoment(note.at, inbox.locale)}>
                {formatAge(note.at, { locale: inbox.locale, now })}
              </time>
              <button
                type="button"
                className="icon-button icon-button--small"
                aria-label={inbox.deleteNote}
                title={inbox.deleteNote}
                onClick={() => {
                  watch(notes.remove(note.noteId));
                }}
              >
                <Icon name="close" size={14} />
              </button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoteForm({ onAdd }: { onAdd: (text: string) => void }) {
  const inbox = useWords(inboxWords);
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    onAdd(text.trim());
    setText('');
  };
  return (
    <form className="note-form" onSubmit={submit}>
      <textarea
        aria-label={inbox.newNote}
        placeholder={inbox.newNote}
        rows={2}
        dir="auto"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <button
        type="submit"
        className="button button--quiet button--small"
        disabled={text.trim() === ''}
      >
        {inbox.addNote}
      </button>
    </form>
  );
}
