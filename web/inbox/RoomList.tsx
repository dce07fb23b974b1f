/** The list of conversations under one filter. */
import type { RoomListState } from '#client/chat.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Room } from '#protocol/room.ts';

import { usePresence, useRooms, useTyping } from '../chat/hooks.ts';
import { Banner } from '../ui/base/Banner.tsx';
import { EmptyState } from '../ui/base/EmptyState.tsx';
import { Icon } from '../ui/base/Icon.tsx';
import { RoomRow, RoomRowSkeleton } from '../ui/conversation/RoomRow.tsx';
import { useNow } from '../ui/use-now.ts';
import { toRoomView, withOpenRoom } from './room-view.ts';
import { useWords } from '../words/area.tsx';
import { inboxWords } from '../words/inbox.ts';
import { useOpenRoomHead } from './use-open-room-head.ts';

interface RoomListProps {
  filter: RoomFilter;
  openRoomId: string | null;
}

/** Mount it anew for another filter (`key`). */
export function RoomList({ filter, openRoomId }: RoomListProps) {
  const inbox = useWords(inboxWords);
  const { list, ...state } = useRooms(filter);
  const open = useOpenRoomHead(state.rooms, openRoomId);
  const rooms = withOpenRoom(state.rooms, open);
  const isEmpty = rooms.length === 0;
  // the state of the list carries the error
  const load = () => void list.load().catch(() => {});
  const loadMore = () => void list.loadMore().catch(() => {});
  return (
    <div className="rooms">
      {state.status === 'failed' && (
        <Banner tone="error" action={{ label: inbox.tryAgain, onSelect: load }}>
          {inbox.loadFailed}
        </Banner>
      )}
      {isEmpty && state.status === 'ready' && (
        <EmptyState icon={<Icon name="inbox" size={26} />} {...inbox.empty[filter]} />
      )}
      {isEmpty && isLoading(state) && <Skeletons />}
      <ul className="rooms__list" aria-label={inbox.conversations}>
        {rooms.map((room) => (
          <LiveRow key={room.roomId} room={room} isCurrent={room.roomId === openRoomId} />
        ))}
      </ul>
      {state.hasMore && (
        <button
          type="button"
          className="button button--quiet button--small rooms__more"
          disabled={state.isLoadingMore}
          onClick={loadMore}
        >
          {state.isLoadingMore ? inbox.loadingMore : inbox.more}
        </button>
      )}
    </div>
  );
}

function isLoading({ status }: RoomListState): boolean {
  return status === 'idle' || status === 'loading';
}

/** A row that knows by itself who types and who is here, so that the list need not be drawn again for it. */
function LiveRow({ room, isCurrent }: { room: Room; isCurrent: boolean }) {
  const isTyping = useTyping(room.roomId).length > 0;
  const inbox = useWords(inboxWords);
  const view = toRoomView(room, { presence: usePresence(), inbox });
  const now = useNow();
  return (
    <RoomRow
      room={{ ...view, isTyping }}
      href={`/inbox/${encodeURIComponent(room.roomId)}`}
      isCurrent={isCurrent}
      locale={inbox.locale}
      now={now}
      labels={inbox}
    />
  );
}

const PLACES = [1, 2, 3, 4, 5];

function Skeletons() {
  const inbox = useWords(inboxWords);
  return (
    <div role="status">
      <span className="sr-only">{inbox.loading}</span>
      <ul aria-hidden="true">
        {PLACES.map((place) => (
          <RoomRowSkeleton key={place} />
        ))}
      </ul>
    </div>
  );
}
