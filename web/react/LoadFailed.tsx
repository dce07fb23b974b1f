/** What stands where the chat should be when its program did not come. */
import { launchWords } from '../words/launch.ts';
import { useSettings } from './settings.ts';

interface LoadFailedProps {
  onRetry: () => void;
  /** Absent where it stands in the page itself. */
  onClose?: () => void;
}

/** Its words come with the page: no catalogue can be loaded now. */
export function LoadFailed({ onRetry, onClose }: LoadFailedProps) {
  const { failed } = launchWords[useSettings().language];
  return (
    <div
      className={onClose === undefined ? 'load-failed' : 'load-failed load-failed--popup'}
      role="alert"
    >
      <p className="load-failed__title">{failed.title}</p>
      <p>{failed.text}</p>
      <div className="load-failed__actions">
        <button type="button" className="button button--small" onClick={onRetry}>
          {failed.retry}
        </button>
        {onClose !== undefined && (
          <button type="button" className="button button--quiet button--small" onClick={onClose}>
            {failed.close}
          </button>
        )}
      </div>
    </div>
  );
}
