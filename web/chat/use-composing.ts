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

/** Editing has a text of its own: what was begun as a new message waits under it. */
export function useComposing(messages: readonly ConversationItem[]) {
  const [composing, setComposing] = useState<Composing | null>(null);
  const [editText, setEditText] = useState('');
  const begin = useCallback(
    (kind: Composing['kind'], seq: number) => {
      const message = messages.find((one) => one.seq === seq);
      if (message === undefined) return;
      setComposing({ kind, seq, author: message.author, text: message.text });
      setEditText(kind === 'edit' ? (message.text ?? '') : '');
    },
    [messages],
  );
  const end = useCallback(() => setComposing(null), []);
  const editLast = useCallback(() => {
    const last = messages.findLast(({ canChange, text }) => canChange && text !== null);
    const seq = last?.seq ?? null;
    if (seq !== null) begin('edit', seq);
  }, [messages, begin]);
  return { composing, editText, setEditText, begin, end, editLast };
}
