/** The list of conversations under one filter, with what stands in its place while there is none. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';

import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Room } from '#protocol/room.ts';

import { usePresence } from '../../chat/hooks.ts';
import { Banner } from '../../ui/base/Banner.tsx';
import { EmptyState } from '../../ui/base/EmptyState.tsx';
import { PageIcon } from '../../ui/base/PageIcon.tsx';
import { later } from '../../ui/base/later.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { extendTo, NOTHING_CHOSEN, toggle, toggleAll } from '../bulk/selection.ts';
import { DeskIcon } from '../DeskIcon.tsx';
import { customerOf } from '../room-view.ts';
import { useStaff } from '../staff/use-staff.ts';
import { InboxRow } from './InboxRow.tsx';
import { ListFooter, Skeletons } from './ListFooter.tsx';
import { useRoomList } from './use-room-list.ts';
import { VirtualRooms } from './VirtualRooms.tsx';

const BulkBar = later(
  async () => (await import('../bulk/BulkBar.tsx')).BulkBar,
  <div className="bulk bulk--coming" />,
);

interface RoomListProps {
  filter: RoomFilter;
  query: string;
  openRoomId: string | null;
  /** Whether one chooses rows, to do the same with all of them. */
  isChoosing: boolean;
  onChoosingEnd: () => void;
  /** Hears of the rooms in the order on screen, for the keys that go from one to the next. */
  onShown: (rooms: readonly Room[]) => void;
}

/** Mount it anew for another filter (`key`). */
export function RoomList({ filter, query, openRoomId, isChoosing, ...props }: RoomListProps) {
  const inbox = useWords(inboxWords);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRoomList({ filter, query, openRoomId, scroller });
  const { rooms } = list;
  const choice = useChoice(rooms, isChoosing);
  const row = useRowProps();
  const { onShown } = props;
  useEffect(() => onShown(rooms), [onShown, rooms]);
  const isFailed = list.status === 'failed';
  return (
    <>
      {isChoosing && (
        <BulkBar filter={filter} choice={choice} rooms={rooms} onEnd={props.onChoosingEnd} />
      )}
      <div className="rooms-frame">
        {list.newer > 0 && (
          <button type="button" className="rooms__newer" onClick={list.toTop}>
            <DeskIcon name="up" size={16} />
            {inbox.desk.newer(list.newer)}
          </button>
        )}
        <div className="rooms" ref={scroller} {...list.handlers}>
          <Banner tone="error" action={{ label: inbox.tryAgain, onSelect: list.load }}>
            {isFailed && inbox.loadFailed}
          </Banner>
          {rooms.length === 0 && <Nothing {...list} filter={filter} isFinding={query !== ''} />}
          <VirtualRooms
            label={inbox.conversations}
            rooms={rooms}
            currentId={openRoomId}
            scroller={scroller}
            onSight={list.onSight}
            footer={<ListFooter {...list} isFinding={query.trim() !== ''} />}
          >
            {(room, isTabStop) => (
              <InboxRow
                room={room}
                isCurrent={room.roomId === openRoomId}
                isTabStop={isTabStop}
                isChosen={isChoosing ? choice.ids.has(room.roomId) : null}
                onChoose={choice.choose}
                {...row(room)}
              />
            )}
          </VirtualRooms>
        </div>
      </div>
    </>
  );
}

/** What a row shows besides its room; asked for once, so that ten thousand rows are not ten thousand listeners. */
function useRowProps() {
  const presence = usePresence();
  const staff = useStaff();
  const now = useNow();
  return (room: Room) => ({
    isOnline: presence[customerOf(room).member]?.online ?? false,
    assignee: room.mine.assignee === null ? null : nameOf(staff, room.mine.assignee),
    now,
  });
}

/** Whoever was never met has their user for a name. */
function nameOf(staff: ReadonlyMap<string, string>, user: string): string {
  return staff.get(user) ?? user;
}

/** The rows that are chosen; a range goes by the order on screen. */
function useChoice(rooms: readonly Room[], isChoosing: boolean) {
  const [selection, setSelection] = useState(NOTHING_CHOSEN);
  if (!isChoosing && selection !== NOTHING_CHOSEN) setSelection(NOTHING_CHOSEN);
  const latest = useRef(rooms);
  useEffect(() => {
    latest.current = rooms;
  });
  const acts = useMemo(() => {
    const order = () => latest.current.map(({ roomId }) => roomId);
    return {
      choose: (roomId: string, isRange: boolean) =>
        setSelection((was) => (isRange ? extendTo(was, roomId, order()) : toggle(was, roomId))),
      chooseAll: () => setSelection((was) => toggleAll(was, order())),
      clear: () => setSelection(NOTHING_CHOSEN),
    };
  }, []);
  return { ids: selection.ids, ...acts };
}

/** What {@link RoomList} hands to the bar above it. */
export type Choice = ReturnType<typeof useChoice>;

interface NothingProps {
  status: string;
  filter: RoomFilter;
  isFinding: boolean;
}

function Nothing({ status, filter, isFinding }: NothingProps): ReactNode {
  const inbox = useWords(inboxWords);
  if (status === 'idle' || status === 'loading') return <Skeletons />;
  if (status === 'failed') return null;
  const [icon, words] = isFinding
    ? [<DeskIcon key="find" name="search" size={26} />, inbox.desk.find.nothing]
    : [<PageIcon key="none" name="inbox" size={26} />, inbox.empty[filter]];
  return <EmptyState icon={icon} {...words} />;
}
