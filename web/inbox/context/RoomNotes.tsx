/** What the staff note on a conversation, for themselves alone. */
import { useEffect, useId } from 'react';

import type { RoomHandle, RoomNote } from '#client/conversation.ts';

import { useStore } from '../../chat/hooks.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { Skeleton } from '../../ui/base/Skeleton.tsx';
import { formatAge, formatMoment } from '../../ui/text/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { useMeetAuthors, useOwnUser } from '../staff/use-staff.ts';
import { NoteForm } from './NoteForm.tsx';

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
  useMeetAuthors(state.notes);
  // the state carries the error
  const load = () => void notes.load().catch(() => {});
  const loadMore = () => void notes.loadMore().catch(() => {});
  useEffect(() => {
    notes.load().catch(() => {});
  }, [notes]);
  const isEmpty = state.notes.length === 0;
  return (
    <section aria-labelledby={titleId}>
      <h3 className="context__title" id={titleId}>
        {inbox.notes}
      </h3>
      <NoteForm roomId={handle.roomId} onAdd={notes.add} watch={watch} />
      <div role="status">
        {state.status === 'failed' && (
          <p className="context__hint">
            {inbox.notesFailed}{' '}
            <button type="button" className="link-button" onClick={load}>
              {inbox.tryAgain}
            </button>
          </p>
        )}
        {state.status === 'ready' && isEmpty && (
          <p className="context__hint">{inbox.desk.noNotes}</p>
        )}
      </div>
      {isEmpty && state.status === 'loading' && <Skeleton width="100%" height="48px" />}
      <ul className="notes">
        {state.notes.map((note) => (
          <NoteItem
            key={note.noteId}
            note={note}
            onRemove={() => watch(notes.remove(note.noteId))}
          />
        ))}
      </ul>
      {state.hasMore && (
        <button type="button" className="link-button" onClick={loadMore}>
          {inbox.more}
        </button>
      )}
    </section>
  );
}

/** Only whoever wrote a note may take it away, so nobody else is offered that. */
function NoteItem({ note, onRemove }: { note: RoomNote; onRemove: () => void }) {
  const inbox = useWords(inboxWords);
  const now = useNow();
  const isOwn = useOwnUser() === note.author.user;
  return (
    <li className={`note${note.isSaving ? ' note--saving' : ''}`}>
      <p className="note__text" dir="auto">
        {note.text}
      </p>
      <p className="note__foot">
        <span dir="auto">{note.author.name}</span>
        <time dateTime={note.at} title={formatMoment(note.at, inbox.locale)}>
          {formatAge(note.at, { locale: inbox.locale, now })}
        </time>
        {isOwn && !note.isSaving && (
          <button
            type="button"
            className="icon-button icon-button--small"
            aria-label={inbox.deleteNote}
            title={inbox.deleteNote}
            onClick={onRemove}
          >
            <Icon name="close" size={14} />
          </button>
        )}
      </p>
    </li>
  );
}
