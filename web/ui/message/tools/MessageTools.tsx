/** The tools of one message: quick reactions, answer, edit, delete; below it, so that nothing is covered. */
import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';

import { followPress } from '../../base/focus.ts';
import { Icon } from '../../base/Icon.tsx';
import { later } from '../../base/later.tsx';
import { useSheet } from '../../base/use-sheet.ts';
import type { ConversationLabels, SeldomLabels } from '../../conversation/labels.ts';
import { useSeldom } from '../../conversation/use-seldom.ts';
import { rememberEmoji } from '../../emoji/recent-emoji.ts';
import type { MessageActions } from '../actions.ts';
import css from './tools.css?inline';

/** What is offered at once; the picker has all others. */
const QUICK_REACTIONS = ['👍', '❤️', '😊', '🎉', '🙏', '✅'] as const;

const EmojiPicker = later(async () => (await import('../../emoji/EmojiPicker.tsx')).EmojiPicker);

interface MessageToolsProps {
  seq: number;
  /** Own, and young enough. */
  canChange: boolean;
  hasText: boolean;
  labels: ConversationLabels;
  actions: MessageActions;
  /** Something was chosen, or Escape pressed: the focus goes back. */
  onClose: () => void;
  /** The focus went elsewhere, and stays there. */
  onLeave: () => void;
}

/** Below its message until something is chosen, Escape is pressed, or the focus goes elsewhere. */
export function MessageTools({ onClose, onLeave, ...props }: MessageToolsProps) {
  const box = useRef<HTMLDivElement>(null);
  useSheet(box, css);
  const words = useSeldom(props.labels);
  return (
    <div
      ref={box}
      className="tools-box"
      aria-busy={words === null}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        // the chat around it stays open
        event.stopPropagation();
        onClose();
      }}
      onBlurCapture={({ currentTarget, relatedTarget: to }: FocusEvent<HTMLElement>) => {
        // the button that opened them closes them by its own press
        const isOutside = to !== null && !currentTarget.contains(to) && to.ariaExpanded !== 'true';
        if (isOutside) onLeave();
      }}
    >
      {words !== null && <Tools {...props} words={words} onClose={onClose} />}
    </div>
  );
}

interface ToolsProps extends Omit<MessageToolsProps, 'onLeave'> {
  words: SeldomLabels;
}

function Tools({ seq, words, labels, actions, onClose, ...rest }: ToolsProps) {
  const [isPicking, setPicking] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const choose = (run: () => void) => () => {
    run();
    onClose();
  };
  const react = (emoji: string) => choose(() => actions.onReact(seq, emoji, true))();
  return (
    <>
      <div className="tools" role="toolbar" aria-label={labels.tools}>
        <QuickReactions
          words={words}
          onReact={(emoji) => {
            rememberEmoji(actions.emojiScope, emoji);
            react(emoji);
          }}
        />
        <button
          ref={more}
          type="button"
          className="tools__emoji"
          aria-label={labels.emoji}
          title={labels.emoji}
          aria-expanded={isPicking}
          onClick={() => setPicking(!isPicking)}
        >
          <Icon name="emoji" />
        </button>
        <Actions
          {...rest}
          words={words}
          onReply={choose(() => actions.onReply(seq))}
          onEdit={choose(() => actions.onEdit(seq))}
          onRemove={choose(() => actions.onRemove(seq))}
        />
      </div>
      {isPicking && (
        <EmojiPicker
          labels={labels}
          scope={actions.emojiScope}
          onPick={react}
          onClose={() => {
            setPicking(false);
            more.current?.focus();
          }}
        />
      )}
    </>
  );
}

interface QuickReactionsProps {
  words: SeldomLabels;
  onReact: (emoji: string) => void;
}

function QuickReactions({ words, onReact }: QuickReactionsProps) {
  const first = useRef<HTMLButtonElement>(null);
  // it was opened by a press: the keyboard goes on from here; Preact does nothing on `autoFocus`
  useLayoutEffect(() => followPress(first.current), []);
  return QUICK_REACTIONS.map((emoji, index) => (
    <button
      key={emoji}
      ref={index === 0 ? first : undefined}
      type="button"
      className="tools__emoji"
      aria-label={words.reactWith(emoji)}
      onClick={() => onReact(emoji)}
    >
      {emoji}
    </button>
  ));
}

interface ActionsProps extends Pick<ToolsProps, 'canChange' | 'hasText' | 'words'> {
  onReply: () => void;
  onEdit: () => void;
  onRemove: () => void;
}

/** Deleting is asked twice. */
function Actions({ canChange, hasText, words, onReply, onEdit, onRemove }: ActionsProps) {
  const [isSure, setSure] = useState(false);
  return (
    <>
      <button type="button" className="tools__action" onClick={onReply}>
        {words.reply}
      </button>
      {canChange && hasText && (
        <button type="button" className="tools__action" onClick={onEdit}>
          {words.edit}
        </button>
      )}
      {canChange && (
        <button
          type="button"
          className="tools__action tools__action--danger"
          onClick={isSure ? onRemove : () => setSure(true)}
        >
          {isSure ? words.removeForAll : words.remove}
        </button>
      )}
    </>
  );
}
