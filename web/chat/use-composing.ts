/** What the next message is besides new: an answer to another, or a change of one's own. */
import { useCallback, useState } from 'react';

import type { ConversationItem } from './views.ts';

/** The message that is being answered or changed. */
export interface Composing {
  kind: 'reply' | 'edit';
  seq: number;
  author: string | null;
  text: string | null;
}

interface ComposingInput {
  messages: readonly ConversationItem[];
  draft: string;
  onDraft: (text: string) => void;
}

/** Editing takes the composer over; what was written there before comes back when it ends. */
export function useComposing({ messages, draft, onDraft }: ComposingInput) {
  const [composing, setComposing] = useState<Composing | null>(null);
  const [aside, setAside] = useState('');

  const begin = useCallback(
    (kind: Composing['kind'], seq: number) => {
      const message = messages.find((one) => one.seq === seq);
      if (message === undefined) return;
      setComposing({ kind, seq, author: message.author, text: message.text });
      if (kind !== 'edit') return;
      setAside(draft);
      onDraft(message.text ?? '');
    },
    [messages, draft, onDraft],
  );
  const end = useCallback(() => {
    if (composing?.kind === 'edit') onDraft(aside);
    setComposing(null);
  }, [composing, aside, onDraft]);
  const editLast = useCallback(() => {
    const last = messages.findLast(({ canChange, text }) => canChange && text !== null);
    const seq = last?.seq ?? null;
    if (seq !== null) begin('edit', seq);
  }, [messages, begin]);
  return { composing, begin, end, editLast };
}
