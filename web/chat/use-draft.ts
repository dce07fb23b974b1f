/** What somebody began to write in a room: it outlives a change of room and a reload of the tab. */
import { useCallback, useState } from 'react';

import { useConnection } from './hooks.ts';

/** The draft of a room, of this user in this tab. */
export function useDraft(roomId: string): [draft: string, setDraft: (text: string) => void] {
  const { me } = useConnection();
  const key = `parley.draft.${me?.member ?? ''}.${roomId}`;
  const [draft, setState] = useState({ key, text: read(key) });
  if (draft.key !== key) setState({ key, text: read(key) });
  const setDraft = useCallback(
    (text: string) => {
      setState({ key, text });
      write(key, text);
    },
    [key],
  );
  return [draft.key === key ? draft.text : '', setDraft];
}

/** A browser may forbid storage; a draft is then kept for as long as the page is. */
function read(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function write(key: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // see read
  }
}
