/** One message: its words, product and time, and how far it has come. */
import { formatClock, formatMoment } from '../text/format.ts';
import type { ConversationLabels } from './labels.ts';
import { ProductCard } from './ProductCard.tsx';
import { RichText } from './RichText.tsx';
import type { MessageView } from './rows.ts';

interface BubbleProps {
  message: MessageView;
  first: boolean;
  last: boolean;
  /** Whether its status is said in words below: only the latest own message says it. */
  showsStatus: boolean;
  labels: ConversationLabels;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
}

/** A failed message keeps its text and offers the two ways on. */
export function Bubble({ message, first, last, showsStatus, labels, ...actions }: BubbleProps) {
  const side = message.own ? 'own' : 'other';
  const isFailed = message.status === 'failed';
  return (
    <div className={`message message--${side}${first ? ' message--first' : ''}`}>
      <span className="sr-only">{message.own ? labels.you : message.author}</span>
      {!message.own && first && message.author !== null && (
        <span className="message__author" aria-hidden="true" dir="auto">
          {message.author}
        </span>
      )}
      {message.own && first && message.author !== null && (
        <span className="message__author" dir="auto">
          {message.author}
        </span>
      )}
      <div className={`bubble bubble--${side}${isFailed ? ' bubble--failed' : ''}`}>
        {message.product !== null && (
          <ProductCard product={message.product} locale={labels.locale} />
        )}
        <BubbleText message={message} labels={labels} />
      </div>
      {(last || showsStatus || isFailed) && (
        <div className="message__foot">
          {!isFailed && (
            <time dateTime={message.at} title={formatMoment(message.at, labels.locale)}>
              {formatClock(message.at, labels.locale)}
            </time>
          )}
          {isFailed && <Failure message={message} labels={labels} {...actions} />}
          {!isFailed &&
            message.status !== null &&
            (showsStatus || message.status === 'sending') && (
              <span className="message__status" data-testid="message-status">
                {labels.status[message.status]}
              </span>
            )}
        </div>
      )}
    </div>
  );
}

function BubbleText({ message, labels }: Pick<BubbleProps, 'message' | 'labels'>) {
  if (message.isDeleted) return <p className="bubble__deleted">{labels.deleted}</p>;
  if (message.text === null) return null;
  return (
    <p className="bubble__text" dir="auto">
      <RichText text={message.text} />
      {message.isEdited && <span className="bubble__edited"> {labels.edited}</span>}
    </p>
  );
}

function Failure({
  message,
  labels,
  onRetry,
  onDiscard,
}: Pick<BubbleProps, 'message' | 'labels' | 'onRetry' | 'onDiscard'>) {
  return (
    <span className="message__failure">
      <span role="alert" data-testid="message-status">
        {message.failure ?? labels.notSent}
      </span>
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
