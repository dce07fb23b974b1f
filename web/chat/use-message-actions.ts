/** What one can do with a stored message, bound to its room. */
import { useMemo } from 'react';

import type { RoomHandle } from '#client/conversation.ts';

import { useChat } from './ChatProvider.tsx';
import { useConnection } from './hooks.ts';
import { scopeOf } from './notify/scope.ts';

/** The presentational components take this as it is. */
export interface MessageActions {
  onReact: (seq: number, emoji: string, on: boolean) => void;
  onReply: (seq: number) => void;
  onEdit: (seq: number) => void;
  onRemove: (seq: number) => void;
  /** A short-lived address of an attachment. */
  loadFile: (key: string) => Promise<string>;
  /** Whose emoji of late this browser keeps; null while that is not known. */
  emojiScope: string | null;
}

interface ActionsInput {
  handle: RoomHandle;
  /** Says it where that fails; what was shown at once is taken back by the client. */
  watch: (work: Promise<unknown>) => void;
  begin: (kind: 'reply' | 'edit', seq: number) => void;
}

/** The same object as long as its room is the same. */
export function useMessageActions({ handle, watch, begin }: ActionsInput): MessageActions {
  const scope = scopeOf(useChat(), useConnection());
  return useMemo(
    () => ({
      onReact: (seq, emoji, on) => watch(handle.react(seq, emoji, on)),
      onReply: (seq) => begin('reply', seq),
      onEdit: (seq) => begin('edit', seq),
      onRemove: (seq) => watch(handle.remove(seq)),
      loadFile: handle.attachmentUrl,
      emojiScope: scope,
    }),
    [handle, watch, begin, scope],
  );
}
