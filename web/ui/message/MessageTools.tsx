/** The tools of one message: quick reactions, answer, edit, delete; below it, so that nothing is covered. */
import { type FocusEvent, type KeyboardEvent, useState } from 'react';

import type { ConversationLabels } from '../conversation/labels.ts';
import { type MessageActions, QUICK_REACTIONS } from './actions.ts';

interface MessageToolsProps {
  seq: number;
  /** Own, and young enough. */
  canChange: boolean;
  hasText: boolean;
  labels: ConversationLabels;
  actions: MessageActions;
  onClose: () => void;
}

/** Closes when something is chosen, by Escape, and when the focus goes elsewhere. */
export function MessageTools({
  seq,
  canChange,
  hasText,
  labels,
  actions,
  onClose,
}: MessageToolsProps) {
  const [isSure, setSure] = useState(false);
  const choose = (run: () => void) => () => {
    run();
    onClose();
  };
  return (
    <div
      className="tools"
      role="toolbar"
      aria-label={labels.tools}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        // the chat around it stays open
        event.stopPropagation();
        onClose();
      }}
      onBlur={(event: FocusEvent<HTMLElement>) => {
        if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) {
          onClose();
        }
      }}
    >
      {QUICK_REACTIONS.map((emoji, index) => (
        <button
          key={emoji}
          type="button"
          className="tools__emoji"
          aria-label={labels.reactWith(emoji)}
          // it was opened by a press: the keyboard goes on from here
          autoFocus={index === 0}
          onClick={choose(() => actions.onReact(seq, emoji, true))}
        >
          {emoji}
        </button>
      ))}
      <button type="button" className="tools__action" onClick={choose(() => actions.onReply(seq))}>
        {labels.reply}
      </button>
      {canChange && hasText && (
        <button type="button" className="tools__action" onClick={choose(() => actions.onEdit(seq))}>
          {labels.edit}
        </button>
      )}
      {canChange && (
        <button
          type="button"
          className="tools__action tools__action--danger"
          onClick={isSure ? choose(() => actions.onRemove(seq)) : () => setSure(true)}
        >
          {isSure ? labels.removeForAll : labels.remove}
        </button>
      )}
    </div>
  );
}
