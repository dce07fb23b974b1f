/** What somebody began to write in a room: it waits there while one looks at another, and over a reload. */
import { useCallback, useState } from 'react';

import { useChat } from '../ChatProvider.tsx';
import { useConnection } from '../hooks.ts';
import { scopeOf } from '../notify/scope.ts';
import { draftsOf } from './draft-store.ts';

/** The draft under a key: a room's id, or what stands for a room that is still to come. */
export function useDraft(key: string): [draft: string, setDraft: (text: string) => void] {
  const client = useChat();
  const scope = scopeOf(client, useConnection());
  const [, redraw] = useState<object>();
  const setDraft = useCallback(
    (next: string) => {
      draftsOf(client).set(scope, key, next);
      redraw({});
    },
    [client, scope, key],
  );
  return [draftsOf(client).get(scope, key), setDraft];
}
