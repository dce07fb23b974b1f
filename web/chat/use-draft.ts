/** What somebody began to write in a room: it waits there while one looks at another. */
import { useCallback, useState } from 'react';

import type { ChatClient } from '#client/chat.ts';

import { useChat } from './ChatProvider.tsx';

/** Kept with the client, so that another user in the same tab finds nothing of it. */
const drafts = new WeakMap<ChatClient, Map<string, string>>();

/** The draft under a key: a room's id, or what stands for a room that is still to come. */
export function useDraft(key: string): [draft: string, setDraft: (text: string) => void] {
  const client = useChat();
  const [draft, setState] = useState(() => ({ key, text: draftsOf(client).get(key) ?? '' }));
  const text = draft.key === key ? draft.text : (draftsOf(client).get(key) ?? '');
  const setDraft = useCallback(
    (next: string) => {
      const kept = draftsOf(client);
      if (next === '') kept.delete(key);
      else kept.set(key, next);
      setState({ key, text: next });
    },
    [client, key],
  );
  return [text, setDraft];
}

function draftsOf(client: ChatClient): Map<string, string> {
  const known = drafts.get(client) ?? new Map<string, string>();
  drafts.set(client, known);
  return known;
}
