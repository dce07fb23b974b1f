/** The end of the list: it asks for the next page by itself when it comes into sight, and is a button besides. */
import { useEffect, useRef } from 'react';

import type { RoomList, RoomListState } from '#client/chat.ts';

import { useWords } from '../../words/area.tsx';
import { pageWords } from '../../words/page.ts';

interface MoreRoomsProps {
  list: RoomList;
  state: RoomListState;
}

/** Nothing where there is no further page. After a failure only the button asks again. */
export function MoreRooms({ list, state }: MoreRoomsProps) {
  const words = useWords(pageWords);
  const end = useRef<HTMLButtonElement>(null);
  const { hasMore, isLoadingMore, error } = state;
  const mayAsk = hasMore && !isLoadingMore && error === null;
  useEffect(() => {
    const element = end.current;
    if (element === null || !mayAsk) return;
    // anew after each page: one too short to push the end away asks for the next
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) list.loadMore().catch(() => {});
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, mayAsk]);
  if (!hasMore) return null;
  return (
    <button
      type="button"
      ref={end}
      className="button button--quiet button--small chat-page__more"
      disabled={isLoadingMore}
      onClick={() => void list.loadMore().catch(() => {})}
    >
      {isLoadingMore ? words.loadingMore : words.more}
    </button>
  );
}
