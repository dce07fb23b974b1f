/** The list of a filter as it is shown: found, held in its order, with the open room in it, and loading on by itself. */
import { type RefObject, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';

import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Room } from '#protocol/room.ts';

import { useRooms } from '../../chat/hooks.ts';
import { withOpenRoom } from '../room-view.ts';
import { findRooms } from './find-rooms.ts';
import { countNewer } from './order/hold-order.ts';
import { useAnchor } from './order/use-anchor.ts';
import { useHeldOrder } from './order/use-held-order.ts';
import { useHold } from './order/use-hold.ts';
import { useOpenRoomHead } from './use-open-room-head.ts';

/** The next page is asked for when so few rows are left below. */
const ROWS_AHEAD = 20;

interface RoomListInput {
  filter: RoomFilter;
  query: string;
  openRoomId: string | null;
  scroller: RefObject<HTMLDivElement | null>;
}

/** What the list's component shows and does. */
export function useRoomList({ filter, query, openRoomId, scroller }: RoomListInput) {
  const { list, ...state } = useRooms(filter);
  const open = useOpenRoomHead(state.rooms, openRoomId);
  const wanted = useDeferredValue(query);
  const all = useMemo(() => withOpenRoom(state.rooms, open), [state.rooms, open]);
  const found = useMemo(() => findRooms(all, wanted), [all, wanted]);
  const { isHeld, handlers, release } = useHold();
  // what is searched for is not held: one waits for it to change
  const holds = isHeld && wanted.trim() === '';
  const rooms = useHeldOrder(found, holds);
  useAnchor(scroller, { rooms, isHeld: holds, query: wanted });
  const [isAtTop, setAtTop] = useState(true);
  const newer = useNewer(found, isAtTop && !holds);

  // the state of the list carries the error
  const load = () => void list.load().catch(() => {});
  const loadMore = () => void list.loadMore().catch(() => {});
  const mayLoadMore = state.hasMore && !state.isLoadingMore && state.error === null;
  const sight = useRef(0);
  const fill = () => {
    const isNear = sight.current > rooms.length - ROWS_AHEAD;
    if (isNear && mayLoadMore && wanted.trim() === '') loadMore();
  };
  // somebody who waits at the end of a list scrolls no more
  useEffect(fill);
  const onSight = (lastIndex: number, offset: number) => {
    sight.current = lastIndex;
    setAtTop(offset < 1);
    fill();
  };
  const toTop = () => {
    release();
    scroller.current?.scrollTo({ top: 0 });
  };
  return { ...state, rooms, loaded: all.length, newer, handlers, load, loadMore, onSight, toTop };
}

/** How many rooms came or moved above what one saw, with something unread. */
function useNewer(rooms: readonly Room[], isSeen: boolean): number {
  const top = rooms[0]?.lastActivityAt ?? null;
  const [seenAt, setSeenAt] = useState(top);
  if ((isSeen || seenAt === null) && seenAt !== top) setSeenAt(top);
  return isSeen ? 0 : countNewer(rooms, seenAt);
}
