/** What one person of the staff has chosen for this browser. */
import { useMemo } from 'react';

import { useChat } from '../chat/ChatProvider.tsx';
import { useConnection, useStore } from '../chat/hooks.ts';
import { scopeOf } from '../chat/notify/scope.ts';
import { switchesOf } from '../chat/notify/stored.ts';

/** Each is a switch on the settings page. */
export type InboxPreferences = {
  /** Whether keys such as Alt+J and "?" do anything. */
  readonly shortcuts: boolean;
};

const DEFAULTS: InboxPreferences = { shortcuts: true };

/** The preferences and what changes them; the same in every tab of the person. */
export function useInboxPreferences(): {
  preferences: InboxPreferences;
  change: (patch: Partial<InboxPreferences>) => void;
} {
  const client = useChat();
  const scope = scopeOf(client, useConnection());
  const switches = useMemo(
    () => switchesOf(scope === null ? null : `${scope}/inbox`, DEFAULTS),
    [scope],
  );
  return { preferences: useStore(switches), change: switches.change };
}
