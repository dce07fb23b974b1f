/** The labels of a conversation: taken away with a press, added by typing or from those in use. */
import { type FormEvent, useId, useLayoutEffect, useRef, useState } from 'react';

import type { Room } from '#protocol/room.ts';

import { useChat } from '../../chat/ChatProvider.tsx';
import { Icon } from '../../ui/base/Icon.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { DeskIcon } from '../DeskIcon.tsx';
import { MAX_LABEL_LENGTH, MAX_LABELS, suggestLabels, withLabel } from './label-rules.ts';
import { LabelChip } from './LabelChip.tsx';

interface LabelsProps {
  labels: readonly string[];
  onChange: (labels: readonly string[]) => void;
}

/** Suggestions are buttons below the field: they are there for a finger, for Tab and for a screen reader alike. */
export function Labels({ labels, onChange }: LabelsProps) {
  const words = useWords(inboxWords).desk.labels;
  const titleId = useId();
  const add = useRef<HTMLButtonElement>(null);
  const [isAdding, setAdding] = useState(false);
  const canAdd = labels.length < MAX_LABELS;
  return (
    <section aria-labelledby={titleId}>
      <h3 className="context__title" id={titleId}>
        {words.title}
      </h3>
      <ul className="labels">
        {labels.map((label) => (
          <li key={label}>
            <LabelChip label={label}>
              <button
                type="button"
                className="chip__remove"
                aria-label={words.remove(label)}
                title={words.remove(label)}
                onClick={() => {
                  onChange(labels.filter((other) => other !== label));
                  // the button goes with its label
                  add.current?.focus();
                }}
              >
                <Icon name="close" size={12} />
              </button>
            </LabelChip>
          </li>
        ))}
        {canAdd && (
          <li>
            <button
              ref={add}
              type="button"
              className="chip chip--add"
              aria-expanded={isAdding}
              onClick={() => setAdding(!isAdding)}
            >
              <DeskIcon name="plus" size={14} />
              {words.add}
            </button>
          </li>
        )}
      </ul>
      {isAdding && canAdd && (
        <LabelForm
          labels={labels}
          onAdd={(text) => onChange(withLabel(labels, text))}
          onEnd={() => {
            setAdding(false);
            add.current?.focus();
          }}
        />
      )}
    </section>
  );
}

interface LabelFormProps {
  labels: readonly string[];
  onAdd: (text: string) => void;
  onEnd: () => void;
}

function LabelForm({ labels, onAdd, onEnd }: LabelFormProps) {
  const words = useWords(inboxWords).desk.labels;
  const client = useChat();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  // one pressed "add" to type here; Preact does nothing on `autoFocus`
  useLayoutEffect(() => input.current?.focus(), []);
  const suggested = suggestLabels(loadedRooms(client), { labels, typed });
  const take = (text: string) => {
    if (text.trim() !== '') onAdd(text);
    setTyped('');
    input.current?.focus();
  };
  return (
    <form
      className="label-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        take(typed);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // the drawer around it stays open
        event.preventDefault();
        event.stopPropagation();
        onEnd();
      }}
    >
      <input
        ref={input}
        className="context__input"
        aria-label={words.name}
        placeholder={words.name}
        maxLength={MAX_LABEL_LENGTH}
        enterKeyHint="done"
        dir="auto"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {suggested.length > 0 && (
        <ul className="labels" aria-label={words.used}>
          {suggested.map((label) => (
            <li key={label}>
              <button type="button" className="chip-button" onClick={() => take(label)}>
                <LabelChip label={label} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}

/** Every room that some list shows. */
function loadedRooms(client: ReturnType<typeof useChat>): readonly Room[] {
  const filters = ['all', 'waiting', 'unread', 'closed'] as const;
  const rooms = filters.flatMap((filter) => client.rooms(filter).getState().rooms);
  return [...new Map(rooms.map((room) => [room.roomId, room])).values()];
}
