/** The way to an emoji while one writes, where the keyboard has none of its own. */
import { useRef, useState } from 'react';

import { Icon } from '../../base/Icon.tsx';
import { later } from '../../base/later.tsx';
import type { MessageActions } from '../../message/actions.ts';
import type { ConversationLabels } from '../labels.ts';

const EmojiPicker = later(async () => (await import('../../emoji/EmojiPicker.tsx')).EmojiPicker);

interface EmojiButtonProps {
  labels: ConversationLabels;
  actions: Pick<MessageActions, 'emojiScope'>;
  /** Puts it where one writes. */
  onPick: (emoji: string) => void;
}

/** Stays open for several; it closes by Escape, by its button, and when one goes elsewhere. */
export function EmojiButton({ labels, actions, onPick }: EmojiButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      className="composer__emoji"
      onBlurCapture={({ currentTarget, relatedTarget }) => {
        if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className="composer__attach composer__attach--emoji"
        aria-label={labels.emoji}
        title={labels.emoji}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="emoji" size={22} />
      </button>
      {isOpen && (
        <div className="composer__picker">
          <EmojiPicker
            labels={labels}
            scope={actions.emojiScope}
            onPick={(emoji) => {
              onPick(emoji);
              setOpen(false);
            }}
            onClose={close}
          />
        </div>
      )}
    </div>
  );
}
