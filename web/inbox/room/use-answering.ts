/** Answering as the staff do: with saved replies, and asked first where somebody else wrote meanwhile. */
import type { RoomHandle, RoomState } from '#client/conversation.ts';

import type { Conversation } from '../../chat/use-conversation.ts';
import { useReplies } from '../replies/use-replies.ts';
import { useOwnUser } from '../staff/use-staff.ts';
import { useNewerGuard } from './use-newer-guard.ts';

interface AnsweringInput {
  conversation: Conversation;
  room: RoomState;
  handle: RoomHandle;
}

/** The conversation as the inbox sends in it, and what stands over its composer. */
export function useAnswering({ conversation, room, handle }: AnsweringInput) {
  const { draft, composing } = conversation;
  const isEditing = composing?.kind === 'edit';
  const replies = useReplies({ room: room.room, draft });
  const { suggest, isExpected, following, setFollowing } = replies;
  const user = useOwnUser();
  const guard = useNewerGuard({ messages: room.messages, isEditing, draft, user });
  const onSend = (text: string) => {
    conversation.onSend(text);
    if (isEditing) return;
    for (const next of following) handle.send({ text: next });
    setFollowing([]);
  };
  const beforeSend = (text: string) => (isExpected ? 'hold' : guard.beforeSend(text));
  return {
    conversation: { ...conversation, onSend },
    suggest,
    following,
    setFollowing,
    beforeSend,
    notice: {
      newer: guard.newer,
      onSend: () => draft.trim() !== '' && onSend(draft.trim()),
      onKeep: guard.forget,
    },
  };
}
