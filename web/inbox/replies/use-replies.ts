/** Saved replies behind "/": what is suggested, and the messages of a reply that follow its first. */
import { useCallback, useEffect, useState } from 'react';

import type { Loaded } from '#client/chat.ts';
import type { Room } from '#protocol/room.ts';
import type { ReplyValues } from '#protocol/shop/saved-replies.ts';
import type { SavedReply } from '#protocol/vendor.ts';

import { useChat } from '../../chat/ChatProvider.tsx';
import { useConnection, useStore } from '../../chat/hooks.ts';
import type { Suggest } from '../../ui/conversation/composer/suggestions.ts';
import { useWords } from '../../words/area.tsx';
import { inboxWords, type InboxWords } from '../../words/inbox.ts';
import { customerOf } from '../room-view.ts';
import { findReplies, queryOf } from './find-replies.ts';

interface RepliesInput {
  room: Room | null;
  draft: string;
}

/** `following` leaves together with what is in the composer. */
export function useReplies({ room, draft }: RepliesInput): {
  suggest: Suggest;
  /** Somebody who types "/hello" and Enter means the reply, not these words: they do not leave before the replies are there. */
  isExpected: boolean;
  following: readonly string[];
  setFollowing: (texts: readonly string[]) => void;
} {
  const { savedReplies } = useChat();
  const state = useStore(savedReplies);
  const { replies: words } = useWords(inboxWords).desk;
  const values = useReplyValues(room);
  const [following, setFollowing] = useState<readonly string[]>([]);
  const isAsking = queryOf(draft) !== null;
  useEffect(() => {
    // with the room, so that they are there when "/" is typed; the list says what failed
    savedReplies.load().catch(() => {});
  }, [savedReplies]);
  useEffect(() => {
    // a colleague may have added one, and what failed may work now
    if (isAsking) savedReplies.load().catch(() => {});
  }, [savedReplies, isAsking]);

  const suggest = useCallback<Suggest>(
    ({ text }) => {
      const query = queryOf(text);
      if (query === null) return null;
      const replies = findReplies(state.value ?? [], query);
      const items = replies.map((reply) => ({
        id: reply.replyId,
        title: `/${reply.shortcut}`,
        detail: detailOf(reply, words),
      }));
      return {
        label: words.label,
        items,
        empty: emptyOf(state, words),
        choose: ({ id }) => {
          const chosen = replies.find(({ replyId }) => replyId === id);
          const texts = chosen === undefined ? [] : savedReplies.fillIn(chosen, values);
          const [first = '', ...rest] = texts.filter((filled) => filled !== '');
          setFollowing(rest);
          return { text: first, caret: first.length };
        },
      };
    },
    [savedReplies, state, values, words],
  );
  const isExpected = isAsking && state.value === null && state.status === 'loading';
  return { suggest, isExpected, following, setFollowing };
}

type ReplyWords = InboxWords['desk']['replies'];

function detailOf({ messages }: SavedReply, words: ReplyWords): string {
  const [first = ''] = messages;
  return messages.length === 1 ? first : `${words.several(messages.length)} · ${first}`;
}

function emptyOf({ value, status }: Loaded<readonly SavedReply[]>, words: ReplyWords): string {
  if (value === null) return status === 'failed' ? words.failed : words.loading;
  return value.length === 0 ? words.none : words.nothing;
}

function useReplyValues(room: Room | null): ReplyValues {
  const { me } = useConnection();
  return {
    customer: room === null ? undefined : customerOf(room).name,
    product: room?.product?.title,
    agent: me?.person ?? undefined,
    shop: me?.name ?? undefined,
  };
}
