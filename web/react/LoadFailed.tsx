/** What a storefront shows where the chat should be and did not come. */
import { Failed } from '../ui/base/Failed.tsx';
import { reloadWhenReachable } from '../ui/reload.ts';
import { launchWords } from '../words/launch.ts';
import { useSettings } from './settings.ts';

/** In the page itself, which begins anew. Its words come with the page: no catalogue can be loaded now. */
export function PageFailed() {
  const { failed } = launchWords[useSettings().language];
  return <Failed words={failed} onRetry={reloadWhenReachable} />;
}

/** In the popup's corner: the page around it is not ours to begin anew. */
export function PopupFailed({ onRetry }: { onRetry: () => void }) {
  const { language, popup } = useSettings();
  return <Failed words={launchWords[language].failed} onRetry={onRetry} onClose={popup.close} />;
}
