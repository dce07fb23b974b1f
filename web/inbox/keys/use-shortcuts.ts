/** Hears the inbox's keys wherever the focus is. */
import { useLayoutEffect, useRef } from 'react';

import { isTextField, type Shortcut, shortcutOf } from './shortcuts.ts';

/** @param isOn whether the person wants them; a dialog that is open has the keys for itself */
export function useShortcuts(isOn: boolean, onShortcut: (shortcut: Shortcut) => void): void {
  const latest = useRef(onShortcut);
  // before the next key: they may be switched, and the room changed, by the key before
  useLayoutEffect(() => {
    latest.current = onShortcut;
  });
  useLayoutEffect(() => {
    if (!isOn) return;
    const hear = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event, isTextField(document.activeElement));
      if (shortcut === null || event.defaultPrevented || isDialogOpen()) return;
      event.preventDefault();
      // held down it would close, reopen and close again
      if (shortcut === 'close' && event.repeat) return;
      latest.current(shortcut);
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [isOn]);
}

function isDialogOpen(): boolean {
  return document.querySelector('dialog:modal') !== null;
}
