/** Under a message: when it was written, how far it has come, or why it failed and the two ways on. */
import type { ConversationLabels } from '../conversation/labels.ts';
import type { MessageView } from '../conversation/rows.ts';
import type { AttachmentView } from './actions.ts';
import { formatClock, formatMoment } from '../text/format.ts';

interface BubbleFootProps {
  message: MessageView;
  last: boolean;
  showsStatus: boolean;
  labels: ConversationLabels;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
}

/** Nothing inside a run of messages. */
export function BubbleFoot({ message, last, showsStatus, labels, ...actions }: BubbleFootProps) {
  const isFailed = message.status === 'failed';
  if (!last && !showsStatus && !isFailed) return null;
  return (
    <div className="message__foot">
      {!isFailed && (
        <time dateTime={message.at} title={formatMoment(message.at, labels.locale)}>
          {formatClock(message.at, labels.locale)}
        </time>
      )}
      {isFailed && <Failure message={message} labels={labels} {...actions} />}
      {!isFailed && message.status !== null && (showsStatus || message.status === 'sending') && (
        <span className="message__status" data-testid="message-status">
          {labels.status[message.status]}
        </span>
      )}
      {message.status === 'sending' && message.attachments.some(isUnderWay) && (
        <button
          type="button"
          className="text-button text-button--quiet"
          onClick={() => actions.onDiscard(message.id)}
        >
          {labels.cancel}
        </button>
      )}
    </div>
  );
}

function isUnderWay({ progress }: AttachmentView): boolean {
  return progress !== null && progress < 1;
}

function Failure({
  message,
  labels,
  onRetry,
  onDiscard,
}: Pick<BubbleFootProps, 'message' | 'labels' | 'onRetry' | 'onDiscard'>) {
  return (
    <span className="message__failure">
      <span data-testid="message-status">{message.failure ?? labels.notSent}</span>
      <button
        type="button"
        className="text-button"
        onClick={() => {
          onRetry(message.id);
        }}
      >
        {labels.retry}
      </button>
      <button
        type="button"
        className="text-button text-button--quiet"
        onClick={() => {
          onDiscard(message.id);
        }}
      >
        {labels.discard}
      </button>
    </span>
  );
}
