/** The reactions under a message: pressing one joins it or takes it back. */
import type { ConversationLabels } from '../conversation/labels.ts';
import type { ReactionView } from './actions.ts';

interface ReactionsProps {
  reactions: readonly ReactionView[];
  labels: ConversationLabels;
  onReact: (emoji: string, on: boolean) => void;
}

/** Nothing where there are none. */
export function Reactions({ reactions, labels, onReact }: ReactionsProps) {
  if (reactions.length === 0) return null;
  return (
    <div className="reactions" role="group" aria-label={labels.reactions}>
      {reactions.map(({ emoji, count, mine }) => (
        <button
          key={emoji}
          type="button"
          className={`reaction${mine ? ' reaction--mine' : ''}`}
          aria-pressed={mine}
          aria-label={labels.reaction(emoji, count)}
          onClick={() => {
            onReact(emoji, !mine);
          }}
        >
          <span aria-hidden="true">{emoji}</span>
          {count > 1 && <span className="reaction__count">{count}</span>}
        </button>
      ))}
    </div>
  );
}
