/** Over the composer: which message is being answered or changed, and the way out of that. */
import { Icon } from '../../base/Icon.tsx';
import type { ConversationLabels } from '../labels.ts';

/** What the next message is besides new. */
export interface ComposingView {
  kind: 'reply' | 'edit';
  author: string | null;
  text: string | null;
}

interface ComposingProps {
  composing: ComposingView;
  labels: ConversationLabels;
  onCancel: () => void;
}

/** A line with the message's beginning. */
export function Composing({ composing, labels, onCancel }: ComposingProps) {
  const { kind, author, text } = composing;
  return (
    <div className="composing" role="status">
      <div className="composing__text">
        <span className="composing__kind">
          {kind === 'edit' ? labels.editing : labels.replyingTo(author ?? labels.you)}
        </span>
        <span className="truncate" dir="auto">
          {text ?? labels.earlierMessage}
        </span>
      </div>
      <button
        type="button"
        className="icon-button icon-button--small"
        aria-label={labels.cancel}
        title={labels.cancel}
        onClick={onCancel}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
