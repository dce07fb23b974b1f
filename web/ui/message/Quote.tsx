/** What a message answers: a line that leads to it. */
import type { ConversationLabels } from '../conversation/labels.ts';
import type { QuoteView } from './actions.ts';

interface QuoteProps {
  quote: QuoteView;
  labels: ConversationLabels;
}

/** Pressed, it brings the answered message into sight, where that is loaded. */
export function Quote({ quote, labels }: QuoteProps) {
  return (
    <button
      type="button"
      className="quote"
      onClick={({ currentTarget }) => {
        showMessage(currentTarget.closest('[role="log"]'), quote.seq);
      }}
    >
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

const FLASH_MS = 1_200;

/** Looked for in its own log: in the widget that stands in a shadow root. */
function showMessage(log: Element | null, seq: number): void {
  const row = log?.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
  row?.scrollIntoView({ block: 'center' });
  row?.animate?.([{ background: 'var(--accent-soft)' }, { background: 'transparent' }], FLASH_MS);
}
