/** Every conversation of the customer, the latest first. */
import { memo, type ReactNode, useCallback, useSyncExternalStore } from 'react';

import type { RoomList as RoomListHandle, RoomListState } from '#client/chat.ts';
import type { Room } from '#protocol/room.ts';

import { useChat } from '../../chat/ChatProvider.tsx';
import { useIsOffline, useMessages, useTyping } from '../../chat/hooks.ts';
import { Banner } from '../../ui/base/Banner.tsx';
import { EmptyState } from '../../ui/base/EmptyState.tsx';
import { Icon } from '../../ui/base/Icon.tsx';
import { RoomRow, RoomRowSkeleton } from '../../ui/conversation/RoomRow.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../words/area.tsx';
import { customerWords } from '../../words/customer.ts';
import { pageWords } from '../../words/page.ts';
import { MoreRooms } from './MoreRooms.tsx';
import { pathOfRoom } from './room-path.ts';
import { toRoomView } from './room-view.ts';
import { useShopOf } from './shop-names.ts';

interface RoomListProps extends RoomListState {
  list: RoomListHandle;
  basePath: string;
  openRoomId: string | null;
  /** Below the words of an empty list. */
  emptyAction: ReactNode;
}

export function RoomList({ list, basePath, openRoomId, emptyAction, ...state }: RoomListProps) {
  const words = useWords(pageWords);
  const now = useNow();
  const { rooms, status } = state;
  const isEmpty = rooms.length === 0;
  // the state of the list carries the error
  const load = () => void list.load().catch(() => {});
  return (
    <div className="chat-page__rooms">
      {status === 'failed' && (
        <Banner tone="error" action={{ label: words.tryAgain, onSelect: load }}>
          {words.loadFailed}
        </Banner>
      )}
      {isEmpty && status === 'ready' && (
        <EmptyState icon={<Icon name="chat" size={26} />} {...words.empty}>
          {emptyAction}
        </EmptyState>
      )}
      {isEmpty && isLoading(state) && <Skeletons />}
      <ul className="chat-page__rows" aria-label={words.conversations}>
        {rooms.map((room) => (
          <LiveRow
            key={room.roomId}
            room={room}
            href={pathOfRoom(basePath, room.roomId)}
            isCurrent={room.roomId === openRoomId}
            now={now}
          />
        ))}
      </ul>
      <MoreRooms list={list} state={state} />
    </div>
  );
}

function isLoading({ status }: RoomListState): boolean {
  return status === 'idle' || status === 'loading';
}

interface LiveRowProps {
  room: Room;
  href: string;
  isCurrent: boolean;
  now: number;
}

/** A row that knows by itself who types, who is here and what did not go: of a thousand, one is drawn anew for it. */
const LiveRow = memo(function LiveRow({ room, href, isCurrent, now }: LiveRowProps) {
  const words = useWords(pageWords);
  const { conversation } = useWords(customerWords);
  const isTyping = useTyping(room.roomId).length > 0;
  const hasFailed = useMessages(room.roomId).some(({ status }) => status === 'failed');
  const shop = useShopOf()(room);
  const isOnline = useIsHere(shop.member);
  return (
    <RoomRow
      room={toRoomView(room, { shop, isOnline, isTyping, hasFailed, words })}
      href={href}
      isCurrent={isCurrent}
      locale={conversation.locale}
      now={now}
      labels={{
        unread: words.unread,
        online: words.online,
        closed: words.closed,
        typing: words.typing,
        notSent: conversation.notSent,
        marked: words.markedUnread,
        muted: words.muted,
      }}
    />
  );
});

/** Nobody is, while one is offline oneself: it may be over. */
function useIsHere(member: string): boolean {
  const { presence } = useChat();
  const read = useCallback(() => presence.getState()[member]?.online ?? false, [presence, member]);
  const isHere = useSyncExternalStore(presence.subscribe, read, isNobodyHere);
  const isOffline = useIsOffline();
  return isHere && !isOffline;
}

/** A server has heard of nobody. */
function isNobodyHere(): boolean {
  return false;
}

const PLACES = [1, 2, 3, 4, 5];

function Skeletons() {
  const words = useWords(pageWords);
  return (
    <div role="status">
      <span className="sr-only">{words.loading}</span>
      <ul aria-hidden="true">
        {PLACES.map((place) => (
          <RoomRowSkeleton key={place} />
        ))}
      </ul>
    </div>
  );
}
