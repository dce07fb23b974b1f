/** Where the popup appears, loaded when it is first opened; what cannot be loaded says so. */
import '../popup/popup.css';
import './react.css';

import { useCallback, useEffect } from 'react';
import { createPortal } from 'react-dom';

import { Fence } from '../ui/base/Fence.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { directionOf } from '../words/language.ts';
import { customerWords } from '../words/customer.ts';
import { PopupFailed } from './LoadFailed.tsx';
import { Scope } from './Scope.tsx';
import { type PopupTarget, useSettings } from './settings.ts';
import { markStep } from './use-popup.ts';

/** Nothing until the popup is first opened. */
export function PopupHost() {
  const { popup } = useSettings();
  const { target } = popup;
  if (target === null) return null;
  return createPortal(
    <Scope>
      <Fence Fallback={PopupFailed}>
        <LoadedPopup target={target} />
      </Fence>
    </Scope>,
    document.body,
  );
}

function LoadedPopup({ target }: { target: PopupTarget }) {
  const { popup, language } = useSettings();
  const load = useCallback(async () => {
    const [{ ChatPopup }, words] = await Promise.all([
      import('../popup/ChatPopup.tsx'),
      customerWords.load[language](),
    ]);
    return { ChatPopup, words };
  }, [language]);
  const loading = useLoaded(load);
  const isReady = loading.status === 'ready';
  useEffect(() => {
    // the popup has made its step by now, being a child
    if (isReady) markStep(target);
  }, [isReady, target]);
  if (loading.status === 'failed') return <PopupFailed onRetry={loading.retry} />;
  if (loading.status === 'loading') return null;
  const { ChatPopup, words } = loading.value;
  const { vendorId, vendorName, product } = target;
  return (
    <customerWords.context value={words}>
      <ChatPopup
        key={vendorId}
        vendorId={vendorId}
        vendorName={vendorName}
        product={product ?? null}
        dir={directionOf(language)}
        onClose={popup.close}
      />
    </customerWords.context>
  );
}
