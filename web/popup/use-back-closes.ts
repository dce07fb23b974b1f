/** On a phone the button and the gesture for going back close the sheet, and the page below stays where it is. */
import { useEffect, useRef } from 'react';

/** What marks the sheet's own step in the state of the history. */
const MARK = 'parleySheet';

/** A step that waits to be taken back: StrictMode ends and begins every effect once more. */
let leaving: ReturnType<typeof setTimeout> | undefined;

/** While `isOn`, the history has one step more, of the same address and state: a router of the page sees nothing new. */
export function useBackCloses(isOn: boolean, onClose: () => void): void {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  }, [onClose]);
  useEffect(() => {
    if (!isOn) return;
    clearTimeout(leaving);
    if (!isSheetStep(history.state)) pushStep();
    const onStep = () => {
      if (!isSheetStep(history.state)) close.current();
    };
    addEventListener('popstate', onStep);
    return () => {
      removeEventListener('popstate', onStep);
      leaving = setTimeout(leaveStep, 0);
    };
  }, [isOn]);
}

/** Whether a state of the history is the sheet's own step: after a reload a page may show it again. */
export function isSheetStep(state: unknown): state is object {
  return typeof state === 'object' && state !== null && MARK in state;
}

/** Routers keep their own things in the state: the step carries them on. */
function pushStep(): void {
  const before: unknown = history.state;
  const kept = typeof before === 'object' ? before : {};
  try {
    history.pushState({ ...kept, [MARK]: true }, '');
  } catch {
    // a framed page may have no history of its own, and Safari counts the steps: then going back leaves the page
  }
}

/** Closed by a button: the step goes too, unless the page has gone on from there. */
function leaveStep(): void {
  if (isSheetStep(history.state)) history.back();
}
