/** What a storefront shows where the chat should be and did not come. */
import { Failed } from '../ui/base/Failed.tsx';
import { launchWords } from '../words/launch.ts';
import { useSettings } from './settings.ts';

interface LoadFailedProps {
  onRetry: () => void;
}

/** In the page itself. Its words come with the page: no catalogue can be loaded now. */
export function PageFailed({ onRetry }: LoadFailedProps) {
  return <Failed words={launchWords[useSettings().language].failed} onRetry={onRetry} />;
}

/** In the popup's corner. */
export function PopupFailed({ onRetry }: LoadFailedProps) {
  const { language, popup } = useSettings();
  return <Failed words={launchWords[language].failed} onRetry={onRetry} onClose={popup.close} />;
}
