/** The shape of a conversation while its code is on the way. */
import { Skeleton } from '../../ui/base/Skeleton.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';

/** As wide and high as the conversation will be. */
export function RoomSkeleton() {
  const { loading } = useWords(inboxWords).conversation;
  return (
    <main className="inbox__room" id="content" aria-busy="true" aria-label={loading}>
      <div className="conversation-head">
        <Skeleton width="42px" height="42px" round />
        <Skeleton width="120px" height="16px" />
      </div>
    </main>
  );
}
