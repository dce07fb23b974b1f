/** Asks before an answer leaves that does not know of what came while it was written. */
import { useCallback, useState } from 'react';

import type { ChatMessage } from '#client/conversation.ts';

import type { BeforeSend } from '../../ui/conversation/composer/suggestions.ts';
import { countNewer, lastSeqOf } from './newer-messages.ts';

interface NewerGuardInput {
  messages: readonly ChatMessage[];
  /** A change of a message that is there knows of everything before it. */
  isEditing: boolean;
  draft: string;
  user: string | null;
}

/** `newer` is how many messages one is asked about, 0 while nothing is held; sending again then means "anyway". */
export function useNewerGuard({ messages, isEditing, draft, user }: NewerGuardInput): {
  newer: number;
  beforeSend: BeforeSend;
  forget: () => void;
} {
  const last = lastSeqOf(messages);
  const isWriting = draft.trim() !== '';
  /** The last message when one began to write; null while nothing is written, or nothing is loaded. */
  const [since, setSince] = useState<number | null>(null);
  /** The last message of which one was told. */
  const [askedUpTo, setAskedUpTo] = useState(0);
  if (!isWriting && since !== null) setSince(null);
  if (isWriting && since === null && last > 0) setSince(last);

  const newer = since === null || isEditing ? 0 : countNewer(messages, { since, user });
  const isAsked = askedUpTo >= last;
  const beforeSend = useCallback<BeforeSend>(() => {
    if (newer === 0 || isAsked) return 'allow';
    setAskedUpTo(last);
    return 'hold';
  }, [newer, isAsked, last]);
  const forget = useCallback(() => setSince(last), [last]);
  return { newer: isAsked ? newer : 0, beforeSend, forget };
}
