/** "2 newer messages, send anyway?": over the composer, where one looks while sending. */
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';

interface NewerNoticeProps {
  /** 0: nothing to ask. */
  newer: number;
  onSend: () => void;
  onKeep: () => void;
}

/** Said aloud when it appears; Enter in the composer sends as well. */
export function NewerNotice({ newer, onSend, onKeep }: NewerNoticeProps) {
  const words = useWords(inboxWords).desk.newerMessages;
  return (
    <div role="status">
      {newer > 0 && (
        <div className="newer-notice">
          <span>{words.ask(newer)}</span>
          <button type="button" className="button button--small" onClick={onSend}>
            {words.send}
          </button>
          <button type="button" className="button button--quiet button--small" onClick={onKeep}>
            {words.keep}
          </button>
        </div>
      )}
    </div>
  );
}
