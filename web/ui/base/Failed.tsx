/** What stands where a part of the program did not come: what happened, and what to do. */
import './failed.css';

interface FailedProps {
  words: { title: string; text: string; retry: string; close: string };
  onRetry: () => void;
  /** Absent where it stands in the page itself; else it is a box in the corner, which can be closed. */
  onClose?: () => void;
}

/** Needs nothing that is loaded later. */
export function Failed({ words, onRetry, onClose }: FailedProps) {
  return (
    <div className={onClose === undefined ? 'failed' : 'failed failed--corner'} role="alert">
      <p className="failed__title">{words.title}</p>
      <p>{words.text}</p>
      <div className="failed__actions">
        <button type="button" className="button button--small" onClick={onRetry}>
          {words.retry}
        </button>
        {onClose !== undefined && (
          <button type="button" className="button button--quiet button--small" onClick={onClose}>
            {words.close}
          </button>
        )}
      </div>
    </div>
  );
}
