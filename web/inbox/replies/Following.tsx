/** Over the composer: the messages of a saved reply that leave behind the one in the field. */
import { Icon } from '../../ui/base/Icon.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';

interface FollowingProps {
  texts: readonly string[];
  onChange: (texts: readonly string[]) => void;
}

/** Each can be left out. */
export function Following({ texts, onChange }: FollowingProps) {
  const { replies } = useWords(inboxWords).desk;
  if (texts.length === 0) return null;
  return (
    <div className="following" role="status">
      <p className="following__title">{replies.following}</p>
      <ol>
        {texts.map((text, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same words may come twice, and the order never changes
          <li key={index} className="following__text">
            <span dir="auto">{text}</span>
            <button
              type="button"
              className="icon-button icon-button--small"
              aria-label={replies.leaveOut}
              title={replies.leaveOut}
              onClick={() => onChange(texts.toSpliced(index, 1))}
            >
              <Icon name="close" size={14} />
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
