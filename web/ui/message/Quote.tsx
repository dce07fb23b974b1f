/** What a message answers: a line that leads to it. */
import type { ConversationLabels } from '../conversation/labels.ts';
import type { QuoteView } from './actions.ts';

interface QuoteProps {
  quote: QuoteView;
  labels: ConversationLabels;
  onQuoted: (seq: number) => void;
}

/** Pressed, it brings the answered message into sight. */
export function Quote({ quote, labels, onQuoted }: QuoteProps) {
  return (
    <button type="button" className="quote" onClick={() => onQuoted(quote.seq)}>
      <span className="sr-only">{labels.answersTo}</span>
      {quote.author !== null && (
        <span className="quote__author truncate" dir="auto">
          {quote.author}
        </span>
      )}
      <span className="quote__text truncate" dir="auto">
        {quote.text ?? labels.earlierMessage}
      </span>
    </button>
  );
}
