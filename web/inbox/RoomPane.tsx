/** One conversation of the inbox with its head and context. */
import { useEffect, useId, useRef } from 'react';

import type { RoomState } from '#client/conversation.ts';

import { usePresence } from '../chat/hooks.ts';
import { useConversation } from '../chat/use-conversation.ts';
import { useNotice } from '../chat/use-notice.ts';
import { Banner } from '../ui/base/Banner.tsx';
import { EmptyState } from '../ui/base/EmptyState.tsx';
import { Icon } from '../ui/base/Icon.tsx';
import { ConversationHead } from '../ui/conversation/ConversationHead.tsx';
import { ConversationView } from '../ui/conversation/ConversationView.tsx';
import { ProductCard } from '../ui/conversation/ProductCard.tsx';
import { Link } from '../ui/navigation.tsx';
import { formatAgo } from '../ui/text/format.ts';
import { useMedia, WIDE } from '../ui/use-media.ts';
import { useNow } from '../ui/use-now.ts';
import { RoomActions } from './RoomActions.tsx';
import { RoomContext } from './RoomContext.tsx';
import { customerOf } from './room-view.ts';
import { useFocus } from './use-focus.ts';
import { useWords } from '../words/area.tsx';
import { inboxWords } from '../words/inbox.ts';

/** Mount it anew for another room (`key`). */
export function RoomPane({ roomId }: { roomId: string }) {
  const inbox = useWords(inboxWords);
  const { conversation: labels, words } = inbox;
  const titleId = useId();
  const pane = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const now = useNow();
  // three panes: the context beside the messages shows the product then
  const isWide = useMedia(WIDE);
  useEffect(() => {
    focusRoom(pane.current, input.current);
  }, []);
  const { conversation, room, handle } = useConversation({ roomId, words });
  const { notice, watch } = useNotice(words.refused);
  useFocus(handle, conversation.draft.trim() !== '');
  const customer = useCustomer(room, now);
  if (room.error?.code === 'not_found') return <Missing />;
  const product = isWide ? undefined : room.room?.product;
  return (
    <>
      <main className="inbox__room" aria-labelledby={titleId} ref={pane} tabIndex={-1}>
        <ConversationHead
          titleId={titleId}
          name={customer.name}
          picture={customer.picture}
          online={customer.online}
          state={customer.state}
          before={<BackLink />}
          after={
            room.room !== null && <RoomActions room={room.room} handle={handle} watch={watch} />
          }
        />
        {notice !== null && <Banner tone="error">{notice}</Banner>}
        <Colleagues colleagues={room.colleagues} />
        {product !== undefined && (
          <div className="inbox__product">
            <ProductCard product={product} locale={labels.locale} caption={inbox.asksAbout} />
          </div>
        )}
        <ConversationView
          conversation={conversation}
          labels={labels}
          now={now}
          empty={inbox.emptyRoom}
          inputRef={input}
        />
      </main>
      {isWide && <RoomContext room={room.room} customer={customer} handle={handle} watch={watch} />}
    </>
  );
}

/** Who else of the shop is here: two answers at once help nobody. */
function Colleagues({ colleagues }: Pick<RoomState, 'colleagues'>) {
  const inbox = useWords(inboxWords);
  if (colleagues.length === 0) return null;
  return (
    <p className="colleagues" role="status">
      {colleagues.map(({ user, name, replying }) => (
        <span key={user} dir="auto">
          {inbox.colleague(name, replying)}
        </span>
      ))}
    </p>
  );
}

/** Whoever opens a room wants to answer; a finger wants to read first, and no keyboard over the words. */
function focusRoom(pane: HTMLElement | null, input: HTMLElement | null): void {
  const target = matchMedia('(pointer: fine)').matches ? input : pane;
  target?.focus({ preventScroll: true });
}

/** On a phone the way back to the list; beside the list it is not shown. */
function BackLink() {
  const inbox = useWords(inboxWords);
  return (
    <Link href="/inbox" className="icon-button inbox__back" aria-label={inbox.back}>
      <Icon name="back" />
    </Link>
  );
}

function Missing() {
  const inbox = useWords(inboxWords);
  return (
    <main className="inbox__nothing inbox__nothing--here">
      <EmptyState icon={<Icon name="info" size={26} />} {...inbox.missing}>
        <Link href="/inbox" className="button button--quiet">
          {inbox.back}
        </Link>
      </EmptyState>
    </main>
  );
}

/** The customer of a room with presence in words; empty until the room is known, in lines that keep their height. */
function useCustomer({ room }: RoomState, now: number) {
  const inbox = useWords(inboxWords);
  const presences = usePresence();
  if (room === null) return { name: null, picture: undefined, online: false, state: '' };
  const { name, picture, member } = customerOf(room);
  const presence = presences[member];
  const online = presence?.online ?? false;
  if (presence === undefined) return { name, picture, online, state: '' };
  const { lastSeenAt } = presence;
  const away =
    lastSeenAt === null
      ? inbox.away
      : inbox.lastSeen(formatAgo(lastSeenAt, { locale: inbox.locale, now }));
  return { name, picture, online, state: online ? inbox.online : away };
}
