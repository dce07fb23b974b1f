/** What stands behind the last row: the next page on its way, why it did not come, or how many were searched. */
import type { RoomListState } from '#client/chat.ts';

import { Skeleton } from '../../ui/base/Skeleton.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';

interface ListFooterProps extends Pick<
  RoomListState,
  'status' | 'error' | 'hasMore' | 'isLoadingMore'
> {
  /** How many conversations are loaded. */
  loaded: number;
  isFinding: boolean;
  loadMore: () => void;
}

/** A page that failed waits for a press: asking again by itself would be asking all day. */
export function ListFooter(props: ListFooterProps) {
  const { desk, tryAgain, loadingMore } = useWords(inboxWords);
  if (props.isLoadingMore) return <Skeletons label={loadingMore} />;
  if (props.status !== 'ready') return null;
  const isStuck = props.hasMore && props.error !== null;
  if (!props.isFinding && !isStuck) return null;
  return (
    <div className="rooms__foot" role="status">
      <p>{isStuck ? desk.moreFailed : desk.find.searched(props.loaded)}</p>
      {props.hasMore && (
        <button
          type="button"
          className="button button--quiet button--small"
          onClick={props.loadMore}
        >
          {isStuck ? tryAgain : desk.find.loadMore}
        </button>
      )}
    </div>
  );
}

const PLACES = [1, 2, 3, 4, 5, 6];

/** The shape of rows that are on their way. */
export function Skeletons({ label }: { label?: string }) {
  const { loading } = useWords(inboxWords);
  return (
    <div role="status">
      <span className="sr-only">{label ?? loading}</span>
      <ul aria-hidden="true">
        {PLACES.map((place) => (
          <li key={place} className="desk-row">
            <Skeleton width="40px" height="40px" round />
            <span className="desk-row__body">
              <Skeleton width="45%" height="14px" />
              <Skeleton width="80%" height="12px" />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
