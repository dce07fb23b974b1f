/** Everything that a conversation on screen shows and does, for a presentational component to take. */
import { useCallback, useMemo, useRef, useState } from 'react';

import type { Draft, RoomHandle, RoomState } from '#client/conversation.ts';
import { DEFAULT_LIMITS } from '#protocol/limits.ts';
import type { Product } from '#protocol/message.ts';

import { useDraft } from './drafts/use-draft.ts';
import type { RefusedFile } from './files/check-files.ts';
import { useFiles } from './files/use-files.ts';
import { useConnection, useIsOffline, useRoom } from './hooks.ts';
import { type Composing, useComposing } from './use-composing.ts';
import { useHeld } from './use-held.ts';
import { plainName } from './plain-name.ts';
import { type MessageActions, useMessageActions } from './use-message-actions.ts';
import { useNotice } from './use-notice.ts';
import { useIsLooking, useReadMark } from './use-read-mark.ts';
import { toConversationItem, type ConversationItem, type Words } from './views.ts';

/** How long nothing further up is asked for after that failed. */
const LOAD_PAUSE_MS = 3_000;

/** What a conversation's component needs. */
export interface Conversation {
  roomId: string;
  status: 'loading' | 'ready' | 'failed';
  messages: readonly ConversationItem[];
  /** The first message that was new when one last came to the conversation, or null. */
  firstUnreadSeq: number | null;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  /** Who is typing, or null. */
  typist: string | null;
  isOffline: boolean;
  /** Null for a new message. */
  composing: Composing | null;
  /** What failed of late, for people; null when nothing did. */
  notice: string | null;
  /** Files of the last choice that cannot be sent. */
  refusedFiles: readonly RefusedFile[];
  /** Sending is paced: ISO time of the next try, or null. */
  pausedUntil: string | null;
  actions: MessageActions;
  draft: string;
  /** Characters that a message may have. */
  maxLength: number;
  onCancelComposing: () => void;
  /** Changes one's own latest message. */
  onEditLast: () => void;
  onDraft: (text: string) => void;
  onSend: (text: string) => void;
  /** Absent until the room is there. */
  onFiles: ((files: readonly File[]) => void) | undefined;
  onRetry: (id: string) => void;
  /** Forgets a failed message, and takes one back whose files are on their way. */
  onDiscard: (id: string) => void;
  onReachTop: () => void;
  /** Loads upward until that message is there; rejects where it is not to be had. */
  onLoadTo: (seq: number) => Promise<void>;
  onReload: () => void;
  /** Whether the newest message is in sight: only then it counts as read. */
  onAtEnd: (isAtEnd: boolean) => void;
}

interface ConversationInput {
  /** Null while the room is still being opened: one may write already. */
  roomId: string | null;
  /** What a draft is kept under: the room's id unless it is not known from the beginning. */
  draftKey?: string;
  words: Words;
  /** Goes along with the next message. */
  product?: Product | undefined;
  onSent?: () => void;
}

/** The room's state beside the conversation made of it. */
export function useConversation(input: ConversationInput): {
  conversation: Conversation;
  room: RoomState;
  handle: RoomHandle;
} {
  const { roomId, words } = input;
  const { handle, ...room } = useRoom(roomId);
  const isOffline = useIsOffline();
  const [isAtEnd, setAtEnd] = useState(true);
  const isInSight = useIsLooking() && isAtEnd && room.status === 'ready';
  const firstUnreadSeq = useFirstUnread(room, isInSight);
  useReadMark(handle, {
    isInSight,
    unread: room.unread,
    lastSeq: room.messages.findLast(({ seq }) => seq !== null)?.seq ?? null,
    isMarked: room.room?.mine.markedUnread,
  });

  const key = input.draftKey ?? roomId ?? '';
  const { held, hold } = useHeld({ key, room: roomId === null ? null : handle });
  const stored = useItems(room, words);
  const messages = useMemo(() => [...stored, ...held], [stored, held]);
  const onReachTop = useLoadOlder(handle);
  const onLoadTo = useCallback((seq: number) => handle.loadOlder(seq), [handle]);
  const onReload = useReload(handle);
  const writing = useWriting({ ...input, key, handle, hold, messages });

  const conversation: Conversation = {
    roomId: room.roomId,
    status: held.length > 0 ? 'ready' : statusOf(room),
    messages,
    firstUnreadSeq,
    hasOlder: room.hasOlder,
    isLoadingOlder: room.isLoadingOlder,
    typist: plainName(room.typing[0]?.name ?? '') || null,
    isOffline,
    maxLength: DEFAULT_LIMITS.maxTextLength,
    ...writing,
    pausedUntil: room.retryAt,
    onRetry: handle.retry,
    onReachTop,
    onLoadTo,
    onReload,
    onAtEnd: setAtEnd,
  };
  return { conversation, room, handle };
}

function useItems({ messages }: RoomState, words: Words): readonly ConversationItem[] {
  const me = useConnection().me?.member ?? null;
  return useMemo(() => {
    const bySeq = new Map(messages.map((message) => [message.seq, message]));
    const surroundings = { words, me, find: (seq: number) => bySeq.get(seq) };
    return messages.map((message) => toConversationItem(message, surroundings));
  }, [messages, words, me]);
}

interface WritingInput extends ConversationInput {
  key: string;
  handle: RoomHandle;
  hold: (draft: Draft) => void;
  messages: readonly ConversationItem[];
}

/** What is written: a new message, an answer, or a change of one's own. */
function useWriting({ words, key, handle, messages, ...rest }: WritingInput) {
  const [draft, setDraft] = useDraft(key);
  const { composing, editText, setEditText, begin, end, editLast } = useComposing(messages);
  const { notice, watch } = useNotice(words.refused);
  const actions = useMessageActions({ handle, watch, begin });
  const isEditing = composing?.kind === 'edit';
  const isThere = rest.roomId !== null;
  const onDraft = useCallback(
    (text: string) => {
      if (isEditing) return setEditText(text);
      setDraft(text);
      if (isThere) handle.setTyping(text.trim() !== '');
      return undefined;
    },
    [handle, isThere, isEditing, setDraft, setEditText],
  );
  const onSend = useSend({ ...rest, handle, composing, setDraft, end, watch });
  const files = useFiles({ handle, watch });
  const onFiles = (chosen: readonly File[]) => {
    files.send(chosen, composing?.kind === 'reply' ? composing.seq : undefined);
    if (composing?.kind === 'reply') end();
  };
  const { cancel } = files;
  const onDiscard = useCallback(
    (id: string) => {
      cancel(id);
      handle.discard(id);
    },
    [handle, cancel],
  );
  return {
    draft: isEditing ? editText : draft,
    onFiles: isThere ? onFiles : undefined,
    refusedFiles: files.refused,
    composing,
    notice,
    actions,
    onDraft,
    onSend,
    onDiscard,
    onCancelComposing: end,
    onEditLast: editLast,
  };
}

interface SendInput extends Pick<
  WritingInput,
  'roomId' | 'product' | 'onSent' | 'handle' | 'hold'
> {
  composing: Composing | null;
  setDraft: (text: string) => void;
  end: () => void;
  watch: (work: Promise<unknown>) => void;
}

function useSend({ roomId, product, onSent, handle, hold, composing, ...rest }: SendInput) {
  const { setDraft, end, watch } = rest;
  return useCallback(
    (text: string) => {
      if (composing?.kind === 'edit') {
        watch(handle.edit(composing.seq, text));
        return end();
      }
      const written = {
        text,
        ...(product !== undefined && { product }),
        ...(composing !== null && { replyTo: composing.seq }),
      };
      if (roomId === null) hold(written);
      else handle.send(written);
      end();
      setDraft('');
      return onSent?.();
    },
    [handle, roomId, hold, product, setDraft, onSent, composing, end, watch],
  );
}

function useReload(handle: RoomHandle): () => void {
  return useCallback(() => {
    // the state of the room carries the error
    handle.loadLatest().catch(() => {});
  }, [handle]);
}

/** After a failure the top is still in sight and asks again at once, so it is not heard for a while. */
function useLoadOlder(handle: RoomHandle): () => void {
  const deafUntil = useRef(0);
  return useCallback(() => {
    if (Date.now() < deafUntil.current) return;
    handle.loadOlder().catch(() => {
      deafUntil.current = Date.now() + LOAD_PAUSE_MS;
    });
  }, [handle]);
}

/** What is there is shown, whatever became of the latest load. */
function statusOf({ status, messages }: RoomState): Conversation['status'] {
  if (messages.length > 0 || status === 'ready') return 'ready';
  return status === 'failed' ? 'failed' : 'loading';
}

/**
 * Where the "new messages" line stands: decided when the room is first there, and again for what came
 * while one looked elsewhere; it stays while one looks.
 */
function useFirstUnread(room: RoomState, isInSight: boolean): number | null {
  const { roomId, status, unread, readSeq, messages } = room;
  const [line, setLine] = useState<{ roomId: string; seq: number | null } | null>(null);
  const isOver =
    line?.roomId !== roomId || (!isInSight && unread > 0 && (line.seq ?? 0) <= readSeq);
  if (status === 'ready' && isOver) {
    const first = messages.find(({ seq, isMine }) => !isMine && seq !== null && seq > readSeq);
    const seq = unread > 0 ? (first?.seq ?? null) : null;
    if (line?.roomId === roomId && seq === null) return line.seq;
    setLine({ roomId, seq });
    return seq;
  }
  return line?.roomId === roomId ? line.seq : null;
}
