/** What a person wants to be told, and what their browser lets us: as React state. */
import { useCallback, useEffect, useMemo, useState } from 'react';

import { useChat } from '../ChatProvider.tsx';
import { useConnection, useStore } from '../hooks.ts';
import type { PopupPermission } from './popups.ts';
import { type NotifyPreferences, notifyPreferencesOf } from './preferences.ts';
import { scopeOf } from './scope.ts';
import { pagePopups } from './start.ts';

/** The preferences of this person in this browser, the same in all tabs. */
export function useNotifyPreferences(): {
  preferences: NotifyPreferences;
  change: (patch: Partial<NotifyPreferences>) => void;
} {
  const client = useChat();
  const scope = scopeOf(client, useConnection());
  const switches = useMemo(() => notifyPreferencesOf(scope), [scope]);
  return { preferences: useStore(switches), change: switches.change };
}

/** Whether the browser shows notifications, and asking it to; ask only when the person does something. */
export function usePopupPermission(): { permission: PopupPermission; ask: () => Promise<void> } {
  const [permission, setPermission] = useState(pagePopups.permission);
  useEffect(() => {
    const update = () => setPermission(pagePopups.permission());
    // it is changed in the browser's own settings, so one looks again when the person comes back
    addEventListener('focus', update);
    return () => removeEventListener('focus', update);
  }, []);
  const ask = useCallback(async () => setPermission(await pagePopups.ask()), []);
  return { permission, ask };
}
